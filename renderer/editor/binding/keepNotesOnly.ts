import { type LexicalEditor, RootNode } from 'lexical';
import { $isNoteNode } from '../nodes/NoteNode.ts';

/**
 * The notes may be none at all. The binding gives an empty editor a first paragraph; it goes again in the same update
 * and never reaches the document. Gives the function that ends it.
 */
export function keepNotesOnly(editor: LexicalEditor): () => void {
  return editor.registerNodeTransform(RootNode, (root) => {
    for (const child of root.getChildren()) if (!$isNoteNode(child)) child.remove();
  });
}
