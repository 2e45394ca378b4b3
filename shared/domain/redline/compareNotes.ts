import type { SerializedBlock, SerializedBody, SerializedElement, SerializedNotes } from '../document.ts';
import { buildRedline } from './buildRedline.ts';
import { isUnchanged, type Redline, type RedlineCounts } from './Redline.ts';

/** A text with its footnotes. */
export interface TextWithNotes {
  body: SerializedBody;
  notes?: SerializedNotes | undefined;
}

/** What changed in one footnote; `number` is that of the new text, of the old one where only that refers to it. */
export interface NoteRedline {
  noteId: string;
  number: number;
  /** Whether each text refers to it. */
  before: boolean;
  after: boolean;
  redline: Redline;
}

/** The notes that differ, of those either text refers to: in the order of the new one, then of the old one [DO55]. */
export function compareNotes(before: TextWithNotes, after: TextWithNotes): NoteRedline[] {
  const [old, now] = [numberNotes(before.body), numberNotes(after.body)];
  const [wordsBefore, wordsAfter] = [noteBlocks(before.notes), noteBlocks(after.notes)];
  const ids = [...now.keys(), ...[...old.keys()].filter((id) => !now.has(id))];
  return ids.flatMap((noteId): NoteRedline[] => {
    const there = { before: old.has(noteId), after: now.has(noteId) };
    const redline = buildRedline(
      bodyOf(there.before ? wordsBefore.get(noteId) : undefined),
      bodyOf(there.after ? wordsAfter.get(noteId) : undefined),
    );
    if (redline.rows.every(isUnchanged)) return [];
    return [{ noteId, number: now.get(noteId) ?? old.get(noteId) ?? 0, ...there, redline }];
  });
}

/** The counts of a text and of its notes together. */
export function sumCounts(redlines: readonly { counts: RedlineCounts }[]): RedlineCounts {
  const sum = { insertedWords: 0, deletedWords: 0, moves: 0, looks: 0 };
  for (const { counts } of redlines)
    for (const key of ['insertedWords', 'deletedWords', 'moves', 'looks'] as const) sum[key] += counts[key];
  return sum;
}

/** The number of each note that a body refers to, by the first place it does [DO31]. */
export function numberNotes(body: SerializedBody): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (!value || typeof value !== 'object') return;
    const { type, noteId, children } = value as { type?: unknown; noteId?: unknown; children?: unknown };
    if (type === 'footnote' && typeof noteId === 'string' && noteId !== '' && !numbers.has(noteId))
      numbers.set(noteId, numbers.size + 1);
    if (Array.isArray(children)) children.forEach(visit);
  };
  body.root.children.forEach(visit);
  return numbers;
}

/** The blocks of each note; of two with one id the first one's. */
export function noteBlocks(notes: SerializedNotes | undefined): Map<string, SerializedBlock[]> {
  const blocks = new Map<string, SerializedBlock[]>();
  for (const { noteId, children } of notes?.root.children ?? [])
    if (noteId !== '' && !blocks.has(noteId)) blocks.set(noteId, children);
  return blocks;
}

/** Blocks as a body, for the comparison. */
export function bodyOf(children: readonly SerializedElement[] | undefined): SerializedBody {
  return {
    root: { type: 'root', version: 1, children: [...(children ?? [])], direction: null, format: '', indent: 0 },
  };
}
