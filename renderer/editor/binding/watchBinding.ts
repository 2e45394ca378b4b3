import type { LexicalEditor } from 'lexical';
import type * as Y from 'yjs';
import { BODY_ROOT, type NOTES_ROOT } from '../../../shared/domain/collections.ts';
import type { EditorBinding } from './bindEditor.ts';
import { renderFresh } from './renderFresh.ts';
import { takeBody } from './takeBody.ts';

export interface BindingWatch {
  /** How often the editor had to be rendered again since it was opened; 0 is what we expect. */
  mismatches(): number;
  dispose(): void;
}

const IDLE_MS = 8_000;

/**
 * When nothing has changed for a while, renders the document afresh and compares it with what the editor shows. On a
 * mismatch the editor is rendered again from the document, which is the truth, and the case is counted.
 */
export function watchBinding(
  editor: LexicalEditor,
  doc: Y.Doc,
  binding: EditorBinding,
  rootName: typeof BODY_ROOT | typeof NOTES_ROOT = BODY_ROOT,
): BindingWatch {
  let mismatches = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let idle: number | undefined;

  const check = (): void => {
    idle = undefined;
    if (JSON.stringify(renderFresh(doc, rootName)) === JSON.stringify(takeBody(editor))) return;
    mismatches++;
    binding.reload();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
    timer = setTimeout(() => {
      idle = requestIdleCallback(check, { timeout: 30_000 });
    }, IDLE_MS);
  };
  doc.on('update', schedule);
  return {
    mismatches: () => mismatches,
    dispose() {
      doc.off('update', schedule);
      clearTimeout(timer);
      if (idle !== undefined) cancelIdleCallback(idle);
    },
  };
}
