import { createHeadlessEditor } from '@lexical/headless';
import {
  $createRangeSelection,
  $getRoot,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type LexicalEditor,
  type NodeKey,
  TextNode,
} from 'lexical';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import { BLOCK_STYLES, type SerializedBlock, type SerializedBody } from '../../../shared/domain/document.ts';
import { type ExhibitId, newId } from '../../../shared/domain/ids.ts';
import { compareAges, findSuggestions, resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { $answerSuggestions } from './answerSuggestions.ts';
import { $suggestDeletion } from './measureDeletion.ts';
import { SuggestionBook } from './SuggestionBook.ts';
import { SuggestionPainter } from './SuggestionPainter.ts';
import {
  $suggestFormat,
  $suggestInlines,
  $suggestNodes,
  $suggestParagraph,
  $suggestRemoval,
  $suggestStyles,
  $suggestText,
} from './suggestEdits.ts';

interface Desk {
  editor: LexicalEditor;
  map: Y.Map<unknown>;
  book(by: number): SuggestionBook;
  body(): SerializedBody;
  records(): { id: string; at: number; kind: string }[];
  edit(run: () => void): void;
}

/** An editor on a few paragraphs, and the books of its writers. */
function openDesk(seed: number, paragraphs: readonly string[]): Desk {
  const random = new SeededRandom(seed);
  const map = new Y.Doc().getMap<unknown>('suggestions');
  const books = new Map<number, SuggestionBook>();
  let clock = 0;
  const editor = createHeadlessEditor({
    namespace: 'suggestions',
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  const edit = (run: () => void): void => {
    editor.update(run, { discrete: true });
    for (const book of books.values()) book.write();
  };
  editor.update(
    () => {
      $getRoot().clear();
      for (const words of paragraphs) {
        const block = $createBlockNode(random.pick(BLOCK_STYLES));
        $getRoot().append(block);
        block.selectStart().insertText(words);
      }
    },
    { discrete: true },
  );
  return {
    editor,
    map,
    edit,
    body: () => takeBody(editor),
    records: () => readCollection('suggestions', map),
    book(by) {
      let book = books.get(by);
      if (!book)
        books.set(
          by,
          (book = new SuggestionBook({
            map,
            by,
            now: () => ++clock,
            freshId: () => newId((length) => Uint8Array.from({ length }, () => random.below(256))),
          })),
        );
      return book;
    },
  };
}

/** Selects letters of one paragraph, or up to a letter of a later one. */
function $select(block: number, from: number, to: number, last = block): void {
  const selection = $createRangeSelection();
  for (const [point, position, offset] of [
    [selection.anchor, block, from],
    [selection.focus, last, to],
  ] as const) {
    const parent = $getRoot().getChildAtIndex(position);
    if (!$isElementNode(parent)) throw new Error('no paragraph there');
    let left = offset;
    point.set(parent.getKey(), 0, 'element');
    for (const node of parent.getChildren()) {
      const size = $isTextNode(node) ? node.getTextContentSize() : 1;
      if ($isTextNode(node) && left <= size) {
        point.set(node.getKey(), left, 'text');
        break;
      }
      if (left === 0) break;
      point.set(parent.getKey(), node.getIndexWithinParent() + 1, 'element');
      left -= size;
    }
  }
  $setSelection(selection);
}

/** Paragraphs with [+inserted+], [-deleted-], ¶+ and ¶- for suggested ends. */
function show(body: SerializedBody): string[] {
  const has = (state: object | undefined, start: string): boolean =>
    Object.keys(state ?? {}).some((key) => key.startsWith(start));
  return body.root.children.map(
    (block) =>
      block.children
        .map((node) => {
          const words = node.type === 'text' ? node.text : '@';
          const inserted = has(node.$, 'ins_') ? `[+${words}+]` : words;
          return has(node.$, 'del_') ? `[-${inserted}-]` : inserted;
        })
        .join('') +
      (has(block.$, 'pIns_') ? '¶+' : '') +
      (has(block.$, 'pDel_') ? '¶-' : ''),
  );
}

describe('one edit is one suggestion', () => {
  it('typing letter after letter is one insertion', () => {
    const desk = openDesk(1, ['We it.']);
    desk.edit(() => {
      $select(0, 3, 3);
      for (const letter of 'know ') $suggestText(desk.book(1), letter);
    });
    desk.edit(() => $suggestText(desk.book(1), 'now '));
    expect(show(desk.body())).toEqual(['We [+know now +]it.']);
    expect(desk.records().map(({ kind }) => kind)).toEqual(['insert']);
  });
  it('typing over words is one replacement, and goes on', () => {
    const desk = openDesk(1, ['We think it.']);
    desk.edit(() => {
      $select(0, 3, 8);
      $suggestText(desk.book(1), 'k');
    });
    desk.edit(() => $suggestText(desk.book(1), 'now'));
    expect(show(desk.body())).toEqual(['We [-think-][+know+] it.']);
    expect(desk.records().map(({ kind }) => kind)).toEqual(['replace']);
  });
  it('deleting side by side is one deletion, also across paragraphs', () => {
    const desk = openDesk(1, ['One', 'two']);
    desk.edit(() => $select(1, 1, 1));
    for (let press = 0; press < 3; press++) desk.edit(() => void $suggestDeletion(desk.book(1), true, 'character'));
    expect(show(desk.body())).toEqual(['On[-e-]¶-', '[-t-]wo']);
    expect(desk.records()).toHaveLength(1);
  });
  it('[DO14] the own insertion is deleted, that of another is marked', () => {
    const desk = openDesk(1, ['We it.']);
    desk.edit(() => {
      $select(0, 3, 3);
      $suggestText(desk.book(1), 'know ');
    });
    desk.edit(() => {
      $select(0, 3, 5);
      $suggestRemoval(desk.book(1));
    });
    expect(show(desk.body())).toEqual(['We [+ow +]it.']);
    desk.edit(() => {
      $select(0, 3, 4);
      $suggestRemoval(desk.book(2));
    });
    expect(show(desk.body())).toEqual(['We [-[+o+]-][+w +]it.']);
  });
  it('[DO2] Enter marks the end of the first paragraph, Backspace takes it back', () => {
    const desk = openDesk(1, ['One two']);
    desk.edit(() => {
      $select(0, 3, 3);
      $suggestParagraph(desk.book(1));
    });
    expect(show(desk.body())).toEqual(['One¶+', ' two']);
    desk.edit(() => void $suggestDeletion(desk.book(1), true, 'character'));
    expect(show(desk.body())).toEqual(['One two']);
  });
  it('a word is what Ctrl and Backspace take', () => {
    const desk = openDesk(1, ['One two three']);
    desk.edit(() => $select(0, 8, 8));
    desk.edit(() => void $suggestDeletion(desk.book(1), true, 'word'));
    expect(show(desk.body())).toEqual(['One [-two -]three']);
  });
});

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);

describe('[DO11] laws of the editor', () => {
  it.each(SEEDS)('rejecting all is the text of before: seed %i', (seed) => {
    const random = new SeededRandom(seed);
    const desk = openDesk(seed, ['Background', 'The center was created in May 2017.', '', 'Ten officers work there.']);
    const before = readable(desk.body());
    for (let step = 0; step < 30; step++) suggestSomething(desk, random, 1 + random.below(2));
    const suggested = desk.body();
    const records = readRecords(desk);
    expect(readable(resolveSuggestions(suggested, records, 'rejected'))).toEqual(before);
    for (const id of findSuggestions(suggested)) expect(records.some((record) => record.id === id)).toBe(true);
  });
  it.each(SEEDS)('what is answered in the editor is what resolveSuggestions says: seed %i', (seed) => {
    const random = new SeededRandom(seed);
    const desk = openDesk(seed, ['Background', 'The center was created in May 2017.', 'Ten officers work there.']);
    for (let step = 0; step < 24; step++) suggestSomething(desk, random, 1 + random.below(3));
    const records = readRecords(desk);
    const ids = findSuggestions(desk.body());
    const chosen = new Set(ids.filter(() => random.next() < 0.3));
    for (const only of [(id: string) => chosen.has(id), () => true]) {
      const view = random.next() < 0.5 ? 'accepted' : 'rejected';
      const expected = resolveSuggestions(desk.body(), records, view, only);
      desk.edit(() => $answerSuggestions(view, compareAges(records), only));
      expect(normal(desk.body())).toEqual(normal(expected));
    }
    expect(findSuggestions(desk.body())).toEqual([]);
  });
});

function readRecords(desk: Desk) {
  return readCollection('suggestions', desk.map);
}

/** Runs of one kind joined, as both sides may leave them apart. */
function normal(body: SerializedBody): SerializedBody {
  return resolveSuggestions(body, [], 'accepted', () => false);
}

/** Words with their look, and the style of each paragraph. */
function readable(body: SerializedBody): string[] {
  return (normal(body).root.children as SerializedBlock[]).map(
    (block) =>
      `${block.blockStyle}: ${block.children.map((node) => (node.type === 'text' ? `${node.text}{${node.format}${node.$?.sc ? 's' : ''}}` : '@')).join('')}`,
  );
}

function suggestSomething(desk: Desk, random: SeededRandom, by: number): void {
  const book = desk.book(by);
  const blocks = desk.body().root.children;
  const block = random.below(blocks.length);
  const size = (at: number): number =>
    (blocks[at]?.children ?? []).reduce((sum, node) => sum + (node.type === 'text' ? node.text.length : 1), 0);
  const from = random.below(size(block) + 1);
  const last = random.next() < 0.25 ? Math.min(block + 1 + random.below(2), blocks.length - 1) : block;
  const to = last === block ? Math.min(from + 1 + random.below(8), size(block)) : random.below(size(last) + 1);
  const at = (run: () => void): void => desk.edit(() => ($select(block, from, from), run()));
  const over = (run: () => void): void => desk.edit(() => ($select(block, from, to, last), run()));
  const words = random.pick(['data ', 'x', ' police', '\u{1F600}', '§ 345']);
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return at(() => $suggestText(book, words));
    case 3:
      return over(() => $suggestText(book, words));
    case 4:
      return over(() => $suggestRemoval(book));
    case 5:
      return at(() => $suggestParagraph(book));
    case 6:
      return at(() => {
        $suggestDeletion(book, random.next() < 0.5, random.pick(['character', 'word'] as const));
        $suggestDeletion(book, random.next() < 0.5, 'character');
      });
    case 7:
      return over(() => $suggestFormat(book, random.pick(['bold', 'italic', 'small-caps'] as const)));
    case 8:
      return over(() => $suggestStyles(book, random.pick(BLOCK_STYLES)));
    case 9:
      return at(() => $suggestInlines(book, [$createCitationNode('dddddddddddddddd' as ExhibitId, 1)], 'citation'));
    case 10:
      return over(() => {
        $suggestNodes(book, [
          $createBlockNode('h2').append(),
          $createBlockNode('quote').append($createCitationNode('dddddddddddddddd' as ExhibitId, 2)),
        ]);
      });
    default:
      return over(() => $suggestText(book, `${words}\n${words}`));
  }
}

describe('what suggestions cost on the page', () => {
  it('a record paints again what carries it, of 400 suggestions', () => {
    const desk = openDesk(
      7,
      Array.from({ length: 400 }, (_, at) => `Words of paragraph ${at}.`),
    );
    desk.edit(() => {
      for (let at = 0; at < 400; at += 1) {
        $select(at, 0, 5);
        $suggestRemoval(desk.book(at));
      }
    });
    const { editor } = desk;
    const listeners: ((mutations: Map<NodeKey, 'created' | 'destroyed'>) => void)[] = [];
    editor.registerMutationListener = ((klass: unknown, listener: (typeof listeners)[number]) => {
      if (klass === TextNode) listeners.push(listener);
      return () => {};
    }) as never;
    const painted = vi.fn((_key: NodeKey) => null);
    editor.getElementByKey = painted;
    const painter = new SuggestionPainter(editor, () => ({ color: 0, name: '' }));
    const texts = [...editor.getEditorState()._nodeMap.values()].filter((node) => $isTextNode(node));
    for (const listener of listeners) listener(new Map(texts.map((node) => [node.getKey(), 'created'])));
    expect(painted).toHaveBeenCalledTimes(400);
    const [first = '', second = ''] = findSuggestions(desk.body());
    painted.mockClear();
    painter.repaintOf([first]);
    expect(painted.mock.calls).toEqual([[painter.nodeOf(first)]]);
    painted.mockClear();
    painter.show(first);
    painter.show(second);
    expect(painted).toHaveBeenCalledTimes(3);
    const gone = painter.nodeOf(first) ?? '';
    for (const listener of listeners) listener(new Map([[gone, 'destroyed']]));
    painted.mockClear();
    painter.repaintOf([first]);
    expect(painted).not.toHaveBeenCalled();
    painter.repaint();
    expect(painted).toHaveBeenCalledTimes(399);
  });
});
