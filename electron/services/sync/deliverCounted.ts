import * as Y from 'yjs';
import { auditReviewer } from '../../../shared/sync/auditReviewer.ts';
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
    bring(update: Uint8Array): void;
    /** The state of a snapshot that took the place of frames. */
    bringState(state: Uint8Array): void;
    onNotice(notice: RoomNotice): void;
  },
): void {
  const { record, sharedDoc, bring, bringState, onNotice } = options;
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
