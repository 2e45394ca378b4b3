import type { LexicalEditor } from 'lexical';
import type { EditorBinding } from './binding/bindEditor.ts';
import { createRedlineApi } from './commands/createRedlineApi.ts';
import { paintHighlight } from './decorations/paintHighlight.ts';
import type { EditorTools } from './EditorTools.ts';
import { BlockTexts } from './search/BlockTexts.ts';
import { EditorSearchRoot } from './search/EditorSearchRoot.ts';
import { Finder } from './search/Finder.ts';
import { findPatterns } from './search/findPatterns.ts';

/** The tools of the body's editor. */
export function mountTools({ editor, binding }: { editor: LexicalEditor; binding: EditorBinding }): {
  api: EditorTools;
  dispose(): void;
} {
  const blocks = new BlockTexts(editor);
  const closeUndoStep = (): void => binding.undoManager.stopCapturing();
  const find = new Finder({
    findPatterns,
    paint: (all, current) => {
      paintHighlight('find', all);
      paintHighlight('find-current', current);
    },
    nowMs: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
  find.register(new EditorSearchRoot(editor, blocks, closeUndoStep));
  return {
    api: { redline: createRedlineApi(editor, binding), find },
    dispose() {
      find.dispose();
      blocks.dispose();
    },
  };
}
