import type { Ciphers } from '../crypto/Ciphers.ts';
import type { Epoch } from '../crypto/room.ts';
import { mayWrite, ROOT_DEVICE } from './clientIds.ts';
import { type Head, parseSnapshotContent, parseUpdateContent } from './content.ts';
import { type Frame, openFrame } from './Frame.ts';
import { scanState, scanUpdate, type UpdateScan } from './scanUpdate.ts';

/** Why the content of a counting frame adds nothing. [SY14] */
export type Refusal =
  | 'wrong-key-or-damaged'
  | 'bad-padding'
  | 'bad-content'
  | 'bad-record'
  | 'foreign-client-id'
  | 'bad-update'
  | 'role-forbids';

/** What a frame adds to the shared doc, or why it adds nothing; neither for a record. */
export interface OpenedContent {
  /** Of a snapshot's state `scan` is that of `scanState`. */
  update: { bytes: Uint8Array; scan: UpdateScan; heads: ReadonlyMap<number, Head> } | null;
  refusal: Refusal | null;
}

/** The content of an update frame whose author may write. [SY12] [SY13] */
export function openUpdate(ciphers: Ciphers, epoch: Epoch, frame: Frame): OpenedContent {
  const content = openFrame(ciphers, epoch, frame);
  if (!content.ok) return refused(content.error.code === 'bad-padding' ? 'bad-padding' : 'wrong-key-or-damaged');
  const parsed = parseUpdateContent(content.value);
  if (!parsed) return refused('bad-content');
  const scan = scanUpdate(parsed.update);
  if (!scan.ok) return refused('bad-update');
  if (scan.value.clients.some(({ client }) => !mayWrite(frame.device, client))) return refused('foreign-client-id');
  return { update: { bytes: parsed.update, scan: scan.value, heads: parsed.heads }, refusal: null };
}

/** The state in a snapshot that covers these devices; `clearBytes` of its body are the coverage. [SY52] */
export function openSnapshotState(
  ciphers: Ciphers,
  epoch: Epoch,
  frame: Frame,
  clearBytes: number,
  ends: ReadonlyMap<number, unknown>,
): OpenedContent {
  const content = openFrame(ciphers, epoch, frame, clearBytes);
  if (!content.ok) return refused(content.error.code === 'bad-padding' ? 'bad-padding' : 'wrong-key-or-damaged');
  const parsed = parseSnapshotContent(content.value);
  if (!parsed) return refused('bad-content');
  const scan = scanState(parsed.state);
  if (!scan.ok) return refused('bad-update');
  const covered = [...ends.keys()].filter((device) => device !== ROOT_DEVICE);
  const foreign = scan.value.clients.some(({ client }) => !covered.some((device) => mayWrite(device, client)));
  if (foreign) return refused('foreign-client-id');
  return { update: { bytes: parsed.state, scan: scan.value, heads: new Map() }, refusal: null };
}

/** Nothing is added, for this reason. */
export function refused(refusal: Refusal): OpenedContent {
  return { update: null, refusal };
}
