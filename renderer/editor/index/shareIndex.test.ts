import { describe, expect, it } from 'vitest';
import type { ClaimId, ExhibitId } from '../../../shared/domain/ids.ts';
import type { DocumentIndex, IndexedBlock } from '../EditorApi.ts';
import { shareIndex } from './shareIndex.ts';

const CLAIM = 'claimclaimclaimc' as ClaimId;
const EXHIBIT = 'exhibitexhibitex' as ExhibitId;

function buildBlock(number: number, text = `Words ${number}`): IndexedBlock {
  return {
    key: String(number),
    id: '',
    name: `¶ ${number}`,
    style: 'numbered',
    number,
    label: '',
    text,
    claimIds: [CLAIM],
  };
}

function buildIndex(blocks: readonly IndexedBlock[]): DocumentIndex {
  return {
    blocks,
    claims: new Map([[CLAIM, { text: 'claimed', blockKey: '1', number: 1 }]]),
    labels: new Map([[EXHIBIT, 'A']]),
    citations: [{ nodeKey: '9', exhibitId: EXHIBIT, page: 1, blockKey: '1', number: 1 }],
    wordCount: blocks.length * 2,
  } as unknown as DocumentIndex;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, position) => position + 1);

describe('shareIndex', () => {
  it('is the index of before when nothing changed', () => {
    const before = buildIndex(numbers(5).map((number) => buildBlock(number)));
    expect(shareIndex(before, buildIndex(numbers(5).map((number) => buildBlock(number))))).toBe(before);
  });

  it('takes one block of 2,000 when its words changed, and keeps claims, labels and citations', () => {
    const before = buildIndex(numbers(2_000).map((number) => buildBlock(number)));
    const changed = numbers(2_000).map((number) => buildBlock(number, number === 700 ? 'Other words' : undefined));
    const next = shareIndex(before, buildIndex(changed));
    expect(next).not.toBe(before);
    expect(next.blocks.filter((block, position) => block !== before.blocks[position])).toEqual([changed[699]]);
    expect([next.claims, next.labels, next.citations]).toEqual([before.claims, before.labels, before.citations]);
    expect(next.claims).toBe(before.claims);
    expect(next.labels).toBe(before.labels);
    expect(next.citations).toBe(before.citations);
  });

  it('keeps what stands before and behind a block that came', () => {
    const block = (number: number): IndexedBlock => ({ ...buildBlock(1), key: String(number) });
    const before = buildIndex([1, 2, 4, 5].map(block));
    const next = shareIndex(before, buildIndex([1, 2, 3, 4, 5].map(block)));
    expect(next.blocks.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5']);
    expect(next.blocks.filter((each) => !before.blocks.includes(each)).map(({ key }) => key)).toEqual(['3']);
  });

  it('tells the order of claims', () => {
    const [a, b] = [{ text: 'a' }, { text: 'b' }];
    const before = { claims: new Map(Object.entries({ a, b })) } as unknown as DocumentIndex;
    const next = { claims: new Map(Object.entries({ b, a })) } as unknown as DocumentIndex;
    expect([...shareIndex(before, next).claims.keys()]).toEqual(['b', 'a']);
  });

  it('follows every change of any part', () => {
    const before = buildIndex(numbers(3).map((number) => buildBlock(number)));
    const next = buildIndex(numbers(2).map((number) => buildBlock(number, 'new')));
    expect(shareIndex(before, next)).toEqual(next);
  });
});
