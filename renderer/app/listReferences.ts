import type { Exhibit, Person } from '../../shared/domain/records.ts';
import { formatExhibitLabel, formatPerson } from '../../shared/filing/formatCitation.ts';
import type { DocumentIndex } from '../editor/EditorApi.ts';
import type { ReferenceChoice, Trigger } from '../editor/ReferenceApi.ts';
import { foldText } from './findEntries.ts';

/** Something the text can refer to. */
export interface ReferenceOption {
  id: string;
  choice: ReferenceChoice;
  /** As it will stand in the text: `¶ 12`, `Part II.A`, `Ex. C`, `Rosa*`, `n. 4`. */
  name: string;
  /** Its first words or title. */
  detail: string;
}

const RESULT_LIMIT = 30;
const DETAIL_CHARACTERS = 90;
const BEGINNING_CHARACTERS = 400;

/** What a sign offers, in reading order: those with the number asked for first, then those that hold every word. */
export function listReferences(
  trigger: Pick<Trigger, 'sign' | 'query' | 'all'>,
  index: Pick<DocumentIndex, 'blocks' | 'labels' | 'notes'>,
  exhibits: readonly Exhibit[],
  people: readonly Person[],
): readonly ReferenceOption[] {
  const { sign, query, all } = trigger;
  const options: ReferenceOption[] = [];
  for (const block of index.blocks) {
    if (block.name === '') continue;
    const heading = /^h[1-4]$/.test(block.style);
    if (!all && sign !== (heading ? '#' : '¶')) continue;
    options.push({
      id: `block-${block.key}`,
      choice: { kind: heading ? 'heading' : 'paragraph', blockKey: block.key },
      name: block.name,
      detail: shorten(block.text),
    });
  }
  if (all)
    for (const note of index.notes)
      options.push({
        id: `note-${note.noteId}`,
        choice: { kind: 'note', noteId: note.noteId },
        name: `n.\u00a0${note.number}`,
        detail: shorten(note.text),
      });
  if (all || sign !== '¶')
    for (const exhibit of exhibits)
      options.push({
        id: `exhibit-${exhibit.id}`,
        choice: { kind: 'exhibit', exhibitId: exhibit.id },
        name: formatExhibitLabel(index.labels.get(exhibit.id) ?? ''),
        detail: shorten(exhibit.title),
      });
  if (all || sign === '@')
    for (const person of people)
      if (person.pseudonym !== '')
        options.push({
          id: `person-${person.id}`,
          choice: { kind: 'person', personId: person.id },
          name: formatPerson(person.pseudonym),
          detail: '',
        });
  return narrow(options, query);
}

function narrow(options: readonly ReferenceOption[], query: string): ReferenceOption[] {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return options.slice(0, RESULT_LIMIT);
  const scored: { option: ReferenceOption; score: number; order: number }[] = [];
  options.forEach((option, order) => {
    const name = foldText(option.name).replaceAll('\u00a0', ' ');
    const text = `${name} ${foldText(option.detail)}`;
    if (!words.every((word) => text.includes(word))) return;
    const [first = ''] = words;
    const own = name.slice(name.lastIndexOf(' ') + 1);
    const score = own === first ? 0 : own.startsWith(first) ? 1 : words.every((word) => name.includes(word)) ? 2 : 3;
    scored.push({ option, score, order });
  });
  return scored
    .sort((a, b) => a.score - b.score || a.order - b.order)
    .slice(0, RESULT_LIMIT)
    .map(({ option }) => option);
}

function shorten(text: string): string {
  // A letter of a query shortens every paragraph: its beginning tells, unless that is blank space.
  let line = flatten(text.slice(0, BEGINNING_CHARACTERS));
  if (line.length <= DETAIL_CHARACTERS && text.length > BEGINNING_CHARACTERS) line = flatten(text);
  return line.length <= DETAIL_CHARACTERS ? line : `${line.slice(0, DETAIL_CHARACTERS - 1).trimEnd()}…`;
}

const flatten = (text: string): string => text.trim().replace(/\s+/g, ' ');
