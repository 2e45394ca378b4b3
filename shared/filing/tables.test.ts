import { describe, expect, it } from 'vitest';
import { DEFAULT_META } from '../domain/collections.ts';
import type {
  SerializedBlock,
  SerializedCell,
  SerializedElement,
  SerializedRow,
  SerializedTable,
} from '../domain/document.ts';
import type { RowId } from '../domain/ids.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { newColumnIds } from '../domain/tables/columnIds.ts';
import { buildFiling } from './buildFiling.ts';
import { buildFilingText } from './buildFilingText.ts';
import { parseSnapshot } from './parseSnapshot.ts';

const around = { direction: null, format: '', indent: 0, version: 1 } as const;
const block = (text: string, blockStyle: SerializedBlock['blockStyle'] = 'plain'): SerializedBlock => ({
  ...around,
  type: 'block',
  blockStyle,
  children: text === '' ? [] : [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
});
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
const [a, b, c] = newColumnIds(3, () => 'aaaaaaaaaaaaaaaa') as [string, string, string];
const table = (rows: SerializedRow[], $: SerializedTable['$'] = {}): SerializedTable => ({
  ...around,
  type: 'table',
  children: rows,
  $: { [`col_${a}`]: '1000', [`col_${b}`]: '2000', [`col_${c}`]: '1000', ...$ } as SerializedTable['$'] & object,
});
const snapshot = (children: SerializedElement[]): Snapshot => ({
  body: { root: { ...around, type: 'root', children } },
  meta: DEFAULT_META,
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
});
const dates = table([
  row('r', [cell(a, 'Date'), cell(b, 'Event'), cell(c, 'Source')], { head: 1 }),
  row('s', [cell(a, 'May 2017', { toColumn: b }), cell(c, 'Report')]),
  row('t', [cell(b, 'late')]),
]);

describe('tables in the filing', () => {
  it('[FI70] stand among the blocks as the page shows them', () => {
    const model = buildFiling(snapshot([block('Before'), dates, block('After', 'numbered')]));
    expect(model.blocks.map(({ runs }) => runs.map((run) => ('text' in run ? run.text : '')).join(''))).toEqual([
      'Before',
      'Date',
      'Event',
      'Source',
      'May 2017',
      'Report',
      '',
      'late',
      '',
      'After',
    ]);
    expect(model.tables).toEqual([
      {
        from: 1,
        to: 9,
        widths: [2430, 4500, 2430],
        rows: [
          {
            head: true,
            cells: [0, 1, 2].map((column) => ({ column, columns: 1, rows: 1, from: 1 + column, to: 2 + column })),
          },
          {
            head: false,
            cells: [
              { column: 0, columns: 2, rows: 1, from: 4, to: 5 },
              { column: 2, columns: 1, rows: 1, from: 5, to: 6 },
            ],
          },
          {
            head: false,
            cells: [0, 1, 2].map((column) => ({ column, columns: 1, rows: 1, from: 6 + column, to: 7 + column })),
          },
        ],
      },
    ]);
  });

  it('[FI72] are lines with tabs as plain text', () => {
    expect(buildFilingText(buildFiling(snapshot([dates, block('After', 'numbered')])))).toBe(
      'Date\tEvent\tSource\nMay 2017\tReport\n\tlate\t\n1. After\n',
    );
  });

  it('[DO68] [DO70] leave out what nobody accepted, and a table without rows', () => {
    const suggested = table(
      [
        row('r', [cell(a, 'kept'), cell(b, 'new column'), cell(c, 'kept too')]),
        row('s', [cell(a, 'new row')], { rIns_aaaaaaaaaaaaaaaa: 1 }),
      ],
      { cIns_bbbbbbbbbbbbbbbb: b },
    );
    const gone = table([row('r', [cell(a, 'new table')])], { rIns_aaaaaaaaaaaaaaaa: 1 });
    const model = buildFiling(snapshot([suggested, gone, table([]), block('After')]));
    expect(buildFilingText(model)).toBe('kept\tkept too\nAfter\n');
    expect(model.tables).toHaveLength(1);
  });

  it('[FI22] pass the schema of what comes from outside, and unknown shapes do not', () => {
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot([dates])))).ok).toBe(true);
    const nested = table([row('r', [{ ...cell(a, ''), children: [dates as unknown as SerializedBlock] }])]);
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot([nested])))).ok).toBe(false);
  });
});
