import type { MemberInvitation } from '../../../shared/ipc/contract.ts';

export interface SortedInvitations {
  /** Somebody has to act. */
  usedTwice: MemberInvitation[];
  /** Soonest to expire first. */
  open: MemberInvitation[];
  /** Used, expired or withdrawn, latest first. */
  past: MemberInvitation[];
}

/** The invitations in the order in which they matter. */
export function sortInvitations(invitations: readonly MemberInvitation[]): SortedInvitations {
  const inState = (...states: MemberInvitation['state'][]) =>
    invitations.filter(({ state }) => states.includes(state)).sort((a, b) => a.expiresMs - b.expiresMs);
  return {
    usedTwice: inState('used-twice'),
    open: inState('open'),
    past: inState('used', 'expired', 'withdrawn').reverse(),
  };
}
