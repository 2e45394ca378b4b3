import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';

/** A line of the exhibit picker. Originals are listed only to say why they cannot be linked. */
export type Pick = { kind: 'exhibit'; exhibit: Exhibit; label: string } | { kind: 'original'; original: LocalOriginal };

/**
 * Exhibits with a file in label order, then those without one, then originals; each must hold every word of `query`.
 * An exhibit whose label is the query ("c", "ex. c") comes first.
 */
export function listPicks(
  exhibits: readonly Exhibit[],
  originals: readonly LocalOriginal[],
  labels: ReadonlyMap<ExhibitId, string>,
  query: string,
): Pick[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const position = new Map([...labels.keys()].map((id, at) => [id, at]));
  const asked = query
    .toLowerCase()
    .replace(/^\s*ex\.?\s+/, '')
    .trim();
  const rank = (exhibit: Exhibit) =>
    labels.get(exhibit.id)?.toLowerCase() === asked
      ? -1
      : (exhibit.blobId === '' ? 1e6 : 0) + (position.get(exhibit.id) ?? 1e5 + exhibit.order);
  return [
    ...exhibits
      .map((exhibit) => ({ kind: 'exhibit' as const, exhibit, label: labels.get(exhibit.id) ?? '' }))
      .filter(({ exhibit, label }) => holds(`ex. ${label} ${exhibit.title} ${exhibit.source} ${exhibit.date}`))
      .sort((a, b) => rank(a.exhibit) - rank(b.exhibit)),
    ...originals
      .filter((original) => holds(original.fileName))
      .map((original) => ({ kind: 'original' as const, original })),
  ];
}
