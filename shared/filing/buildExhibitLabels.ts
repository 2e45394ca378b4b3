import { compareCodeUnits } from '../domain/collections.ts';
import type { ExhibitId } from '../domain/ids.ts';

/** The fields of an exhibit that its label depends on. */
export interface LabelledExhibit {
  readonly id: ExhibitId;
  readonly group: string;
  readonly order: number;
}

/**
 * Labels without "Ex." ('C', 'C-2', 'AA') for all exhibits, in label order [FI6]–[FI8]. `citedInOrder` is every citation
 * in reading order; repetitions and unknown ids are allowed and change nothing.
 */
export function buildExhibitLabels(
  citedInOrder: Iterable<ExhibitId>,
  exhibits: readonly LabelledExhibit[],
): Map<ExhibitId, string> {
  const registered = [...exhibits].sort(byOrderThenId);
  const byId = new Map(registered.map((exhibit) => [exhibit.id, exhibit]));
  const members = new Map<string, ExhibitId[]>();
  // Cited ids first, by first citation, then the rest: with that one sequence, letters and sub-numbers are mere counting.
  const sequence = new Set<ExhibitId>();
  for (const id of citedInOrder) if (byId.has(id)) sequence.add(id);
  for (const { id } of registered) sequence.add(id);
  for (const id of sequence) {
    const unit = unitOf(byId.get(id) as LabelledExhibit);
    const ids = members.get(unit);
    if (ids) ids.push(id);
    else members.set(unit, [id]);
  }
  const labels = new Map<ExhibitId, string>();
  let letter = 0;
  for (const ids of members.values()) {
    letter += 1;
    const name = exhibitLetter(letter);
    ids.forEach((id, index) => labels.set(id, ids.length === 1 ? name : `${name}-${index + 1}`));
  }
  return labels;
}

// A group's name and an id share one map of units: the prefix keeps a group that is named like an id apart.
function unitOf(exhibit: LabelledExhibit): string {
  const group = exhibit.group.trim();
  return group === '' ? `id ${exhibit.id}` : `group ${group}`;
}

function byOrderThenId(a: LabelledExhibit, b: LabelledExhibit): number {
  return a.order - b.order || compareCodeUnits(a.id, b.id);
}

/** The n-th exhibit letter, from 1: A … Z, AA, AB … [FI6]. */
export function exhibitLetter(position: number): string {
  let rest = position;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}
