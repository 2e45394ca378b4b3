import type { ClaimId, ExhibitId, LinkId } from '../../shared/domain/ids.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import { citationFollowsClaim } from './citationFollowsClaim.ts';
import { freshId } from './freshId.ts';

/** Where a claim is proved: `page` from 1, `quote` may be empty. */
export interface Proof {
  claimId: ClaimId;
  exhibitId: ExhibitId;
  page: number;
  quote: string;
}

/**
 * Links the claim to the page and cites it after the claim's words unless it is cited there already. A link to the
 * same page is kept and only gets the new quote. `cited` is false when the claim has no words in the text.
 */
export function linkClaim(session: ComplaintSession, proof: Proof): { linkId: LinkId; cited: boolean } {
  const same = session
    .getRecords('links')
    .find((link) => link.claimId === proof.claimId && link.exhibitId === proof.exhibitId && link.page === proof.page);
  const linkId = same?.id ?? freshId<LinkId>();
  if (!same) session.writeRecord('links', { id: linkId, ...proof });
  else if (proof.quote !== '' && proof.quote !== same.quote)
    session.writeRecord('links', { id: linkId, quote: proof.quote });
  const { editor } = session;
  if (!editor) return { linkId, cited: false };
  const { claimId, exhibitId, page } = proof;
  if (citationFollowsClaim(editor.takeBody(), claimId, exhibitId, page)) return { linkId, cited: true };
  return { linkId, cited: editor.insertCitation({ exhibitId, page, afterClaim: claimId }) };
}
