import type { LexicalEditor } from 'lexical';
import type { SerializedNotes } from '../../../shared/domain/document.ts';
import { takeSide } from '../../../shared/domain/redline/takeSide.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import { takeBody } from '../binding/takeBody.ts';
import type { RedlineApi } from '../RedlineApi.ts';
import { $applyRedline } from './applyRedline.ts';
import { applyRedlineNotes } from './applyRedlineNotes.ts';

/** The text's way to another state of itself, notes included. */
export function createRedlineApi(
  editor: LexicalEditor,
  notesEditor: LexicalEditor,
  binding: EditorBinding,
): RedlineApi {
  return {
    applyRedline(redline, before, target, writeRecords) {
      if (JSON.stringify(takeBody(editor)) !== JSON.stringify(before)) return false;
      const types = new Set<string>();
      for (const block of takeSide(redline, 'after')) addTypes(block, types);
      addTypes(target.notes.root, types);
      types.delete('root');
      if (![...types].every((type) => editor._nodes.has(type))) return false;
      const { undoManager } = binding;
      const { captureTimeout } = undoManager;
      undoManager.stopCapturing();
      try {
        // One step, however long it takes.
        undoManager.captureTimeout = Number.MAX_SAFE_INTEGER;
        writeRecords();
        binding.keepLateWords(() => {
          editor.update(() => $applyRedline(redline), { discrete: true });
          applyRedlineNotes(notesEditor, target);
        });
      } finally {
        undoManager.captureTimeout = captureTimeout;
        undoManager.stopCapturing();
      }
      return true;
    },
  };
}

function addTypes(value: { type?: string; children?: unknown }, types: Set<string>): void {
  if (typeof value.type === 'string') types.add(value.type);
  if (Array.isArray(value.children))
    for (const child of value.children) addTypes(child as SerializedNotes['root'], types);
}
