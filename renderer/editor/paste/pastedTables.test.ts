import { $getRoot, type LexicalEditor } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { fillBody } from '../binding/fillBody.ts';
import { $isTableNode, type TableNode } from '../tables/TableNode.ts';
import { $layOut, placesOf } from '../tables/tableShape.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { $fitHere, $insertPasted } from './insertPasted.ts';
import type { PastedItem } from './Pasted.ts';
import { PasteRun } from './PasteRun.ts';
import { drawIds } from './testing/drawIds.ts';
import { readPayload } from './testing/readPayload.ts';

const peers: FuzzPeer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.dispose();
});

const TABLE =
  '<table><colgroup><col width="100"><col width="300"></colgroup><thead><tr><th>Year</th><th>Arrests</th></tr></thead>' +
  '<tr><td rowspan="2">2022</td><td><p>76,000</p><ul><li>estimate</li></ul></td></tr><tr><td>75,000</td></tr>' +
  '<tr><td colspan="2">Ministry</td></tr></table>';

/** A peer on the given paragraphs, with the caret behind so many characters of the first. */
function startWith(words: readonly string[], caret: number): FuzzPeer {
  const layout = { version: 1, direction: null, format: '', indent: 0 };
  const children = words.map((text) => ({
    ...layout,
    type: 'block',
    blockStyle: 'numbered',
    children: text === '' ? [] : [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
  }));
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillBody(doc, { root: { ...layout, type: 'root', children } } as unknown as SerializedBody);
  const peer = new FuzzPeer(65_536, Y.encodeStateAsUpdate(doc), false);
  peers.push(peer);
  update(peer.editor, () => {
    const [text] = $getRoot().getAllTextNodes();
    if (text && words[0] !== '') text.select(caret, caret);
    else $getRoot().getFirstChildOrThrow().selectStart();
  });
  return peer;
}

function update(editor: LexicalEditor, run: () => void): void {
  editor.update(run, { discrete: true });
}

const read = (html: string): PastedItem[] => readPayload('html', html).blocks;

function paste(peer: FuzzPeer, html: string): number {
  let lines = 0;
  update(peer.editor, () => {
    const { items, tablesAsLines } = $fitHere(read(html));
    $insertPasted(items, drawIds());
    lines = tablesAsLines;
  });
  return lines;
}

/** Every block of the body as words; a table as its rows, with the place and reach of each cell. */
const outline = (peer: FuzzPeer): unknown[] =>
  peer.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((node) => ($isTableNode(node) ? describeTable(node) : node.getTextContent())),
  );

function describeTable(table: TableNode): unknown {
  const layout = $layOut(table);
  return {
    heads: layout.headRows,
    widths: layout.columns.map(({ width }) => width),
    places: placesOf(layout).map(({ row, column, rows, columns, cells }) => [
      `${row}/${column} ${rows}x${columns}`,
      cells.flatMap((cell) => cell.getChildren().map((block) => block.getTextContent())).join('|'),
    ]),
  };
}

const SHOWN = {
  heads: 1,
  widths: [500, 1_500],
  places: [
    ['0/0 1x1', 'Year'],
    ['0/1 1x1', 'Arrests'],
    ['1/0 2x1', '2022'],
    ['1/1 1x1', '76,000|estimate'],
    ['2/1 1x1', '75,000'],
    ['3/0 1x2', 'Ministry'],
  ],
};

describe('a pasted table', () => {
  it('is a table with its header, merged cells and widths, between the paragraphs around it, and one step of undo', () => {
    const peer = startWith(['before after'], 7);
    const before = peer.live();
    paste(peer, `<p>one</p>${TABLE}<p>two</p>`);
    expect(outline(peer)).toEqual(['before one', SHOWN, 'twoafter']);
    expect(peer.reloaded()).toBe(peer.live());
    peer.binding.undoManager.undo();
    expect(peer.live()).toBe(before);
  });

  it('stands behind the paragraph of the caret, and one can write on behind it', () => {
    const alone = startWith([''], 0);
    paste(alone, TABLE);
    expect(outline(alone)).toEqual(['', SHOWN, '']);
    const between = startWith(['before after', 'next'], 7);
    paste(between, TABLE);
    expect(outline(between)).toEqual(['before ', SHOWN, 'after', 'next']);
    const atEnd = startWith(['before', 'next'], 6);
    paste(atEnd, `<p> one</p>${TABLE}`);
    expect(outline(atEnd)[1]).toEqual(SHOWN);
    expect([alone, between, atEnd].map((peer) => peer.failures.count)).toEqual([0, 0, 0]);
  });

  it('in a cell of another comes as lines, and so it is told', () => {
    const peer = startWith(['before'], 6);
    paste(peer, TABLE);
    update(peer.editor, () => void $getRoot().getChildren().find($isTableNode)?.getFirstDescendant()?.selectEnd());
    expect(paste(peer, `<p>: </p>${TABLE}`)).toBe(1);
    const [, table] = outline(peer) as [string, typeof SHOWN];
    expect(table.places[0]).toEqual(['0/0 1x1', 'Year:|Year | Arrests|2022 | 76,000 estimate|75,000|Ministry']);
    expect(peer.failures.count).toBe(0);
  });

  it('of a layout, of one column, or with other tables in it is no table; one of thousands of cells comes as lines', () => {
    const kinds = (html: string): string[] => read(html).map((item) => ('rows' in item ? 'table' : item.style));
    expect(kinds('<table role="presentation"><tr><td>a</td><td>b</td></tr></table>')).toEqual(['plain', 'plain']);
    expect(kinds('<table><tr><td>a</td></tr><tr><td>b</td></tr></table>')).toEqual(['plain', 'plain']);
    expect(kinds(`<table><tr><td>a</td><td>${TABLE}</td></tr></table>`)).toEqual(['plain', 'table']);
    expect(kinds(`<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(1_001)}</table>`)).toEqual(
      Array(1_001).fill('plain'),
    );
    expect(readPayload('html', `<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(1_001)}</table>`).largeTables).toBe(1);
    expect(kinds(`<table><tr>${'<td>a</td>'.repeat(64)}</tr></table>`)).toEqual(['plain']);
  });

  it.each([
    ['spans beyond its rows and columns', '<tr><td rowspan="9" colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'],
    ['spans that overlap', '<tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td><td>d</td></tr>'],
    ['a span of none and of too many', '<tr><td rowspan="0">a</td><td colspan="x">b</td></tr><tr><td>c</td></tr>'],
    [
      'a header cell that reaches into the body',
      '<thead><tr><th rowspan="3">a</th><th>b</th></tr></thead><tr><td>c</td></tr>',
    ],
    ['rows of different length', '<tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr>'],
  ])('of %s loses no words, and every editor lays it out alike', (_what, rows) => {
    const peer = startWith(['before'], 6);
    paste(peer, `<table>${rows}</table>`);
    const [, table] = outline(peer) as [string, typeof SHOWN];
    const letters = table.places.flatMap(([, words]) => (words ? words.split('|') : []));
    expect(letters.sort()).toEqual([...rows.replace(/<[^>]*>/g, '')].sort());
    expect(peer.reloaded()).toBe(peer.live());
    expect(peer.failures.count).toBe(0);
  });

  it('first and last of a long paste stays in its place', async () => {
    const peer = startWith(['before after'], 7);
    const items = read(`${TABLE}${'<p>x</p>'.repeat(400)}${TABLE}`);
    const run = new PasteRun(peer.editor, peer.binding, drawIds(), () => Promise.resolve());
    expect(await run.insert(items, () => {})).toBe('done');
    const all = outline(peer);
    expect(all).toHaveLength(404);
    expect([all[0], all[1], all[2], all[401], all[402], all[403]]).toEqual([
      'before ',
      SHOWN,
      'x',
      'x',
      SHOWN,
      'after',
    ]);
  });
});
