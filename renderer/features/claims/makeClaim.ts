import type { ClaimId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { freshId } from '../../ui/freshId.ts';

/** Makes the selected words a claim. Null when no words are selected, or the complaint is read-only. */
export function makeClaim(session: ComplaintSession): ClaimId | null {
  const { editor } = session;
  if (!editor || session.readOnly) return null;
  const id = freshId<ClaimId>();
  if (!editor.markClaim(id)) return null;
  const last = session.getRecords('claims').reduce((highest, claim) => Math.max(highest, claim.order), 0);
  session.writeRecord('claims', { id, order: last + 1 });
  return id;
}

/** Removes the claim, its links and its mark; the words and their citations stay. */
export function removeClaim(session: ComplaintSession, claimId: ClaimId): void {
  session.editor?.unmarkClaim(claimId);
  for (const link of session.getRecords('links')) if (link.claimId === claimId) session.deleteRecord('links', link.id);
  session.deleteRecord('claims', claimId);
}
