import { createHeadlessEditor } from '@lexical/headless';
import { $createTextNode, $getRoot, $isElementNode, $isTextNode, type LexicalEditor } from 'lexical';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentIndex } from '../EditorApi.ts';
import { DocumentIndexer } from '../index/DocumentIndexer.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { PageEstimator } from './PageEstimator.ts';

const BLOCKS = 300;
const NOTHING: never[] = [];
/** What waits for the window to be idle, as a browser keeps it. */
let idle: IdleRequestCallback[] = [];
let editor: LexicalEditor;
let indexer: DocumentIndexer;
let estimator: PageEstimator;
let passes = 0;
let told = 0;

beforeEach(() => {
  vi.useFakeTimers();
  idle = [];
  vi.stubGlobal('requestIdleCallback', (callback: IdleRequestCallback) => idle.push(callback));
  vi.stubGlobal('cancelIdleCallback', () => {});
  vi.stubGlobal(
    'ResizeObserver',
    class {
      disconnect(): void {}
    },
  );
  editor = createHeadlessEditor({ namespace: 'pages', nodes: [...EDITOR_NODES] });
  editor.getElementByKey = () => null;
  editor.update(
    () => {
      $getRoot().clear();
      for (let at = 0; at < BLOCKS; at += 1)
        $getRoot().append($createBlockNode('numbered').append($createTextNode('Words of a paragraph. '.repeat(20))));
    },
    { discrete: true },
  );
  indexer = new DocumentIndexer(editor, () => []);
  told = 0;
  estimator = new PageEstimator(editor, {
    getIndex: () => counted(indexer.getIndex()),
    getNotes: () => NOTHING,
    getExhibits: () => NOTHING,
    getPeople: () => NOTHING,
    getHead: () => ({ title: 'Complaint', legend: '' }),
    subscribe: indexer.subscribe,
  });
  estimator.subscribe(() => (told += 1));
});
afterEach(() => {
  estimator.dispose();
  indexer.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const seen = new WeakMap<DocumentIndex, DocumentIndex>();
/** The same index for the same, which counts how often its blocks are gone through. */
function counted(index: DocumentIndex): DocumentIndex {
  let same = seen.get(index);
  if (!same)
    seen.set(
      index,
      (same = {
        ...index,
        get blocks() {
          passes += 1;
          return index.blocks;
        },
      }),
    );
  return same;
}

/** Lets the window be idle until nothing waits any more; how many times it was. */
function rest(remainingMs: number): number {
  vi.advanceTimersByTime(1_000);
  let count = 0;
  for (; idle.length > 0; count += 1) idle.shift()?.({ didTimeout: false, timeRemaining: () => remainingMs });
  return count;
}

function $textOf(block: number) {
  const node = $getRoot().getChildAtIndex(block);
  const text = $isElementNode(node) ? node.getFirstChild() : null;
  if (!$isTextNode(text)) throw new Error(`no words in block ${block}`);
  return text;
}
const edit = (run: () => void): void => editor.update(run, { discrete: true });

describe('[FI100] the pages beside the text', () => {
  it('a move of the caret goes through no blocks, and tells of another page only', () => {
    rest(50);
    expect(estimator.getState()).toMatchObject({ current: null });
    edit(() => void $textOf(0).select(0, 0));
    passes = told = 0;
    rest(50);
    expect(estimator.getState().current).toBe(1);
    edit(() => void $textOf(0).select(3, 3));
    rest(50);
    expect(told).toBe(1);
    edit(() => void $textOf(BLOCKS - 1).select(3, 3));
    rest(50);
    expect(estimator.getState().current).toBe(estimator.getState().letterCount);
    expect([told, passes]).toEqual([2, 0]);
  });

  it('a pass is split where the window has no time, and its pages come all at once', () => {
    const slices = rest(0);
    expect(slices).toBeGreaterThan(BLOCKS);
    expect(told).toBe(1);
    const { letterCount } = estimator.getState();
    const marks = estimator.getMarks();
    expect(marks).toHaveLength(letterCount - 1);
    edit(() => void $textOf(0).setTextContent('Short.'));
    edit(() => void $textOf(0).setTextContent('Words of a paragraph. '.repeat(20)));
    rest(50);
    expect(estimator.getMarks()).toEqual(marks);
    // Something that changes in the middle of a pass is taken up with the next.
    edit(() => void $textOf(1).setTextContent('Words. '.repeat(2_000)));
    vi.advanceTimersByTime(1_000);
    idle.shift()?.({ didTimeout: false, timeRemaining: () => 0 });
    edit(() => void $textOf(2).setTextContent('Words. '.repeat(2_000)));
    rest(0);
    expect(estimator.getState().letterCount).toBeGreaterThan(letterCount + 5);
  });
});
