import { describe, expect, it } from 'vitest';
import type { ClaimId, ExhibitId } from '../domain/ids.ts';
import { buildCoverage, findUnsupportedClaims } from './buildCoverage.ts';

const input = (links: string, placed: string) => ({
  claims: ['a', 'b', 'c', 'd'].map((id, index) => ({ id: id as ClaimId, order: 9 - index })),
  exhibits: ['x', 'y'].map((id) => ({ id: id as ExhibitId })),
  links: links
    .split(' ')
    .filter(Boolean)
    .map((link) => ({ claimId: link[0] as ClaimId, exhibitId: link[1] as ExhibitId })),
  placedClaims: placed.split(' ') as ClaimId[],
});

describe('buildCoverage', () => {
  it('[FI20] tells missing, thin and proved; two places in one exhibit are one source', () => {
    expect([...buildCoverage(input('ax ay bx bx', 'a b c'))]).toEqual([
      ['a', 'proved'],
      ['b', 'thin'],
      ['c', 'missing'],
      ['d', 'missing'],
    ]);
  });

  it('[FI21] counts only links whose claim and exhibit exist', () => {
    expect(buildCoverage(input('az zx', 'a')).get('a' as ClaimId)).toBe('missing');
    expect(buildCoverage(input('zx', 'z a')).has('z' as ClaimId)).toBe(false);
  });

  it('[FI21] lists placed claims in reading order, then the others by order', () => {
    expect(findUnsupportedClaims(input('ax', 'c a c'))).toEqual(['c', 'd', 'b']);
  });
});
