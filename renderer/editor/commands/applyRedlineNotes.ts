import { $getRoot, type LexicalEditor } from 'lexical';
import type { SerializedBody, SerializedNotes } from '../../../shared/domain/document.ts';
import { buildRedline } from '../../../shared/domain/redline/buildRedline.ts';
import { bodyOf, noteBlocks, numberNotes } from '../../../shared/domain/redline/compareNotes.ts';
import { isUnchanged } from '../../../shared/domain/redline/Redline.ts';
import { settleEnd } from '../../../shared/domain/redline/settleEnd.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $isNoteNode, type NoteNode } from '../nodes/NoteNode.ts';
import { $applyRedline } from './applyRedline.ts';

/** Makes the notes that the target's text refers to into those of the target; all others stay. [DO55] */
export function applyRedlineNotes(
  editor: LexicalEditor,
  target: { body: SerializedBody; notes: SerializedNotes },
): void {
  // Notes that came with references of this very edit are still on their way into the editor.
  editor.update(() => undefined, { discrete: true });
  const now = noteBlocks(takeBody(editor) as unknown as SerializedNotes);
  const wanted = noteBlocks(target.notes);
  const changed = [...numberNotes(target.body).keys()].flatMap((noteId) => {
    const [before, after] = [now.get(noteId), wanted.get(noteId)];
    if (!before || !after || after.length === 0) return [];
    const redline = buildRedline(bodyOf(before), bodyOf(after));
    const settled = { ...redline, rows: before.length === 0 ? redline.rows : settleEnd(redline.rows) };
    return settled.rows.every(isUnchanged) ? [] : [[noteId, settled] as const];
  });
  if (changed.length === 0) return;
  editor.update(
    () => {
      const nodes = new Map<string, NoteNode>();
      for (const node of $getRoot().getChildren())
        if ($isNoteNode(node) && !nodes.has(node.getNoteId())) nodes.set(node.getNoteId(), node);
      for (const [noteId, redline] of changed) {
        const note = nodes.get(noteId);
        if (note) $applyRedline(redline, note);
      }
    },
    { discrete: true },
  );
}
