import { KIND, type Kind } from './Frame.ts';
import type { RoleName } from './records.ts';

/** Kinds that are left out may be written by every device. */
const WRITERS: Partial<Record<Kind, ReadonlySet<RoleName>>> = {
  [KIND.update]: new Set(['owner', 'editor', 'reviewer']),
  [KIND.admission]: new Set(['owner', 'editor']),
  [KIND.revocation]: new Set(['owner']),
  [KIND.snapshot]: new Set(['owner', 'editor']),
  [KIND.invitation]: new Set(['owner']),
  [KIND.grant]: new Set(['owner', 'editor']),
  [KIND.withdrawal]: new Set(['owner']),
};

/** Whether what a device of this role writes in a frame of this kind can count. [SY49] */
export function mayWriteKind(role: RoleName, kind: Kind): boolean {
  return WRITERS[kind]?.has(role) ?? true;
}

/**
 * [SY81] Whether a frame belongs into the log all the same: whoever holds one counts it as a link of its author's chain, so
 * everybody must be able to get it. Nobody waits for a reader's chain.
 */
export function isLinkOf(role: RoleName, kind: Kind): boolean {
  return role !== 'reader' || mayWriteKind(role, kind);
}
