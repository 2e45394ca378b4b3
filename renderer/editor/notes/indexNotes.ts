import type { NodeKey } from 'lexical';
import type { ExhibitId, NoteId } from '../../../shared/domain/ids.ts';
import type { DocumentIndex } from '../EditorApi.ts';
import type { BlockEntry } from '../index/readBlock.ts';
import { isBlankEntry, type NoteEntry, noteText } from './NotesReader.ts';

type IndexedNote = DocumentIndex['notes'][number];

export interface NotesIndex {
  notes: readonly IndexedNote[];
  looseNotes: DocumentIndex['looseNotes'];
  /** Every reference in the text with its number. */
  references: readonly { nodeKey: NodeKey; noteId: NoteId; number: number }[];
  /** Exhibits in the order in which text and notes cite them, each note read where its first reference stands. */
  cited: readonly ExhibitId[];
}

/** Numbers the notes by the places of their references [DO31] and finds those without one [DO30]. */
export function indexNotes(
  blocks: readonly { key: NodeKey; entry: BlockEntry }[],
  entries: readonly NoteEntry[],
): NotesIndex {
  const byId = new Map<string, NoteEntry>();
  for (const entry of entries) if (entry.noteId !== '' && !byId.has(entry.noteId)) byId.set(entry.noteId, entry);
  const notes = new Map<NoteId, IndexedNote>();
  const references: NotesIndex['references'][number][] = [];
  const cited: ExhibitId[] = [];
  for (const { key, entry } of blocks) {
    let taken = 0;
    for (const { nodeKey, noteId, citationsBefore } of entry.footnotes) {
      for (; taken < citationsBefore; taken++)
        cited.push((entry.citations[taken] as { exhibitId: ExhibitId }).exhibitId);
      let note = notes.get(noteId);
      if (!note) {
        const own = byId.get(noteId);
        note = {
          noteId,
          number: notes.size + 1,
          referenceKey: nodeKey,
          blockKey: key,
          noteKey: own?.key ?? null,
          text: own ? noteText(own) : '',
        };
        notes.set(noteId, note);
        for (const block of own?.blocks ?? []) for (const { exhibitId } of block.citations) cited.push(exhibitId);
      }
      references.push({ nodeKey, noteId, number: note.number });
    }
    for (; taken < entry.citations.length; taken++)
      cited.push((entry.citations[taken] as { exhibitId: ExhibitId }).exhibitId);
  }
  const placed = new Set([...notes.values()].map(({ noteKey }) => noteKey));
  const looseNotes = entries
    .filter((entry) => !placed.has(entry.key) && !isBlankEntry(entry))
    .map((entry) => ({ noteId: entry.noteId, noteKey: entry.key, text: noteText(entry) }));
  return { notes: [...notes.values()], looseNotes, references, cited };
}
