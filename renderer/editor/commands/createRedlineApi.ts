import type { LexicalEditor } from 'lexical';
import { takeSide } from '../../../shared/domain/redline/takeSide.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import { takeBody } from '../binding/takeBody.ts';
import type { RedlineApi } from '../RedlineApi.ts';
import { $applyRedline } from './applyRedline.ts';

/** The text's way to another state of itself. */
export function createRedlineApi(editor: LexicalEditor, binding: EditorBinding): RedlineApi {
  return {
    applyRedline(redline, before, writeRecords) {
      if (JSON.stringify(takeBody(editor)) !== JSON.stringify(before)) return false;
      const blocks = takeSide(redline, 'after');
      const types = new Set<string>(blocks.map(({ type }) => type));
      for (const block of blocks) for (const child of block.children ?? []) types.add(child.type);
      if (![...types].every((type) => editor._nodes.has(type))) return false;
      binding.undoManager.stopCapturing();
      writeRecords();
      editor.update(() => $applyRedline(redline), { discrete: true });
      binding.undoManager.stopCapturing();
      return true;
    },
  };
}
