import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DEFAULT_META } from '../domain/collections.ts';
import type {
  SerializedBlock,
  SerializedCell,
  SerializedElement,
  SerializedRow,
  TableState,
} from '../domain/document.ts';
import type { RowId } from '../domain/ids.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { newColumnIds } from '../domain/tables/columnIds.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { toDocx } from './toDocx.ts';

const around = { direction: null, format: '', indent: 0, version: 1 } as const;
const block = (text: string, blockStyle: SerializedBlock['blockStyle'] = 'plain'): SerializedBlock => ({
  ...around,
  type: 'block',
  blockStyle,
  children: text === '' ? [] : [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
});
const [a, b, c] = newColumnIds(3, () => 'aaaaaaaaaaaaaaaa') as [string, string, string];
const cell = (column: string, text: string, reach: Partial<SerializedCell> = {}): SerializedCell => ({
  ...around,
  type: 'cell',
  column,
  toColumn: '',
  toRow: '',
  children: [block(text)],
  ...reach,
});
const row = (id: string, children: SerializedCell[], $?: SerializedRow['$']): SerializedRow => ({
  ...around,
  type: 'row',
  rowId: id as RowId,
  children,
  ...($ ? { $ } : {}),
});
const elements: SerializedElement[] = [
  block('Chronology', 'h1'),
  block('The center was created in May 2017.', 'numbered'),
  {
    ...around,
    type: 'table',
    $: { [`col_${a}`]: '1000', [`col_${b}`]: '2500', [`col_${c}`]: '1200' } as unknown as TableState,
    children: [
      row('rrrrrrrrrrrrrrrr', [cell(a, 'Date'), cell(b, 'Event'), cell(c, 'Source')], { head: 1 }),
      row('ssssssssssssssss', [
        cell(a, 'May 2017', { toRow: 'tttttttttttttttt' }),
        cell(b, 'The center opens with ten police officers and five migration officials.'),
        cell(c, 'Report'),
      ]),
      row('tttttttttttttttt', [cell(b, 'Two arrests at the airport', { toColumn: c })]),
      row('uuuuuuuuuuuuuuuu', [cell(c, 'late')]),
    ],
  },
];

function snapshot(children: SerializedElement[]): Snapshot {
  return {
    body: { root: { ...around, type: 'root', children } },
    meta: { ...DEFAULT_META, title: 'Complaint' },
    records: {
      claims: [],
      exhibits: [],
      links: [],
      people: [],
      recipients: [],
      authorities: [],
      organizations: [],
      suggestions: [],
    },
  };
}

async function documentOf(children: SerializedElement[]): Promise<string> {
  const bytes = await toDocx(buildFiling(snapshot(children)));
  return strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
}

describe('tables in Word', () => {
  it('[FI71] are tables of Word’s own: fixed grid, repeated header row, merged cells', async () => {
    const xml = await documentOf([...elements, block('After', 'numbered')]);
    const grid = [...xml.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map(([, width]) => Number(width));
    expect(grid).toHaveLength(3);
    expect(grid.reduce((sum, width) => sum + width, 0)).toBe(9360);
    const rows = [...xml.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([tr]) => tr);
    expect(rows).toHaveLength(4);
    expect(rows.map((tr) => tr.includes('<w:tblHeader/>'))).toEqual([true, false, false, false]);
    expect(rows.map((tr) => tr.match(/<w:tc>/g)?.length)).toEqual([3, 3, 2, 3]);
    expect(rows[1]).toContain('<w:vMerge w:val="restart"/>');
    expect(rows[2]).toContain('<w:vMerge w:val="continue"/>');
    expect(rows[2]).toContain('<w:gridSpan w:val="2"/>');
    expect(rows[0]).toContain('<w:pStyle w:val="TableHeading"/>');
    expect(rows[3]?.match(/<w:p>/g)?.length).toBe(3);
  });

  it('[FI71] are parted from one another and from the end by a paragraph', async () => {
    const table = elements[2] as SerializedElement;
    const xml = await documentOf([block('Before'), table, table]);
    expect(xml).not.toContain('</w:tbl><w:tbl>');
    expect(xml).not.toContain('</w:tbl><w:sectPr>');
    expect(xml.match(/<w:tbl>/g)).toHaveLength(2);
  });
});
