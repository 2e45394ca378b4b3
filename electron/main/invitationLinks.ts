import { LINK_PREFIX } from '../../shared/crypto/invitation.ts';

const MAX_LINK_CHARACTERS = 4_000;

/** The first invitation link among command-line arguments, else null. The link holds keys: it must not be logged. */
export function findInvitationLink(args: readonly string[]): string | null {
  return args.find((arg) => arg.length <= MAX_LINK_CHARACTERS && arg.startsWith(LINK_PREFIX)) ?? null;
}
