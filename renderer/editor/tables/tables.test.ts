import { createHeadlessEditor } from '@lexical/headless';
import {
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  type LexicalEditor,
  PASTE_COMMAND,
} from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { SuggestionId } from '../../../shared/domain/ids.ts';
import { compareAges, findSuggestions, resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { takeBody } from '../binding/takeBody.ts';
import { $copySection, $removeOriginals } from '../commands/moveSection.ts';
import { $createBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { $answerSuggestions } from '../suggestions/answerSuggestions.ts';
import { createHand } from '../suggestions/createHand.ts';
import { SuggestionBook } from '../suggestions/SuggestionBook.ts';
import { setSuggesting } from '../suggestions/suggestingOf.ts';
import { TABLE_COMMANDS } from '../TableApi.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { registerTables } from './registerTables.ts';
import { $runInsertTable, $runTableCommand } from './runTableCommand.ts';
import { $clearAcrossCells, $crossesCells, $extendByCell } from './selectionAcross.ts';
import { $isTableNode } from './TableNode.ts';
import { $caretPlaceInTable, $goToPlace, $mergeCells } from './tableCommands.ts';
import { $layOut, $listBlocks, placesOf } from './tableShape.ts';

const letters = (random: SeededRandom) => (): string =>
  Array.from({ length: 16 }, () => random.pick([...'abcdefghijklmnop'])).join('');

/** An editor with a heading, a table of numbered cells, and a paragraph. */
function editorWithTable(rows = 3, columns = 3): { editor: LexicalEditor; draw: () => string; random: SeededRandom } {
  const random = new SeededRandom(rows * 10 + columns);
  const draw = letters(random);
  const editor = createHeadlessEditor({
    namespace: 'tables',
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  editor.update(
    () => {
      const heading = $createBlockNode('h1').append($createTextNode('One'));
      $getRoot().append(heading, $createBlockNode('h1').append($createTextNode('Two')));
      heading.selectEnd();
      $runInsertTable(rows, columns, draw);
      for (let at = 1; at <= rows * columns; at++) {
        const selection = $getSelection();
        if ($isRangeSelection(selection)) selection.insertText(String(at));
        const place = $caretPlaceInTable();
        if (place) $goToPlace(place, 1);
      }
    },
    { discrete: true },
  );
  return { editor, draw, random };
}

function grid(editor: LexicalEditor): string[][] {
  return editor.read(() => {
    const table = $getRoot().getChildren().find($isTableNode);
    return table
      ? $layOut(table).rows.map(({ places }) =>
          places.map(({ cells }) => cells.map((cell) => cell.getTextContent()).join('/')),
        )
      : [];
  });
}

function putCaret(words: string): void {
  $listBlocks()
    .find((block) => block.getTextContent() === words)
    ?.selectEnd();
}

const update = (editor: LexicalEditor, run: () => void): void => editor.update(run, { discrete: true });

describe('tables in the editor', () => {
  it('a header row, numbered cells, and Tab between them', () => {
    const { editor } = editorWithTable();
    expect(grid(editor)).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ]);
    expect(editor.read(() => $layOut($getRoot().getChildren().find($isTableNode) as never).headRows)).toBe(1);
  });

  it('[DO65] merging moves no words, and splitting gives them back', () => {
    const { editor, draw } = editorWithTable();
    const before = grid(editor);
    update(editor, () => {
      putCaret('5');
      expect($extendByCell([0, 1])).toBe(true);
      expect($extendByCell([1, 0])).toBe(true);
      expect($mergeCells()).toBe(true);
    });
    expect(grid(editor)).toEqual([['1', '2', '3'], ['4', '5/6/8/9'], ['7']]);
    update(editor, () => void $runTableCommand('split', draw));
    expect(grid(editor)).toEqual(before);
  });

  it('a selection over cells empties them and takes none away', () => {
    const { editor } = editorWithTable();
    update(editor, () => {
      putCaret('4');
      $extendByCell([0, 1]);
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) throw new Error('no selection');
      expect($crossesCells(selection)).toBe(true);
      $clearAcrossCells(selection);
    });
    expect(grid(editor)).toEqual([
      ['1', '2', '3'],
      ['', '', '6'],
      ['7', '8', '9'],
    ]);
  });

  it('a selection from the text into a table takes words alone', () => {
    const { editor } = editorWithTable();
    update(editor, () => {
      const [heading] = $listBlocks();
      putCaret('2');
      const selection = $getSelection();
      const text = heading?.getFirstChild();
      if (!$isRangeSelection(selection) || !text) throw new Error('no selection');
      selection.anchor.set(text.getKey(), 1, 'text');
      $clearAcrossCells(selection);
    });
    expect(grid(editor)).toEqual([
      ['', '', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ]);
    expect(editor.read(() => $listBlocks()[0]?.getTextContent())).toBe('O');
  });

  it.each([
    ['words', { 'text/plain': 'pasted' }, ''],
    ['a picture, for which a form asks first', {}, 'One'],
    ['what is too long', { 'text/plain': 'x'.repeat(5_000_000) }, 'One'],
    ['a page of a picture alone', { 'text/html': '<p><img src="x"></p>' }, 'One'],
  ])('before the paste of %s over the edge of a table, words go only when others are sure to come', (_, data, left) => {
    const { editor, draw } = editorWithTable();
    registerTables(editor, draw, () => {});
    const before = grid(editor);
    update(editor, () => {
      putCaret('2');
      const selection = $getSelection();
      const text = $listBlocks()[0]?.getFirstChild();
      if (!$isRangeSelection(selection) || !text) throw new Error('no selection');
      selection.anchor.set(text.getKey(), 0, 'text');
      const clipboardData = { getData: (type: string) => (data as Record<string, string>)[type] ?? '' };
      editor.dispatchCommand(PASTE_COMMAND, { clipboardData } as unknown as ClipboardEvent);
      expect($getSelection()?.isCollapsed()).toBe(true);
    });
    if (left === '') expect(grid(editor)).not.toEqual(before);
    else expect(grid(editor)).toEqual(before);
    expect(editor.read(() => $listBlocks()[0]?.getTextContent())).toBe(left);
  });

  it('a table goes along when its section moves', () => {
    const { editor } = editorWithTable(2, 2);
    update(editor, () => {
      const pairs = $copySection($getRoot().getFirstChildOrThrow().getKey(), 'down');
      if (!pairs) throw new Error('no move');
      $removeOriginals(pairs);
    });
    expect(
      editor.read(() =>
        $getRoot()
          .getChildren()
          .map((node) => node.getType()),
      ),
    ).toEqual(['block', 'block', 'table']);
    expect(grid(editor)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it.each(['delete-row', 'delete-column', 'delete-table'] as const)(
    '[DO14] %s takes back an own suggested part, and only suggests it when somebody else has written in it',
    (command) => {
      for (const othersWrote of [false, true]) {
        const { editor, draw, random } = editorWithTable();
        const map = new Y.Doc().getMap<unknown>('suggestions');
        const book = new SuggestionBook({
          map,
          by: 1,
          now: () => 1,
          freshId: () => letters(random)() as SuggestionId,
        } as ConstructorParameters<typeof SuggestionBook>[0]);
        const hand = createHand(book);
        const suggest = (run: () => void): void => {
          setSuggesting(editor, hand);
          update(editor, run);
          book.write();
          setSuggesting(editor, null);
        };
        suggest(() => {
          if (command === 'delete-table') {
            $getRoot().getFirstChildOrThrow<BlockNode>().selectEnd();
            $runInsertTable(2, 2, draw);
          } else {
            putCaret('5');
            $runTableCommand(command === 'delete-row' ? 'row-below' : 'column-right', draw);
          }
          hand.text('mine');
        });
        if (othersWrote)
          update(editor, () => {
            putCaret('mine');
            const block = $listBlocks().find((each) => each.getTextContent() === 'mine');
            block?.append($createTextNode(' theirs'));
          });
        suggest(() => {
          putCaret(othersWrote ? 'mine theirs' : 'mine');
          $runTableCommand(command, draw);
        });
        const state = JSON.stringify(takeBody(editor));
        expect(`${command} ${state.includes('theirs')}`).toBe(`${command} ${othersWrote}`);
        expect(/"(?:rDel_|cDel_)/.test(state)).toBe(othersWrote);
        if (!othersWrote) expect(findSuggestions(takeBody(editor))).toEqual([]);
      }
    },
  );

  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    '[DO11] [DO70] suggested rows and columns are answered in the editor as in JSON, seed %i',
    (seed) => {
      const { editor, draw } = editorWithTable(2 + (seed % 3), 1 + (seed % 4));
      const random = new SeededRandom(seed);
      const map = new Y.Doc().getMap<unknown>('suggestions');
      let made = 0;
      const book = new SuggestionBook({
        map,
        by: 1,
        now: () => ++made,
        freshId: () => letters(random)() as SuggestionId,
      } as ConstructorParameters<typeof SuggestionBook>[0]);
      const original = takeBody(editor);
      setSuggesting(editor, createHand(book));
      for (let step = 0; step < 8; step++)
        update(editor, () => {
          const table = $getRoot().getChildren().find($isTableNode);
          if (!table) return;
          const place = random.pick(placesOf($layOut(table)));
          place.cells[0]?.selectEnd();
          $runTableCommand(random.pick(TABLE_COMMANDS.filter((command) => command !== 'delete-table')), draw);
        });
      book.write();
      setSuggesting(editor, null);
      const records = readCollection('suggestions', map);
      const body = takeBody(editor);
      const state = JSON.stringify(body);
      // The answers leave out what a suggestion put in; widths and header rows were no suggestions and stay.
      expect(JSON.stringify(cellsOf(resolveSuggestions(body, records, 'rejected')))).toBe(
        JSON.stringify(cellsOf(original)),
      );
      for (const view of ['accepted', 'rejected'] as const) {
        editor.setEditorState(editor.parseEditorState(state));
        update(editor, () => $answerSuggestions(view, compareAges(records), () => true));
        expect(JSON.stringify(takeBody(editor))).toBe(JSON.stringify(resolveSuggestions(body, records, view)));
        expect(findSuggestions(takeBody(editor))).toEqual([]);
      }
    },
  );
});

function cellsOf(body: SerializedBody): unknown {
  return body.root.children.map((element) =>
    element.type === 'table' ? element.children.map((row) => row.children.map(({ children }) => children)) : element,
  );
}
