import { claimIdsOf, type SerializedBody } from '../../shared/domain/document.ts';
import type { ClaimId, ExhibitId } from '../../shared/domain/ids.ts';

/**
 * True when the exhibit and page are already cited inside the claim's words or right after them (other citations,
 * spaces and closing punctuation may stand between), so that a second citation would only repeat it.
 */
export function citationFollowsClaim(
  body: SerializedBody,
  claimId: ClaimId,
  exhibitId: ExhibitId,
  page: number,
): boolean {
  for (const block of body.root.children) {
    let near = false;
    for (const inline of block.children) {
      const inside = '$' in inline && claimIdsOf(inline.$).includes(claimId);
      if (inside) near = true;
      if (!near) continue;
      if (inline.type === 'citation') {
        if (inline.exhibitId === exhibitId && inline.page === page) return true;
      } else if (!inside && !(inline.type === 'text' && /^[\s.,;:)”’"']*$/u.test(inline.text))) {
        near = false;
      }
    }
  }
  return false;
}
