import { equalBytes, hex } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import {
  assignDeviceNumber,
  createEpoch,
  EPOCH_ID_BYTES,
  type EpochKeys,
  type RoomRoot,
} from '../../../shared/crypto/room.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { ROOT_DEVICE } from '../../../shared/sync/clientIds.ts';
import { createRecordFrame, KIND, NO_HASH } from '../../../shared/sync/Frame.ts';
import { requestStatement } from '../../../shared/sync/hello.ts';
import { openLabel, sealLabel } from '../../../shared/sync/invitationLabel.ts';
import type { JoinRequest } from '../../../shared/sync/RelayMessage.ts';
import type { RosterDevice, RosterInvitation } from '../../../shared/sync/Roster.ts';
import {
  boxEpochs,
  encodeAdmission,
  encodeGrant,
  encodeInvitation,
  encodeRevocation,
  type Invitation,
  type RoleName,
} from '../../../shared/sync/records.ts';
import type { FrameOutbox } from './FrameOutbox.ts';
import type { RoomRecord } from './RoomRecord.ts';

export interface GatekeeperOptions {
  ciphers: Ciphers;
  roomIdBytes: Uint8Array;
  record: RoomRecord;
  outbox: FrameOutbox;
  epochs: EpochKeys;
  own: number;
  /** The room's root, on the computer that founded it or was restored from its backup; null elsewhere. */
  root: RoomRoot | null;
  /** Takes a record of the root in, stores it and sends it. */
  keepRootRecord(frame: Uint8Array): Promise<void>;
  /** Seconds since 1970, for expiry alone. */
  nowSeconds(): number;
}
export type AdmitError = {
  code:
    | 'invitation-unknown'
    | 'link-used-twice'
    | 'link-expired'
    | 'link-withdrawn'
    | 'role-forbids'
    | 'payload-refused';
};
export type WithdrawError = { code: 'invitation-unknown' | 'invitation-in-use' | 'role-forbids' };

/** Who comes in, who goes, and under which keys: writes the records of an owner's or editor's device. [SY41]–[SY48] */
export class Gatekeeper {
  readonly #options: GatekeeperOptions;

  constructor(options: GatekeeperOptions) {
    this.#options = options;
  }

  get #me(): RosterDevice | null {
    const me = this.#options.record.ledger.view.devices.get(this.#options.own);
    return me && !me.limit ? me : null;
  }

  /** The one-time key of a new invitation, as a 32-byte seed, and the name of its record. */
  async invite(invitation: {
    role: RoleName;
    organization: number;
    expires: number;
    /** For whom it is, for the others in the room. [SY83] */
    label?: string;
  }): Promise<Result<{ seed: Uint8Array; id: string }, { code: 'role-forbids' }>> {
    if (this.#me?.role !== 'owner') return fail({ code: 'role-forbids' });
    const { ciphers, outbox, record } = this.#options;
    const seed = ciphers.randomBytes(32);
    const { publicKey } = ciphers.signPair(seed);
    const device = assignDeviceNumber(ciphers, this.#takenNumbers());
    const epoch = record.ledger.sealingEpoch();
    const label = epoch && invitation.label ? sealLabel(ciphers, epoch, publicKey, invitation.label) : new Uint8Array();
    await outbox.writeRecord(KIND.invitation, encodeInvitation({ ...invitation, key: publicKey, device, label }));
    const found = [...record.ledger.view.invitations.values()].find((one) => keyIs(one, publicKey));
    if (!found) throw new Error('own invitation does not count');
    return ok({ seed, id: found.record.name });
  }

  /** Lets a device in that asks under an invitation. Asked twice for the same device: nothing is written twice. */
  async admit(request: JoinRequest): Promise<Result<null, AdmitError>> {
    const { ciphers, roomIdBytes, record, outbox, own } = this.#options;
    const found = [...record.ledger.view.invitations.values()].find((one) => keyIs(one, request.invitationKey));
    const invitation = found && invitationOf(found);
    if (!found || !invitation) return fail({ code: 'invitation-unknown' });
    const me = this.#me;
    const mayAdmit =
      invitation.role === 'owner' ? found.record.device === own : me?.role === 'owner' || me?.role === 'editor';
    if (!mayAdmit) return fail({ code: 'role-forbids' });
    const { deviceKey, boxKey, signature } = request;
    if (!ciphers.verify(invitation.key, requestStatement(roomIdBytes, deviceKey, boxKey), signature))
      return fail({ code: 'payload-refused' });
    if (found.withdrawn) return fail({ code: 'link-withdrawn' });
    if (found.usedBy.has(hex(deviceKey))) return ok(null);
    if (found.usedBy.size > 0) return fail({ code: 'link-used-twice' });
    if (invitation.expires < this.#options.nowSeconds()) return fail({ code: 'link-expired' });
    const { device, organization, role } = invitation;
    const epochs = boxEpochs(ciphers, boxKey, this.#countingEpochs());
    await outbox.writeRecord(
      KIND.admission,
      encodeAdmission({
        device,
        deviceKey,
        boxKey,
        organization,
        role,
        invitation: found.record.hash,
        signature,
        epochs,
      }),
    );
    return ok(null);
  }

  /** Whether this device may take back the invitation with this record's name. [SY82] */
  mayWithdraw(id: string): boolean {
    const found = this.#options.record.ledger.view.invitations.get(id);
    if (this.#me?.role !== 'owner' || !found || found.withdrawn || found.usedBy.size > 0) return false;
    return this.#options.root !== null || !this.#needsRoot(found);
  }

  /** Takes an invitation back that nobody has used as far as is known here. Twice: nothing is written twice. */
  async withdraw(id: string): Promise<Result<null, WithdrawError>> {
    const { record, outbox } = this.#options;
    const found = record.ledger.view.invitations.get(id);
    if (!found) return fail({ code: 'invitation-unknown' });
    if (found.withdrawn) return ok(null);
    if (found.usedBy.size > 0) return fail({ code: 'invitation-in-use' });
    if (!this.mayWithdraw(id)) return fail({ code: 'role-forbids' });
    if (this.#needsRoot(found)) await this.#writeAsRoot(KIND.withdrawal, found.record.hash);
    else await outbox.writeRecord(KIND.withdrawal, found.record.hash);
    return ok(null);
  }

  /** For whom an invitation is, as its author wrote it; empty when that cannot be opened here. [SY83] */
  labelOf({ record }: RosterInvitation): string {
    const { ciphers, epochs } = this.#options;
    const epoch = epochs.get(record.epochName);
    return epoch && record.body.kind === KIND.invitation
      ? openLabel(ciphers, epoch, record.body.invitation.key, record.body.invitation.label)
      : '';
  }

  /** Whether this device may remove that one. [SY44] */
  mayRemove(device: number): boolean {
    const { view } = this.#options.record.ledger;
    const target = view.devices.get(device);
    if (this.#me?.role !== 'owner' || !target || target.limit || device === this.#options.own) return false;
    if (target.role !== 'owner' || this.#options.root) return true;
    for (let at = target.invitedBy; at; at = view.devices.get(at)?.invitedBy ?? 0)
      if (at === this.#options.own) return true;
    return false;
  }

  /** Removes it as of the last of its frames that counts here; new keys for all others. */
  async remove(device: number): Promise<Result<null, { code: 'member-not-removable' }>> {
    if (!this.mayRemove(device)) return fail({ code: 'member-not-removable' });
    const { ledger } = this.#options.record;
    // a reader's last frame too: it may have confirmed a snapshot in whose place nobody has the frames any more [SY45]
    const counter = ledger.heads().get(device)?.counter ?? 0;
    await this.#revoke(device, { counter, hash: ledger.hashAt(device, counter) ?? NO_HASH });
    return ok(null);
  }

  /** What follows from the present view without anybody's asking: another rotation, grants. [SY47] [SY48] */
  async tidy(): Promise<void> {
    const me = this.#me;
    const { view } = this.#options.record.ledger;
    // also when another owner rotated to keys that it gave to nobody
    if (me?.role === 'owner' && !this.#options.record.ledger.sealingEpoch()) {
      const removed = [...view.devices.values()].find(({ limit }) => limit);
      if (removed?.limit) await this.#revoke(removed.number, removed.limit);
    }
    if (me?.role !== 'owner' && me?.role !== 'editor') return;
    for (const member of view.devices.values()) {
      if (member.limit || member.number === this.#options.own) continue;
      const lacking = this.#countingEpochs().filter(
        ({ name }) => !this.#options.record.ledger.view.epochs.get(name)?.givenTo.has(member.number),
      );
      if (lacking.length === 0) continue;
      const epochs = boxEpochs(this.#options.ciphers, member.boxKey, lacking);
      await this.#options.outbox.writeRecord(KIND.grant, encodeGrant({ device: member.number, epochs }));
    }
  }

  async #revoke(device: number, end: { counter: number; hash: Uint8Array }): Promise<void> {
    const { ciphers, record, outbox } = this.#options;
    const epoch = createEpoch(ciphers);
    const boxes = new Map<number, Uint8Array>();
    for (const member of record.ledger.view.devices.values())
      if (!member.limit && member.number !== device)
        boxes.set(member.number, boxEpochs(ciphers, member.boxKey, [epoch]).box);
    const body = encodeRevocation({ device, ...end, epochId: epoch.id, boxes });
    if (this.#isOlderOwner(device)) await this.#writeAsRoot(KIND.revocation, body);
    else await outbox.writeRecord(KIND.revocation, body);
  }

  /** [SY44] An owner that this device did not invite: the root alone removes it. */
  #isOlderOwner(device: number): boolean {
    const { view } = this.#options.record.ledger;
    if (view.devices.get(device)?.role !== 'owner') return false;
    for (let at = view.devices.get(device)?.invitedBy; at; at = view.devices.get(at)?.invitedBy)
      if (at === this.#options.own) return false;
    return true;
  }

  /** [SY82] An owner's invitation by the root, or by an owner that this device did not invite. */
  #needsRoot({ record }: RosterInvitation): boolean {
    if (record.body.kind !== KIND.invitation || record.body.invitation.role !== 'owner') return false;
    const { device } = record;
    return device !== this.#options.own && (device === ROOT_DEVICE || this.#isOlderOwner(device));
  }

  async #writeAsRoot(kind: typeof KIND.revocation | typeof KIND.withdrawal, body: Uint8Array): Promise<void> {
    const { ciphers, root, record, keepRootRecord } = this.#options;
    if (!root) throw new Error('no root here');
    const { counter, hash } = record.ledger.chainEnd(ROOT_DEVICE);
    const epochId = record.ledger.sealingEpoch()?.id ?? new Uint8Array(EPOCH_ID_BYTES);
    const frame = { kind, device: ROOT_DEVICE, counter: counter + 1, previous: hash, body };
    await keepRootRecord(createRecordFrame(ciphers, root.room, epochId, root.pair.secretKey, frame));
  }

  #countingEpochs() {
    const { epochs, record } = this.#options;
    return epochs.all().filter(({ name }) => record.ledger.view.epochs.has(name));
  }

  #takenNumbers(): Set<number> {
    const { view } = this.#options.record.ledger;
    const taken = new Set(view.devices.keys());
    for (const found of view.invitations.values()) {
      const invitation = invitationOf(found);
      if (invitation) taken.add(invitation.device);
    }
    return taken;
  }
}

/** The invitation of an invitation's record. */
export function invitationOf({ record }: RosterInvitation): Invitation | null {
  return record.body.kind === KIND.invitation ? record.body.invitation : null;
}

function keyIs(found: RosterInvitation, key: Uint8Array): boolean {
  const invitation = invitationOf(found);
  return invitation !== null && equalBytes(invitation.key, key);
}
