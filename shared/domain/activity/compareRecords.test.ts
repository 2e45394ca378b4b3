import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../collections.ts';
import { compareRecords, NEWS_COLLECTIONS, type Records } from './compareRecords.ts';

const none = Object.fromEntries(NEWS_COLLECTIONS.map((name) => [name, []])) as unknown as Records;
const exhibit = (id: string, fields: object) =>
  ({ ...DEFAULTS.exhibits, id, ...fields }) as Records['exhibits'][number];

describe('compareRecords', () => {
  it('names what came, went and changed, with fields by author', () => {
    const before = { ...none, exhibits: [exhibit('a', { title: 'Report' }), exhibit('b', { title: 'Letter' })] };
    const after = {
      ...none,
      exhibits: [exhibit('a', { title: 'The report', date: '2018', sha256: 'ff', blobKey: 'k' }), exhibit('c', {})],
    };
    const authorOf = (_name: string, _id: string, field: string): number => (field === 'title' ? 5 : 6);
    expect(compareRecords(before, after, authorOf)).toEqual([
      {
        collection: 'exhibits',
        id: 'a',
        kind: 'changed',
        name: 'The report',
        claimId: '',
        fields: ['title'],
        author: 5,
      },
      {
        collection: 'exhibits',
        id: 'a',
        kind: 'changed',
        name: 'The report',
        claimId: '',
        fields: ['date', 'file'],
        author: 6,
      },
      { collection: 'exhibits', id: 'c', kind: 'added', name: '', claimId: '', fields: [], author: 6 },
      { collection: 'exhibits', id: 'b', kind: 'removed', name: 'Letter', claimId: '', fields: [], author: null },
    ]);
  });

  it('says nothing about positions', () => {
    const before = { ...none, exhibits: [exhibit('a', { order: 1 })] };
    expect(compareRecords(before, { ...none, exhibits: [exhibit('a', { order: 2 })] }, () => 5)).toEqual([]);
  });

  it('tells new comments by their words, and not what only names them', () => {
    const reply = { ...DEFAULTS.replies, id: 'r', text: 'Which source?\nPlease check.' } as Records['replies'][number];
    expect(compareRecords(none, { ...none, replies: [reply] }, () => 5)).toEqual([
      { collection: 'replies', id: 'r', kind: 'added', name: 'Which source?', claimId: '', fields: [], author: 5 },
    ]);
    const told = { ...reply, mentions: 'o', at: 9 };
    expect(compareRecords({ ...none, replies: [reply] }, { ...none, replies: [told] }, () => 5)).toEqual([]);
  });
});
