import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { safetyNumber } from '../../../shared/crypto/safetyNumber.ts';
import type { Organization } from '../../../shared/domain/records.ts';
import type { MemberDevice, MemberInvitation, MemberOrganization, Members } from '../../../shared/ipc/contract.ts';
import type { RosterDevice, RosterInvitation } from '../../../shared/sync/Roster.ts';
import { invitationOf } from '../sync/Gatekeeper.ts';
import type { RoomSession } from '../sync/RoomSession.ts';
import type { StoredRoom } from './ComplaintIdentity.ts';

export interface MembershipOptions {
  ciphers: Ciphers;
  roomIdBytes: Uint8Array;
  session: RoomSession;
  stored: StoredRoom;
  organizations: readonly Organization[];
  deviceNumber: number;
  nowMs: number;
}

/** What the members screen shows, from the records here and what was compared on this computer. */
export function readMembers(options: MembershipOptions): Members {
  const { session, deviceNumber } = options;
  const { view } = session;
  const me = view.devices.get(deviceNumber);
  const numbers = [...new Set([...view.devices.values()].map(({ organization }) => organization))].sort(
    (a, b) => a - b,
  );
  return {
    role: me?.role ?? null,
    deviceNumber,
    relayUrl: options.stored.relayUrl,
    organizations: numbers.map((number) => readOrganization(options, number, me?.organization ?? 0)),
    invitations: readInvitations(options),
  };
}

/** 60 digits of the own organization and that one; empty for the own one and for one without a device. */
export function safetyNumberWith(options: MembershipOptions, organizationNumber: number): string {
  const { ciphers, roomIdBytes, session, deviceNumber } = options;
  const own = session.view.devices.get(deviceNumber)?.organization;
  if (own === undefined || own === organizationNumber) return '';
  const side = (number: number) => ({
    organizationNumber: number,
    keys: devicesOf(options, number)
      .filter(({ limit }) => !limit)
      .map(({ publicKey }) => publicKey),
  });
  const theirs = side(organizationNumber);
  return theirs.keys.length === 0 ? '' : safetyNumber(ciphers, roomIdBytes, side(own), theirs);
}

function devicesOf({ session }: MembershipOptions, organizationNumber: number): RosterDevice[] {
  return [...session.view.devices.values()]
    .filter(({ organization }) => organization === organizationNumber)
    .sort((a, b) => a.number - b.number);
}

function readOrganization(options: MembershipOptions, number: number, own: number): MemberOrganization {
  const { organizations, stored } = options;
  const digits = safetyNumberWith(options, number);
  const compared = stored.verified[String(number)];
  return {
    number,
    name: organizations.find(({ order }) => order === number)?.name ?? '',
    own: number === own,
    safetyNumber: digits,
    verified: number === own ? 'own' : compared === undefined ? 'no' : compared === digits ? 'yes' : 'changed',
    devices: devicesOf(options, number).map((device) => readDevice(options, device)),
  };
}

function readDevice({ session, deviceNumber }: MembershipOptions, device: RosterDevice): MemberDevice {
  const own = device.number === deviceNumber;
  return {
    number: device.number,
    role: device.role,
    own,
    state: device.limit ? 'removed' : 'active',
    present: own || session.isPresent(device.number),
    lastSeenMs: own ? null : session.lastSeenMs(device.number),
    upToDate: own || session.isUpToDate(device.number),
    removable: session.gatekeeper.mayRemove(device.number),
  };
}

function readInvitations({ session, stored, nowMs }: MembershipOptions): MemberInvitation[] {
  const found: MemberInvitation[] = [];
  for (const [id, one] of session.view.invitations) {
    const invitation = invitationOf(one);
    const kept = stored.invitations.find((other) => other.id === id);
    if (!invitation) continue;
    const expiresMs = invitation.expires * 1_000;
    const state = stateOf(one, expiresMs < nowMs);
    found.push({
      id,
      label: kept?.label || session.gatekeeper.labelOf(one),
      role: invitation.role,
      organizationNumber: invitation.organization,
      expiresMs,
      state,
      withdrawable: state === 'open' && session.gatekeeper.mayWithdraw(id),
      link: state === 'open' ? (kept?.link ?? '') : '',
    });
  }
  return found;
}

function stateOf({ usedBy, withdrawn }: RosterInvitation, isLate: boolean): MemberInvitation['state'] {
  if (usedBy.size > 1) return 'used-twice';
  if (withdrawn) return 'withdrawn';
  return usedBy.size === 1 ? 'used' : isLate ? 'expired' : 'open';
}
