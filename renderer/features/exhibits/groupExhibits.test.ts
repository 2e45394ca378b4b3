import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../shared/domain/collections.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { Exhibit } from '../../../shared/domain/records.ts';
import { filterRows, groupExhibits } from './groupExhibits.ts';

const exhibit = (letter: string, order: number, fields: Partial<Exhibit> = {}): Exhibit => ({
  ...DEFAULTS.exhibits,
  id: letter.repeat(16) as ExhibitId,
  order,
  ...fields,
});
const cite = (of: Exhibit) => ({ nodeKey: '1', exhibitId: of.id, page: 1, blockKey: '2', number: 1 });

describe('groupExhibits', () => {
  const a = exhibit('a', 3, { title: 'Country report, 2018' });
  const b = exhibit('b', 1, { title: 'Testimony', source: 'House subcommittee' });
  const c = exhibit('c', 2);
  const d = exhibit('d', 0);

  it('follows label order, not the order of the list, and counts citations', () => {
    const labels = new Map([
      [c.id, 'A'],
      [a.id, 'B'],
      [b.id, 'C'],
    ]);
    const { cited, uncited } = groupExhibits([a, b, c], { labels, citations: [cite(c), cite(a), cite(c)] });
    expect(cited.map((row) => [row.label, row.exhibit.id[0], row.citedCount])).toEqual([
      ['A', 'c', 2],
      ['B', 'a', 1],
    ]);
    expect(uncited.map((row) => [row.label, row.exhibit.id[0], row.citedCount])).toEqual([['C', 'b', 0]]);
  });
  it('keeps every exhibit while labels are missing, in working order', () => {
    const { cited, uncited } = groupExhibits([a, b, c, d], { labels: new Map(), citations: [] });
    expect(cited).toEqual([]);
    expect(uncited.map((row) => row.exhibit.order)).toEqual([0, 1, 2, 3]);
  });
  it('filters by every word, over label, title, source and date', () => {
    const rows = groupExhibits([a, b, c], { labels: new Map([[b.id, 'H']]), citations: [] }).uncited;
    expect(filterRows(rows, 'HOUSE test').map((row) => row.exhibit.id[0])).toEqual(['b']);
    expect(filterRows(rows, 'ex. h').map((row) => row.exhibit.id[0])).toEqual(['b']);
    expect(filterRows(rows, ' ')).toHaveLength(3);
    expect(filterRows(rows, 'absent')).toEqual([]);
  });
});
