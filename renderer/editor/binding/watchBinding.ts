import type { LexicalEditor } from 'lexical';
import type * as Y from 'yjs';
import { BODY_ROOT, type NOTES_ROOT } from '../../../shared/domain/collections.ts';
import type { EditorBinding } from './bindEditor.ts';
import { compareWithDocument } from './compareWithDocument.ts';

export interface BindingWatch {
  /** How often the editor had to be rendered again since it was opened; 0 is what we expect. */
  mismatches(): number;
  dispose(): void;
}

const IDLE_MS = 8_000;
/** A step takes a few milliseconds; the next one waits for another pause when less than that is left. */
const STEP_MS = 10;

/**
 * When nothing has changed for a while, renders the document afresh and compares it with what the editor shows: in steps,
 * each in a pause of the window, begun anew when something changes. On a mismatch the editor is rendered again from the
 * document, which is the truth, and the case is counted.
 */
export function watchBinding(
  editor: LexicalEditor,
  doc: Y.Doc,
  binding: Pick<EditorBinding, 'reload'>,
  rootName: typeof BODY_ROOT | typeof NOTES_ROOT = BODY_ROOT,
): BindingWatch {
  let mismatches = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let idle: number | undefined;
  let changedMs = 0;

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (idle !== undefined) cancelIdleCallback(idle);
    idle = undefined;
  };
  const compare = (steps: Generator<void, boolean>): void => {
    idle = requestIdleCallback(
      (deadline) => {
        idle = undefined;
        do {
          const step = steps.next();
          if (!step.done) continue;
          if (step.value) return;
          mismatches++;
          binding.reload();
          return;
        } while (deadline.timeRemaining() > STEP_MS);
        compare(steps);
      },
      { timeout: 30_000 },
    );
  };
  const wait = (delayMs: number): void => {
    timer = setTimeout(() => {
      timer = undefined;
      const restMs = changedMs + IDLE_MS - performance.now();
      // One timer for many keys: it looks again when it fires.
      if (restMs > 0) wait(restMs);
      else compare(compareWithDocument(editor, doc, rootName));
    }, delayMs);
  };
  const onUpdate = (): void => {
    changedMs = performance.now();
    if (idle !== undefined) stop();
    if (timer === undefined) wait(IDLE_MS);
  };
  doc.on('update', onUpdate);
  return {
    mismatches: () => mismatches,
    dispose() {
      doc.off('update', onUpdate);
      stop();
    },
  };
}
