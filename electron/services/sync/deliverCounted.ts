import * as Y from 'yjs';
import { applyExactly, applyUntold } from '../../../shared/sync/applyExactly.ts';
import { auditReviewer } from '../../../shared/sync/auditReviewer.ts';
import { mayWrite } from '../../../shared/sync/clientIds.ts';
import { KIND } from '../../../shared/sync/Frame.ts';
import type { CountedFrame } from '../../../shared/sync/RoomLedger.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomNotice } from './RoomSession.ts';

/** Notes what counts and brings it into the shared doc, in order; what comes from a reviewer is audited on its way. [SY80] */
export function deliverCounted(
  counted: readonly CountedFrame[],
  options: {
    record: RoomRecord;
    sharedDoc: Y.Doc;
    /** Number of this device. */
    own: number;
    /** Of the transactions in the shared doc. */
    origin: unknown;
    /** See `RoomSessionOptions`. */
    onFirstState: ((state: Uint8Array) => void) | undefined;
    onNotice(notice: RoomNotice): void;
  },
): void {
  const { record, sharedDoc, own, origin, onFirstState, onNotice } = options;
  // as the provider would, which adds deletions of its own making
  const bring = (update: Uint8Array): void => applyExactly(sharedDoc, update, origin);
  const bringState = (state: Uint8Array): void => {
    if (!onFirstState || !holdsOnly(sharedDoc, own)) return bring(state); // what is new in it is found by the shared doc
    onFirstState(state);
    applyUntold(sharedDoc, state, origin);
  };
  let updates: Uint8Array[] = [];
  let reviewer: number | null = null;
  const deliver = (): void => {
    if (updates.length === 0) return;
    const update = updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates);
    updates = [];
    if (reviewer === null) bring(update);
    else if (auditReviewer(sharedDoc, () => bring(update)))
      onNotice({ code: 'role-breach', params: { device: reviewer } });
  };
  for (const frame of counted) {
    const { device, kind, update } = frame;
    const isState = kind === KIND.snapshot && update !== null;
    if (isState) {
      deliver();
      bringState(update.bytes); // people wait for it
    }
    record.noteCounted(frame);
    const reason = frame.refusal ?? (frame.cut ? 'foreign-deletion' : null);
    if (reason) onNotice({ code: 'peer-frame-refused', params: { device, reason } });
    if (!update || isState) continue;
    const isReviewer = kind === KIND.update && record.ledger.view.devices.get(device)?.role === 'reviewer';
    const by = isReviewer ? device : null;
    if (by !== reviewer) deliver();
    reviewer = by;
    updates.push(update.bytes);
  }
  deliver();
}

/** Nothing of others is in it, and nothing waits for them. */
function holdsOnly({ store }: Y.Doc, own: number): boolean {
  return (
    !store.pendingStructs && !store.pendingDs && [...store.clients.keys()].every((client) => mayWrite(own, client))
  );
}
