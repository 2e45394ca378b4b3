import { useEffect } from 'react';
import type { ClaimId } from '../../shared/domain/ids.ts';
import type { Claim } from '../../shared/domain/records.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import { useIndexPart, useRecords, useSelectionState } from './useSession.ts';
import { useWorkbench } from './workbench.ts';

/** The claim last looked at in each open complaint, so that an exhibit opened from it can still be linked to it. */
const lastSeen = new WeakMap<ComplaintSession, ClaimId>();

/**
 * The claim that the person is working on: the one on show, else the one that the clicked citation proves, else the
 * one at the caret, else the one before. Null when there is none.
 */
export function useCurrentClaim(): Claim | null {
  const { session, place } = useWorkbench();
  const claims = useRecords(session, 'claims');
  const links = useRecords(session, 'links');
  const placed = useIndexPart((index) => index.claims);
  const citations = useIndexPart((index) => index.citations);
  const selection = useSelectionState();

  let id: ClaimId | undefined;
  if (place?.kind === 'claim') id = place.claimId;
  else if (place?.kind === 'exhibit' && place.returnTo) {
    const nodeKey = place.returnTo.nodeKey;
    const citation = citations.find((entry) => entry.nodeKey === nodeKey);
    id =
      citation &&
      links.find(
        (link) =>
          link.exhibitId === citation.exhibitId &&
          link.page === citation.page &&
          placed.get(link.claimId)?.blockKey === citation.blockKey,
      )?.claimId;
  } else id = selection.claimIds.at(-1);

  const current = claims.find((claim) => claim.id === (id ?? lastSeen.get(session))) ?? null;
  const currentId = current?.id;
  useEffect(() => {
    if (currentId) lastSeen.set(session, currentId);
  }, [session, currentId]);
  return current;
}
