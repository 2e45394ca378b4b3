import {
  $createRangeSelection,
  $getNodeByKey,
  $getRoot,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type NodeKey,
} from 'lexical';
import type { Place } from '../../../shared/domain/tables/layOutTable.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import type { CellNode } from '../tables/CellNode.ts';
import { $isTableNode, type TableNode } from '../tables/TableNode.ts';
import {
  $goToPlace,
  $insertColumn,
  $insertRow,
  $insertTable,
  $makeCell,
  $mergeCells,
  $moveBorder,
  $removeParts,
  $removeTable,
  $splitCell,
  $toggleHead,
  type TablePlace,
} from '../tables/tableCommands.ts';
import { $layOut, $rowsOf, placesOf } from '../tables/tableShape.ts';
import type { FuzzPeer } from './FuzzPeer.ts';
import { edit, OPERATIONS } from './fuzzOperations.ts';
import type { SeededRandom } from './seededRandom.ts';

const WORDS = ['May ', 'police', ' 2017', 'ñandú', '\u{1F4C4}', 'x'];
const draw = (random: SeededRandom) => (): string =>
  Array.from({ length: 16 }, () => random.pick([...'abcdefghijklmnop'])).join('');

/** Tables and what is written in them, with the rest of the mix. */
export const TABLE_OPERATIONS: typeof OPERATIONS = [
  ...OPERATIONS,
  [10, 'table', (peer, random) => edit(peer, random, 0, () => makeTable(random))],
  [
    40,
    'type in cell',
    (peer, random) =>
      inPlace(peer, random, (at) => $selectWords(at, random, 0)?.insertText(peer.written(random.pick(WORDS)))),
  ],
  [8, 'delete in cell', (peer, random) => inPlace(peer, random, (at) => $selectWords(at, random, 4)?.removeText())],
  [
    6,
    'split in cell',
    (peer, random) => inPlace(peer, random, (at) => void $selectWords(at, random, 0)?.insertParagraph()),
  ],
  [4, 'merge in cell', (peer, random) => inPlace(peer, random, (at) => $joinBlocks(at, random))],
  [4, 'bold in cell', (peer, random) => inPlace(peer, random, (at) => $selectWords(at, random, 6)?.formatText('bold'))],
  [
    16,
    'insert row',
    (peer, random) => inPlace(peer, random, (at) => void $insertRow(at, random.pick(['above', 'below']), draw(random))),
  ],
  [
    16,
    'insert column',
    (peer, random) =>
      inPlace(peer, random, (at) => void $insertColumn(at, random.pick(['left', 'right']), draw(random))),
  ],
  [
    8,
    'delete row',
    (peer, random) =>
      inPlace(peer, random, ({ table, place }) =>
        $removeParts(table, { rows: new Set([place.row]), columns: new Set() }),
      ),
  ],
  [
    8,
    'delete column',
    (peer, random) =>
      inPlace(peer, random, ({ table, place, layout }) =>
        $removeParts(table, { rows: new Set(), columns: new Set([layout.columns[place.column]?.id ?? '']) }),
      ),
  ],
  [2, 'delete table', (peer, random) => inPlace(peer, random, ({ table }) => $removeTable(table))],
  [6, 'header', (peer, random) => inPlace(peer, random, $toggleHead)],
  [8, 'merge cells', (peer, random) => inPlace(peer, random, (at) => $mergeSome(at, random))],
  [5, 'split cell', (peer, random) => inPlace(peer, random, (at) => void $splitCell(at))],
  [
    5,
    'column width',
    (peer, random) =>
      inPlace(peer, random, ({ table, place }) => void $moveBorder(table, place.column, random.next() - 0.5)),
  ],
  [4, 'next cell', (peer, random) => inPlace(peer, random, (at) => void $goToPlace(at, random.pick([1, -1] as const)))],
];

function makeTable(random: SeededRandom): void {
  if ($tables().length < 4) $insertTable(1 + random.below(3), 1 + random.below(3), draw(random));
}

function $tables(): TableNode[] {
  return $getRoot().getChildren().filter($isTableNode);
}

/** Does something at a place of some table, whose cell is made if it has none. */
function inPlace(peer: FuzzPeer, random: SeededRandom, run: (at: TablePlace) => void): void {
  peer.editor.update(
    () => {
      const tables = $tables().filter((table) => $rowsOf(table).length > 0);
      if (tables.length === 0) return;
      const table = random.pick(tables);
      const place = random.pick(placesOf($layOut(table)));
      const cell = place.cells[0] ?? $makeCell(table, place);
      const layout = $layOut(table);
      const found = placesOf(layout).find(({ cells }) => cells.some((each) => each.is(cell)));
      const row = $rowsOf(table)[place.row];
      if (found && row) run({ table, cell, row, layout, place: found as Place<CellNode> });
    },
    { discrete: true },
  );
}

function $selectWords({ place }: TablePlace, random: SeededRandom, length: number) {
  const cell = random.pick(place.cells);
  const blocks = cell.getChildren().filter($isBlockNode);
  const selection = $createRangeSelection();
  if (blocks.length === 0) return null;
  const block = random.pick(blocks);
  const texts = block.getChildren().filter($isTextNode);
  if (texts.length === 0) {
    selection.anchor.set(block.getKey(), 0, 'element');
    selection.focus.set(block.getKey(), 0, 'element');
  } else {
    const text = random.pick(texts);
    const start = snap(text.getTextContent(), random.below(text.getTextContentSize() + 1));
    const end = snap(text.getTextContent(), Math.min(text.getTextContentSize(), start + random.below(length + 1)));
    selection.anchor.set(text.getKey(), start, 'text');
    selection.focus.set(text.getKey(), end, 'text');
  }
  $setSelection(selection);
  return selection;
}

/** An offset a caret can have: never inside a surrogate pair. */
function snap(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function $joinBlocks({ cell }: TablePlace, random: SeededRandom): void {
  const blocks = cell.getChildren().filter($isBlockNode);
  if (blocks.length < 2) return;
  const at = 1 + random.below(blocks.length - 1);
  const [into, from] = [blocks[at - 1], blocks[at]];
  if (!into || !from) return;
  into.append(...from.getChildren());
  from.remove();
}

function $mergeSome({ layout, cell }: TablePlace, random: SeededRandom): void {
  const other = random.pick(placesOf(layout)).cells[0];
  if (!other) return;
  const selection = $createRangeSelection();
  const [from, to] = [cell.getFirstDescendant() ?? cell, other.getFirstDescendant() ?? other];
  selection.anchor.set(...$pointOf(from.getKey()));
  selection.focus.set(...$pointOf(to.getKey()));
  $setSelection(selection);
  $mergeCells();
}

function $pointOf(key: NodeKey): [NodeKey, number, 'text' | 'element'] {
  const node = $getNodeByKey(key);
  if ($isTextNode(node)) return [key, 0, 'text'];
  if ($isElementNode(node)) return [key, 0, 'element'];
  return [node?.getParent()?.getKey() ?? key, 0, 'element'];
}
