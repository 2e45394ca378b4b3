import type { LexicalEditor } from 'lexical';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import type { ThreadShow } from './ThreadPainter.ts';
import { $markThread, $readSubject, $unmarkThread, type CommentSubject } from './threadCommands.ts';

/** A place in the text that a comment is being written about. It holds while partners go on writing. */
export interface HeldSubject extends CommentSubject {
  readonly anchorPos: Y.RelativePosition | null;
  readonly focusPos: Y.RelativePosition | null;
}

/** What the window may ask of the text about comments. */
export interface ThreadApi {
  /** What the selection is about, to be commented later; null without words or a paragraph. */
  holdSubject(): HeldSubject | null;
  /** Marks the held place as the thread's; false when its words are gone: the thread is then without a place. */
  markThread(threadId: ThreadId, subject: HeldSubject): boolean;
  unmarkThread(threadId: ThreadId): void;
  /** Which threads show on the page, and how. */
  showThreads(show: ThreadShow): void;
}

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
