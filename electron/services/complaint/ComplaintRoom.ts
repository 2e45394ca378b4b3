import { writeInvitation } from '../../../shared/crypto/invitation.ts';
import { createRoot, roomOf } from '../../../shared/crypto/room.ts';
import type { Organization } from '../../../shared/domain/records.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Members, Notice, Role } from '../../../shared/ipc/contract.ts';
import { readBundle, writeBundle } from '../../../shared/sync/bundle.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { invitationOf } from '../sync/Gatekeeper.ts';
import type { RoomSession } from '../sync/RoomSession.ts';
import { type StoredRoom, writeRoom } from './ComplaintIdentity.ts';
import { type MembershipOptions, readMembers, safetyNumberWith } from './Membership.ts';
import { readMemberOrganizations } from './memberOrganizations.ts';
import type { RoomLinkOptions } from './RoomLink.ts';

export interface ImportSums {
  added: number;
  known: number;
  damaged: number;
  refused: number;
  cutOff: boolean;
}

/** What a new room's computer keeps of it. `roomToken`: empty for a relay that asks for none. */
export function newStoredRoom(ciphers: RoomLinkOptions['ciphers'], relayUrl: string, roomToken: string): StoredRoom {
  const root = createRoot(ciphers);
  return {
    version: 2,
    relayUrl,
    roomTokens: roomToken ? { [relayUrl]: roomToken } : {},
    roomPublicKey: root.room.publicKey,
    rootSeed: root.seed,
    deviceSeed: randomBytes(32),
    invitations: [],
    verified: {},
  };
}

/** One complaint's room while it is open: who is in it, and what goes in and out besides the relay. */
export class ComplaintRoom {
  readonly session: RoomSession;
  readonly #options: RoomLinkOptions;
  #stored: StoredRoom;

  constructor(session: RoomSession, options: RoomLinkOptions) {
    this.session = session;
    this.#options = options;
    this.#stored = options.stored;
  }

  /** What the members say about themselves in the shared doc. */
  get organizations(): Organization[] {
    return readMemberOrganizations(
      this.#options.shared,
      (device) => this.session.view.devices.get(device)?.organization,
    );
  }

  get relayUrl(): string {
    return this.#stored.relayUrl;
  }

  /** The link of a new invitation. [SY41] The link is kept here while it is open, so that it can be copied again. */
  async invite(invitation: {
    role: Role;
    label: string;
    organizationNumber: number | null;
    expiresMs: number;
  }): Promise<Result<{ link: string }, Notice>> {
    const organization = invitation.organizationNumber ?? this.#freeOrganizationNumber();
    const expires = Math.floor(invitation.expiresMs / 1_000);
    const { role, label } = invitation;
    const made = await this.session.gatekeeper.invite({ role, label, organization, expires });
    if (!made.ok) return made;
    const { relayUrl, roomPublicKey } = this.#stored;
    const link = writeInvitation({ relayUrl, roomPublicKey, seed: made.value.seed });
    const invitations = [...this.#stored.invitations, { id: made.value.id, label: invitation.label, link }];
    await this.#write({ ...this.#stored, invitations });
    return ok({ link });
  }

  members(): Members {
    return readMembers(this.#membership());
  }

  async remove(deviceNumber: number): Promise<Result<Members, Notice>> {
    const removed = await this.session.remove(deviceNumber);
    return removed.ok ? ok(this.members()) : removed;
  }

  /** Takes back an invitation that nobody has used; its link is forgotten here. [SY82] */
  async withdraw(invitationId: string): Promise<Result<Members, Notice>> {
    const withdrawn = await this.session.gatekeeper.withdraw(invitationId);
    if (!withdrawn.ok) return withdrawn;
    const invitations = this.#stored.invitations.map((one) => (one.id === invitationId ? { ...one, link: '' } : one));
    await this.#write({ ...this.#stored, invitations });
    return ok(this.members());
  }

  /** Keeps the digits that were compared; 'payload-refused' when they are not those of now. */
  async verify(organizationNumber: number, digits: string): Promise<Result<Members, Notice>> {
    if (digits === '' || digits !== safetyNumberWith(this.#membership(), organizationNumber))
      return fail({ code: 'payload-refused' });
    const verified = { ...this.#stored.verified, [String(organizationNumber)]: digits };
    await this.#write({ ...this.#stored, verified });
    return ok(this.members());
  }

  /** Takes effect with the next opening of the room. `roomToken`: empty to go on with the one known for that relay, if any. */
  async moveRelay(relayUrl: string, roomToken: string): Promise<void> {
    const roomTokens = { ...this.#stored.roomTokens, ...(roomToken ? { [relayUrl]: roomToken } : {}) };
    await this.#write({ ...this.#stored, relayUrl, roomTokens });
  }

  async exportBundle(): Promise<{ bytes: Uint8Array; frames: number }> {
    await this.session.flush();
    const frames: Uint8Array[] = [];
    for await (const frame of this.session.readFrames()) frames.push(frame);
    return { bytes: writeBundle(this.#options.ciphers, this.#roomIdBytes(), frames), frames: frames.length };
  }

  async importBundle(bytes: Uint8Array): Promise<Result<ImportSums, Notice>> {
    const bundle = readBundle(bytes, this.#roomIdBytes());
    if (!bundle.ok) return bundle;
    const taken = await this.session.takeFrames(bundle.value.frames.map((frame) => frame.slice()));
    return ok({ ...taken, damaged: bundle.value.damaged, cutOff: bundle.value.cutOff });
  }

  #roomIdBytes(): Uint8Array {
    return roomOf(this.#options.ciphers, this.#stored.roomPublicKey).roomIdBytes;
  }

  #membership(): MembershipOptions {
    return {
      ciphers: this.#options.ciphers,
      roomIdBytes: this.#roomIdBytes(),
      session: this.session,
      stored: this.#stored,
      organizations: this.organizations,
      deviceNumber: this.#options.deviceNumber,
      nowMs: Date.now(),
    };
  }

  #freeOrganizationNumber(): number {
    const { view } = this.session;
    const taken = [...view.devices.values()].map(({ organization }) => organization);
    for (const one of view.invitations.values()) taken.push(invitationOf(one)?.organization ?? 0);
    return Math.min(65_535, Math.max(0, ...taken) + 1);
  }

  async #write(stored: StoredRoom): Promise<void> {
    await writeRoom(this.#options.store, stored);
    this.#stored = stored;
  }
}
