import { createHeadlessEditor } from '@lexical/headless';
import { $createTextNode, $getRoot, $isElementNode, $isTextNode, type LexicalEditor } from 'lexical';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { $createBlockNode, BlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { DocumentIndexer } from './DocumentIndexer.ts';

const BLOCKS = 2_000;
let editor: LexicalEditor;
let indexer: DocumentIndexer;

beforeEach(() => {
  vi.useFakeTimers();
  editor = createHeadlessEditor({
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  editor.update(
    () => {
      $getRoot().clear();
      for (let number = 1; number <= BLOCKS; number += 1)
        $getRoot().append($createBlockNode('numbered').append($createTextNode(`Words of paragraph ${number}.`)));
    },
    { discrete: true },
  );
  indexer = new DocumentIndexer(editor, () => []);
});
afterEach(() => {
  indexer.dispose();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function type(block: number, words: string): void {
  editor.update(
    () => {
      const node = $getRoot().getChildAtIndex(block);
      const text = $isElementNode(node) ? node.getFirstChild() : null;
      if ($isTextNode(text)) text.setTextContent(text.getTextContent() + words);
    },
    { discrete: true },
  );
}

describe('the index of the text', () => {
  it('reads one block of 2,000 for the keys struck in it, once they pause', () => {
    const before = indexer.getIndex();
    // Once for each block that is read.
    const read = vi.spyOn(BlockNode.prototype, 'getBlockStyle');
    for (const letter of 'word') type(700, letter);
    expect(read).not.toHaveBeenCalled();
    vi.advanceTimersByTime(150);
    expect(read).toHaveBeenCalledTimes(1);
    const { blocks } = indexer.getIndex();
    expect(blocks.filter((block, position) => block !== before.blocks[position]).map(({ text }) => text)).toEqual([
      'Words of paragraph 701.word',
    ]);
  });

  it('does not wait for the end of typing longer than 2 s', () => {
    let told = 0;
    indexer.subscribe(() => (told += 1));
    for (let atMs = 0; atMs < 10_000; atMs += 100) {
      type(700, 'x');
      vi.advanceTimersByTime(100);
    }
    expect(told).toBe(5);
  });

  it('sees a new block at once', () => {
    editor.update(() => void $getRoot().append($createBlockNode('numbered')), { discrete: true });
    expect(indexer.getIndex().blocks.at(-1)?.number).toBe(BLOCKS + 1);
  });

  it('reads the structure once for all that changes before a frame, or when somebody asks', () => {
    let frames: (() => void)[] = [];
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
    vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.splice(frame - 1, 1));
    try {
      let told = 0;
      indexer.subscribe(() => (told += 1));
      const add = (): void =>
        editor.update(() => void $getRoot().append($createBlockNode('numbered')), { discrete: true });
      const read = vi.spyOn(BlockNode.prototype, 'getBlockStyle');
      for (let key = 0; key < 5; key += 1) add();
      type(700, 'x');
      expect([told, read.mock.calls.length, frames.length]).toEqual([0, 0, 1]);
      const [run] = frames;
      frames = [];
      run?.();
      expect(told).toBe(1);
      expect(read.mock.calls.length).toBeLessThan(10);
      expect(indexer.getIndex().blocks).toHaveLength(BLOCKS + 5);
      expect(indexer.getIndex().blocks[700]?.text).toContain('x');
      vi.advanceTimersByTime(1_000);
      expect(told).toBe(1);
      add();
      expect(indexer.getIndex().blocks).toHaveLength(BLOCKS + 6);
      expect([told, frames.length]).toEqual([2, 0]);
      // A window that is not shown.
      add();
      vi.advanceTimersByTime(100);
      expect([told, frames.length]).toEqual([3, 0]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
