import type { EditorState, LexicalEditor, LexicalNode } from 'lexical';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isNoteNode } from '../nodes/NoteNode.ts';
import { stateOf } from '../nodes/textState.ts';

type IsOwn = (id: string) => boolean;

/** [DO33] The own suggestion that would bring the reference to that note; null for a note that is there. */
export function ownSuggestionOf(text: LexicalEditor, noteId: string, isOwn: IsOwn): string | null {
  for (const node of text.getEditorState()._nodeMap.values())
    if ($isFootnoteNode(node) && node.__noteId === noteId) {
      const id = ownInsertion(node, isOwn);
      if (id !== null) return id;
    }
  return null;
}

/** [DO33] Whether every word of the note is an own suggestion, so that it may go with its reference. */
export function isOwnNote(notes: LexicalEditor | null, noteId: string, isOwn: IsOwn): boolean {
  if (!notes) return true;
  const state = notes.getEditorState();
  for (const note of state._nodeMap.values())
    if ($isNoteNode(note) && note.__noteId === noteId)
      for (const block of childrenOf(state, note))
        for (const node of childrenOf(state, block)) if (ownInsertion(node, isOwn) === null) return false;
  return true;
}

function* childrenOf(state: EditorState, node: LexicalNode): Generator<LexicalNode> {
  let key = '__first' in node ? (node.__first as string | null) : null;
  while (key !== null) {
    const child = state._nodeMap.get(key);
    if (!child) return;
    yield child;
    key = child.__next;
  }
}

function ownInsertion(node: LexicalNode, isOwn: IsOwn): string | null {
  for (const key of Object.keys(stateOf(node) ?? {}))
    if (key.startsWith('ins_') && isOwn(key.slice('ins_'.length))) return key.slice('ins_'.length);
  return null;
}
