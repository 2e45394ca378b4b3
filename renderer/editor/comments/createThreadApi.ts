import type { LexicalEditor } from 'lexical';
import type { Awareness } from 'y-protocols/awareness';
import type { EditorBinding } from '../binding/bindEditor.ts';
import type { ThreadApi } from '../ThreadApi.ts';
import { $markThread, $readSubject, $unmarkThread } from './threadCommands.ts';

export function createThreadApi(options: {
  editor: LexicalEditor;
  binding: EditorBinding;
  awareness: Awareness;
  /** Paints the page. */
  show: ThreadApi['showThreads'];
}): ThreadApi {
  const { editor, binding, awareness, show } = options;
  return {
    holdSubject() {
      const subject = editor.getEditorState().read($readSubject, { editor });
      const { anchorPos, focusPos } = awareness.getLocalState() ?? {};
      return subject && { ...subject, anchorPos: anchorPos ?? null, focusPos: focusPos ?? null };
    },
    markThread(threadId, { anchor, anchorPos, focusPos }) {
      // Without positions (a selected citation) it is what is still selected.
      if (anchorPos && focusPos && !binding.placeCaret(anchorPos, focusPos)) return false;
      let marked = false;
      editor.update(
        () => {
          marked = $markThread(threadId, anchor);
        },
        { discrete: true },
      );
      return marked;
    },
    unmarkThread: (threadId) => editor.update(() => $unmarkThread(threadId), { discrete: true }),
    showThreads: show,
  };
}
