import { describe, expect, it } from 'vitest';
import { isColumnId, newColumnId, newColumnIds } from './columnIds.ts';
import { layOutTable, planRemoval, type ShapeRow, shareWidths, type TableShape } from './layOutTable.ts';

type Random = () => number;
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const unique = (random: Random): string =>
  Array.from({ length: 16 }, () => 'abcdefghijklmnopqrstuvwxyz234567'[below(random, 32)]).join('');

/** A table as a hostile or unlucky document may hold it: missing and surplus cells, columns and rows that are gone. */
function anyTable(random: Random): TableShape<string> {
  const known = newColumnIds(1 + below(random, 5), () => unique(random));
  const named = known.filter(() => random() < 0.85);
  const ids = Array.from({ length: below(random, 7) }, () => unique(random));
  const column = (): string => (random() < 0.1 ? 'nonsense' : (known[below(random, known.length)] as string));
  const rows: ShapeRow<string>[] = ids.map((id, row) => ({
    id: random() < 0.1 ? (ids[0] as string) : id,
    head: random() < 0.3,
    cells: Array.from({ length: below(random, 7) }, (_, at) => ({
      cell: `${row}.${at}`,
      column: column(),
      toColumn: random() < 0.25 ? column() : '',
      toRow: random() < 0.25 ? (ids[below(random, ids.length)] as string) : '',
      hasWords: random() < 0.5,
    })),
  }));
  return { columns: named.map((id) => ({ id, width: 1 + below(random, 3000) })), rows };
}

describe('layOutTable', () => {
  it('[DO66] covers the grid once, and shows every cell with words once, whatever the table holds', () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const shape = anyTable(seeded(seed));
      const { columns, rows, hidden } = layOutTable(shape);
      const grid = rows.map(() => columns.map(() => 0));
      const shown: string[] = [];
      for (const { places } of rows)
        for (const place of places) {
          shown.push(...place.cells);
          for (let y = place.row; y < place.row + place.rows; y++)
            for (let x = place.column; x < place.column + place.columns; x++)
              (grid[y] as number[])[x] = ((grid[y] as number[])[x] ?? 0) + 1;
        }
      expect(grid.flat().every((times) => times === 1)).toBe(true);
      expect(new Set(shown).size).toBe(shown.length);
      const cells = shape.rows.flatMap((row) => row.cells);
      expect([...shown, ...hidden].sort()).toEqual(cells.map(({ cell }) => cell).sort());
      const worded = new Set(cells.filter(({ hasWords }) => hasWords).map(({ cell }) => cell));
      expect(hidden.filter((cell) => worded.has(cell))).toEqual([]);
    }
  });

  it('[DO62] shows a missing cell as an empty place and a surplus one in its column', () => {
    const [a, b] = newColumnIds(2, () => 'aaaaaaaaaaaaaaaa') as [string, string];
    const layout = layOutTable({
      columns: [a, b].map((id) => ({ id, width: 1000 })),
      rows: [
        { id: 'r', head: false, cells: [cell('one', a), cell('two', a), cell('lost', '')] },
        { id: 's', head: false, cells: [cell('three', b)] },
      ],
    });
    expect(layout.rows[0]?.places.map(({ cells }) => cells)).toEqual([['one', 'two', 'lost'], []]);
    expect(layout.rows[1]?.places.map(({ cells }) => cells)).toEqual([[], ['three']]);
  });

  it('[DO61] keeps a column that a partner has words in', () => {
    const [a, b, c] = newColumnIds(3, () => 'aaaaaaaaaaaaaaaa') as [string, string, string];
    const columns = [a, c].map((id) => ({ id, width: 1000 }));
    const row = (hasWords: boolean) => [{ id: 'r', head: false, cells: [{ ...cell('late', b), hasWords }] }];
    expect(layOutTable({ columns, rows: row(true) }).columns.map(({ id }) => id)).toEqual([a, b, c]);
    const without = layOutTable({ columns, rows: row(false) });
    expect(without.columns.map(({ id }) => id)).toEqual([a, c]);
    expect(without.hidden).toEqual(['late']);
  });

  it('[DO64] [DO65] a merged cell takes in what comes between, and shows the words under it', () => {
    const [a, b, c] = newColumnIds(3, () => 'aaaaaaaaaaaaaaaa') as [string, string, string];
    const between = newColumnId(a, b, 'bbbbbbbbbbbbbbbb');
    const layout = layOutTable({
      columns: [a, between, b, c].map((id) => ({ id, width: 1000 })),
      rows: [
        { id: 'r', head: false, cells: [{ ...cell('merged', a), toColumn: b, toRow: 's' }, cell('under', b)] },
        { id: 'new', head: false, cells: [] },
        { id: 's', head: false, cells: [cell('below', a), { ...cell('empty', b), hasWords: false }] },
      ],
    });
    expect(layout.rows[0]?.places[0]).toEqual({
      row: 0,
      column: 0,
      rows: 3,
      columns: 3,
      cells: ['merged', 'under', 'below'],
    });
    expect(layout.hidden).toEqual(['empty']);
    expect(layout.rows.map(({ places }) => places.length)).toEqual([2, 1, 1]);
  });

  it('[DO67] a merged cell outlives the column it begins in and the row it ends in', () => {
    const [a, b] = newColumnIds(2, () => 'aaaaaaaaaaaaaaaa') as [string, string];
    const shape: TableShape<string> = {
      columns: [a, b].map((id) => ({ id, width: 1000 })),
      rows: [
        { id: 'r', head: false, cells: [{ ...cell('merged', a), toColumn: b, toRow: 't' }] },
        { id: 's', head: false, cells: [cell('plain', a)] },
        { id: 't', head: false, cells: [cell('last', a)] },
      ],
    };
    const plan = planRemoval(shape, { rows: new Set([2]), columns: new Set([a]) });
    expect(plan.removed).toEqual(['plain']);
    expect(plan.changed.get('merged')).toEqual({ column: b, toRow: 's' });
  });
});

describe('column ids', () => {
  it('[DO60] there is always room between two columns', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const ids = newColumnIds(1 + below(random, 4), () => unique(random));
      for (let step = 0; step < 120; step++) {
        const at = random() < 0.4 ? 0 : below(random, ids.length + 1);
        const id = newColumnId(ids[at - 1] ?? null, ids[at] ?? null, unique(random));
        expect(isColumnId(id)).toBe(true);
        ids.splice(at, 0, id);
      }
      expect([...ids].sort((a, b) => (a < b ? -1 : 1))).toEqual(ids);
    }
  });
});

describe('shareWidths', () => {
  it('[DO63] fills the whole width', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const columns = Array.from({ length: 1 + below(random, 63) }, (_, id) => ({
        id: String(id),
        width: 1 + below(random, 9999),
      }));
      const widths = shareWidths(columns, 9360, 100);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9360);
      expect(Math.min(...widths)).toBeGreaterThanOrEqual(100);
    }
  });
});

function cell(name: string, column: string) {
  return { cell: name, column, toColumn: '', toRow: '', hasWords: true };
}

describe('a huge table', () => {
  it('of 100,000 cells is laid out in time linear in its cells', () => {
    const ids = newColumnIds(10, () => 'aaaaaaaaaaaaaaaa');
    const build = (rows: number): TableShape<string> => ({
      columns: ids.map((id) => ({ id, width: 1000 })),
      rows: Array.from({ length: rows }, (_, row) => ({
        id: `r${row}`,
        head: row === 0,
        cells: ids.map((id) => cell(`${row}`, id)),
      })),
    });
    const time = (shape: TableShape<string>): number => {
      const start = performance.now();
      layOutTable(shape);
      return performance.now() - start;
    };
    const [small, large] = [build(1_000), build(10_000)];
    time(small);
    const smallMs = Math.min(time(small), time(small), time(small));
    const largeMs = Math.min(time(large), time(large), time(large));
    expect(largeMs).toBeLessThan(Math.max(smallMs, 2) * 40);
    expect(layOutTable(large).rows).toHaveLength(10_000);
  });
});
