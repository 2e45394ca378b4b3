import { compareCodeUnits } from '../domain/collections.ts';
import type { ClaimId, ExhibitId } from '../domain/ids.ts';
import type { Claim, Exhibit, Link } from '../domain/records.ts';

/** 'proved': two or more different exhibits; 'thin': one; 'missing': none [FI20]. */
export type Coverage = 'missing' | 'thin' | 'proved';

export interface CoverageInput {
  readonly claims: readonly Pick<Claim, 'id' | 'order'>[];
  readonly links: readonly Pick<Link, 'claimId' | 'exhibitId'>[];
  readonly exhibits: readonly Pick<Exhibit, 'id'>[];
  /** Claims that have words in the text, in reading order; the answer keeps that order. */
  readonly placedClaims: Iterable<ClaimId>;
}

/** Coverage of every existing claim: placed ones in reading order, then the others by `order` and id [FI20] [FI21]. */
export function buildCoverage(input: CoverageInput): Map<ClaimId, Coverage> {
  const known = new Set(input.exhibits.map((exhibit) => exhibit.id));
  const sources = new Map<ClaimId, Set<ExhibitId>>(inReadingOrder(input).map((id) => [id, new Set()]));
  for (const link of input.links) {
    if (known.has(link.exhibitId)) sources.get(link.claimId)?.add(link.exhibitId);
  }
  return new Map(
    [...sources].map(([id, exhibits]) => [
      id,
      exhibits.size === 0 ? 'missing' : exhibits.size === 1 ? 'thin' : 'proved',
    ]),
  );
}

/** The claims that no exhibit supports, in the order of `buildCoverage`. */
export function findUnsupportedClaims(input: CoverageInput): ClaimId[] {
  return [...buildCoverage(input)].filter(([, coverage]) => coverage === 'missing').map(([id]) => id);
}

function inReadingOrder({ claims, placedClaims }: CoverageInput): ClaimId[] {
  const existing = new Set(claims.map((claim) => claim.id));
  const ids = new Set<ClaimId>();
  for (const id of placedClaims) if (existing.has(id)) ids.add(id);
  for (const claim of [...claims].sort((a, b) => a.order - b.order || compareCodeUnits(a.id, b.id))) ids.add(claim.id);
  return [...ids];
}
