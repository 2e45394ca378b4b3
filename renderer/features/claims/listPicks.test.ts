import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../shared/domain/collections.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';
import { listPicks } from './listPicks.ts';

const exhibit = (letter: string, blobId: string, title: string): Exhibit => ({
  ...DEFAULTS.exhibits,
  id: letter.repeat(16) as ExhibitId,
  blobId,
  title,
});
const original = { id: 'zzzzzzzzzzzzzzzz', fileName: 'Scan 7.pdf' } as LocalOriginal;
const a = exhibit('a', '', 'Agreement');
const b = exhibit('b', 'f'.repeat(64), 'Testimony');
const c = exhibit('c', 'e'.repeat(64), 'Country report');
const labels = new Map([
  [a.id, 'A'],
  [c.id, 'B'],
  [b.id, 'C'],
]);
const names = (query: string) =>
  listPicks([a, b, c], [original], labels, query).map((pick) =>
    pick.kind === 'original' ? pick.original.fileName : `${pick.label} ${pick.exhibit.title}`,
  );

describe('listPicks', () => {
  it('puts what can be linked first, by label, and originals last', () => {
    expect(names('')).toEqual(['B Country report', 'C Testimony', 'A Agreement', 'Scan 7.pdf']);
  });
  it('searches by label and words, the asked label first', () => {
    expect(names('ex. c')).toEqual(['C Testimony', 'B Country report']);
    expect(names('c')[0]).toBe('C Testimony');
    expect(names('REPORT')).toEqual(['B Country report']);
    expect(names('scan')).toEqual(['Scan 7.pdf']);
  });
});
