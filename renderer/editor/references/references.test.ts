import { createHeadlessEditor } from '@lexical/headless';
import { $createTextNode, $getRoot, $isElementNode, type LexicalEditor } from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { recordEntries } from '../../../shared/domain/collections.ts';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { BlockId, PersonId } from '../../../shared/domain/ids.ts';
import { fillBody } from '../binding/fillBody.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $copySection, $removeOriginals } from '../commands/moveSection.ts';
import { $insertReference } from '../commands/referenceCommands.ts';
import { DocumentIndexer } from '../index/DocumentIndexer.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { ReviewDesk } from '../testing/ReviewDesk.ts';
import { ReferenceTrigger } from './ReferenceTrigger.ts';

function open(blocks: readonly (readonly [BlockStyle, string])[]) {
  const editor = createHeadlessEditor({
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  update(editor, () => {
    const root = $getRoot().clear();
    for (const [style, text] of blocks) root.append($createBlockNode(style).append($createTextNode(text)));
  });
  return { editor, indexer: new DocumentIndexer(editor, () => []) };
}
const update = (editor: LexicalEditor, run: () => void) => editor.update(run, { discrete: true });
const $at = (position: number) => {
  const node = $getRoot().getChildAtIndex(position);
  if (!$isElementNode(node)) throw new Error('no block there');
  return node;
};
const keyOf = (editor: LexicalEditor, position: number): string => editor.read(() => $at(position).getKey());
let next = 0;
const freshId = (): BlockId => `aaaaaaaaaaaaaaa${'abcdefghijklmnopqrstuvwxyz'[next++ % 26]}` as BlockId;

describe('references', () => {
  it('[DO40] a reference to a person reads as the pseudonym, with the whole editor around it', () => {
    const { editor } = open([['numbered', 'See ']]);
    const doc = new Y.Doc();
    fillBody(doc, takeBody(editor));
    const id = 'p'.repeat(16) as PersonId;
    for (const [key, value] of recordEntries<'people'>({ id, pseudonym: 'Witness A' }))
      doc.getMap('people').set(key, value);
    const desk = new ReviewDesk(2 * 65_536, Y.encodeStateAsUpdate(doc));
    update(desk.text, () => {
      $at(0).selectEnd();
      expect($insertReference({ kind: 'person', personId: id }, freshId)).toBe(true);
    });
    expect(desk.recompute().references[0]?.text).toBe('Witness A*');
    desk.dispose();
  });

  it('[DO40] gives the block its id in the same update and follows it', () => {
    const { editor, indexer } = open([
      ['numbered', 'One.'],
      ['numbered', 'Two, see '],
    ]);
    let updates = 0;
    editor.registerUpdateListener(() => void (updates += 1));
    const blockKey = keyOf(editor, 0);
    update(editor, () => {
      $at(1).selectEnd();
      expect($insertReference({ kind: 'paragraph', blockKey }, freshId)).toBe(true);
    });
    expect(updates).toBe(1);
    expect(indexer.getIndex().blocks[0]?.id).not.toBe('');
    expect(indexer.getIndex().references[0]).toMatchObject({ text: '¶\u00a01', targetBlockKey: blockKey });
    update(editor, () => void $at(0).insertBefore($createBlockNode('numbered').append($createTextNode('Zero.'))));
    expect(indexer.getIndex().references[0]?.text).toBe('¶\u00a02');
    update(editor, () => $at(1).remove());
    expect(indexer.getIndex().references[0]).toMatchObject({ text: null, targetBlockKey: null });
  });

  it('[DO3] a second block with the same id gets one of its own when a reference names it', () => {
    const { editor, indexer } = open([
      ['numbered', 'One.'],
      ['numbered', 'Two.'],
    ]);
    const insert = (position: number) =>
      update(editor, () => {
        $at(1).selectEnd();
        $insertReference({ kind: 'paragraph', blockKey: $at(position).getKey() }, () => 'bbbbbbbbbbbbbbbb' as BlockId);
      });
    insert(0);
    update(editor, () => {
      $at(1).selectEnd();
      $insertReference({ kind: 'paragraph', blockKey: $at(1).getKey() }, freshId);
    });
    expect(indexer.getIndex().references.map((reference) => reference.text)).toEqual(['¶\u00a01', '¶\u00a02']);
  });

  it('takes the place of the sign and of what was looked for', () => {
    const { editor, indexer } = open([['numbered', 'See ¶on']]);
    update(editor, () => {
      $at(0).selectEnd();
      $insertReference({ kind: 'paragraph', blockKey: $at(0).getKey() }, freshId, 3);
    });
    expect(indexer.getIndex().blocks[0]?.text).toBe('See ');
    expect(indexer.getIndex().references).toHaveLength(1);
  });

  it('a sign opens the list when typed at the start of a word, and a space leaves it as typed', () => {
    const { editor } = open([['plain', 'See']]);
    const trigger = new ReferenceTrigger(editor);
    const type = (words: string) =>
      update(editor, () => {
        $at(0).selectEnd().insertText(words);
      });
    type('#');
    expect(trigger.get()).toBe(null);
    type(' #');
    expect(trigger.get()).toMatchObject({ sign: '#', query: '' });
    type('dat');
    expect(trigger.get()).toMatchObject({ query: 'dat' });
    trigger.dismiss();
    type('a');
    expect(trigger.get()).toBe(null);
    type(' ¶');
    type(' ');
    expect(trigger.get()).toBe(null);
    type('x');
    expect(trigger.get()).toBe(null);
    trigger.ask(() => type('¶'));
    expect(trigger.get()).toMatchObject({ sign: '¶', all: true });
  });
});

describe('moving a section', () => {
  const LETTER = [
    ['plain', 'Dear officer:'],
    ['h1', 'A'],
    ['numbered', 'a1'],
    ['h2', 'AA'],
    ['numbered', 'aa1'],
    ['h1', 'B'],
    ['numbered', 'b1'],
    ['h1', 'C'],
    ['numbered', 'c1'],
    ['signature', 'Signed'],
  ] as const;
  const moved = (position: number, target: 'up' | 'down' | number | null) => {
    const { editor, indexer } = open(LETTER);
    const to = typeof target === 'string' ? target : { before: target === null ? null : keyOf(editor, target) };
    let done = false;
    update(editor, () => {
      const pairs = $copySection($at(position).getKey(), to);
      done = pairs !== null;
      if (pairs) $removeOriginals(pairs);
    });
    return [
      done,
      indexer
        .getIndex()
        .blocks.map((block) => block.text)
        .join(' '),
    ];
  };
  it('takes everything under the heading along and stops at the ends, the letterhead and the signatures', () => {
    expect(moved(5, 'up')).toEqual([true, 'Dear officer: B b1 A a1 AA aa1 C c1 Signed']);
    expect(moved(1, 'down')).toEqual([true, 'Dear officer: B b1 A a1 AA aa1 C c1 Signed']);
    expect(moved(5, 'down')).toEqual([true, 'Dear officer: A a1 AA aa1 C c1 B b1 Signed']);
    expect(moved(7, 'down')[0]).toBe(false);
    expect(moved(1, 'up')[0]).toBe(false);
    expect(moved(3, 'down')[0]).toBe(false);
    expect(moved(7, 1)).toEqual([true, 'Dear officer: C c1 A a1 AA aa1 B b1 Signed']);
    expect(moved(2, 'up')[0]).toBe(false);
    expect(moved(1, 3)[0]).toBe(false);
  });
});
