import type { ClaimId } from '../../shared/domain/ids.ts';
import type { EditorApi } from '../editor/EditorApi.ts';
import { freshId } from '../ui/freshId.ts';
import type { ComplaintSession } from './ComplaintSession.ts';

/** Marks the selected words as a new claim and writes its record; null without selected words. */
export function markClaim(session: ComplaintSession, editor: EditorApi): ClaimId | null {
  const claimId = freshId<ClaimId>();
  if (!editor.markClaim(claimId)) return null;
  const order = session.getRecords('claims').reduce((most, claim) => Math.max(most, claim.order), 0) + 1;
  session.writeRecord('claims', { id: claimId, component: 'DHS', status: 'draft', order });
  return claimId;
}
