import { describe, expect, it } from 'vitest';
import type { SerializedBody, SerializedInline } from '../../shared/domain/document.ts';
import type { ClaimId, ExhibitId } from '../../shared/domain/ids.ts';
import { citationFollowsClaim } from './citationFollowsClaim.ts';

const claim = 'aaaaaaaaaaaaaaaa' as ClaimId;
const other = 'bbbbbbbbbbbbbbbb' as ClaimId;
const exhibit = 'cccccccccccccccc' as ExhibitId;
const words = (text: string, ...claims: ClaimId[]): SerializedInline => ({
  type: 'text',
  version: 1,
  text,
  format: 0,
  style: '',
  mode: 'normal',
  detail: 0,
  ...(claims.length > 0 && {
    $: Object.fromEntries(claims.map((id) => [`cl_${id}`, 1])) as { [claim: `cl_${string}`]: 1 },
  }),
});
const cite = (page: number, exhibitId = exhibit): SerializedInline => ({
  type: 'citation',
  version: 1,
  exhibitId,
  page,
});
const body = (...blocks: SerializedInline[][]): SerializedBody => ({
  root: {
    type: 'root',
    version: 1,
    direction: null,
    format: '',
    indent: 0,
    children: blocks.map((children) => ({
      type: 'block',
      version: 1,
      blockStyle: 'numbered',
      children,
      direction: null,
      format: '',
      indent: 0,
    })),
  },
});

describe('citationFollowsClaim', () => {
  it('sees a citation after the claim, also behind another one', () => {
    expect(citationFollowsClaim(body([words('It was so.', claim), words(' '), cite(3)]), claim, exhibit, 3)).toBe(true);
    expect(
      citationFollowsClaim(
        body([words('It was so', claim), words('. '), cite(2), words(' '), cite(3)]),
        claim,
        exhibit,
        3,
      ),
    ).toBe(true);
  });
  it('is false for another page, another exhibit, another block', () => {
    expect(citationFollowsClaim(body([words('So.', claim), cite(4)]), claim, exhibit, 3)).toBe(false);
    expect(
      citationFollowsClaim(body([words('So.', claim), cite(3, 'dddddddddddddddd' as ExhibitId)]), claim, exhibit, 3),
    ).toBe(false);
    expect(citationFollowsClaim(body([words('So.', claim)], [cite(3)]), claim, exhibit, 3)).toBe(false);
  });
  it('does not take the citation of the next sentence', () => {
    expect(
      citationFollowsClaim(body([words('One.', claim), words(' Two.', other), words(' '), cite(3)]), claim, exhibit, 3),
    ).toBe(false);
    expect(
      citationFollowsClaim(body([words('One.', claim), words(' Two.', other), words(' '), cite(3)]), other, exhibit, 3),
    ).toBe(true);
  });
  it('looks after the last words of a claim in several runs', () => {
    expect(
      citationFollowsClaim(
        body([words('One ', claim), words('two', claim, other), words(' '), cite(1)]),
        claim,
        exhibit,
        1,
      ),
    ).toBe(true);
  });
});
