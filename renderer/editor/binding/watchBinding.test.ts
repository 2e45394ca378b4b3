import { createHeadlessEditor } from '@lexical/headless';
import { $getRoot, $isElementNode, $isTextNode, type LexicalEditor, SKIP_COLLAB_TAG } from 'lexical';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import body from '../../../resources/sample/body.json' with { type: 'json' };
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { bindEditor, type EditorBinding } from './bindEditor.ts';
import { STEP_SIZE } from './compareWithDocument.ts';
import { FailureLatch } from './FailureLatch.ts';
import { fillBody } from './fillBody.ts';
import { type BindingWatch, watchBinding } from './watchBinding.ts';

let pauses: (() => void)[] = [];
let doc: Y.Doc;
let editor: LexicalEditor;
let binding: EditorBinding;
let watch: BindingWatch;

beforeEach(() => {
  pauses = [];
  vi.useFakeTimers();
  // Pauses with no time left: one step in each.
  vi.stubGlobal('requestIdleCallback', (run: (deadline: { timeRemaining(): number }) => void) =>
    pauses.push(() => run({ timeRemaining: () => 0 })),
  );
  vi.stubGlobal('cancelIdleCallback', () => (pauses = []));
  doc = new Y.Doc();
  fillBody(doc, body as unknown as SerializedBody);
  const failures = new FailureLatch();
  editor = createHeadlessEditor({ nodes: [...EDITOR_NODES], onError: failures.onError });
  const awareness = new Awareness(doc);
  binding = bindEditor({ editor, doc, awareness, cursorsContainer: null, failures, recordRoots: [] });
  watch = watchBinding(editor, doc, binding);
});
afterEach(() => {
  watch.dispose();
  binding.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const blockCount = (): number => doc.get(BODY_ROOT, Y.XmlElement).length;

/** Types behind the first words of the block, so that others hear of it or not. */
function type(block: number, words: string, tag?: string): void {
  editor.update(
    () => {
      const node = $getRoot().getChildAtIndex(block);
      const text = $isElementNode(node) ? node.getAllTextNodes()[0] : null;
      if ($isTextNode(text)) text.setTextContent(text.getTextContent() + words);
    },
    { discrete: true, ...(tag ? { tag } : {}) },
  );
}

/** Lets all pauses pass; gives how many there were. */
function rest(): number {
  let count = 0;
  for (let pause = pauses.shift(); pause; pause = pauses.shift(), count += 1) pause();
  return count;
}

describe('the watch over the binding', () => {
  it('compares a few blocks in a pause, and finds the sample as it was written', () => {
    type(3, ' more');
    vi.advanceTimersByTime(8_000);
    expect(blockCount()).toBeGreaterThan(100);
    expect(rest()).toBe(Math.ceil(blockCount() / STEP_SIZE) + 1);
    expect(watch.mismatches()).toBe(0);
  });

  it('renders again what differs from the document, and counts it', () => {
    type(3, ' more');
    type(blockCount() - 1, ' that the document never heard of', SKIP_COLLAB_TAG);
    vi.advanceTimersByTime(8_000);
    rest();
    expect(watch.mismatches()).toBe(1);
    expect(editor.getEditorState().read(() => $getRoot().getTextContent())).not.toContain('never heard of');
    type(3, ' again');
    vi.advanceTimersByTime(8_000);
    rest();
    expect(watch.mismatches()).toBe(1);
  });

  it('waits until nothing has changed for a while, and begins anew when something does', () => {
    for (let second = 0; second < 20; second += 1) {
      type(3, '.');
      vi.advanceTimersByTime(1_000);
      expect(pauses).toEqual([]);
    }
    vi.advanceTimersByTime(7_000);
    expect(pauses).toHaveLength(1);
    pauses.shift()?.();
    type(3, '!');
    expect(pauses).toEqual([]);
    vi.advanceTimersByTime(8_000);
    expect(rest()).toBe(Math.ceil(blockCount() / STEP_SIZE) + 1);
  });
});
