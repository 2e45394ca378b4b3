// Over 200 lines: one judgement, read from top to bottom; split up it would have to be read in two files at once.
import { hex } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import type { Room } from '../crypto/room.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { ROOT_DEVICE } from './clientIds.ts';
import { type Frame, KIND, NO_HASH, verifyFrame } from './Frame.ts';
import { requestStatement } from './hello.ts';
import {
  type Admission,
  type Coverage,
  type CoveredEnd,
  parseRecord,
  type RecordBody,
  type RoleName,
} from './records.ts';

/** A record whose signature is right. */
export interface SignedRecord {
  device: number;
  counter: number;
  hash: Uint8Array;
  /** The hash in hexadecimal. */
  name: string;
  /** The key that signed it, in hexadecimal; empty for the root. */
  signer: string;
  epochName: string;
  body: RecordBody;
}

/** A device whose admission counts. */
export interface RosterDevice {
  number: number;
  publicKey: Uint8Array;
  /** `publicKey` in hexadecimal. */
  keyName: string;
  boxKey: Uint8Array;
  organization: number;
  role: RoleName;
  /** Author of its invitation; the root when there was none. */
  invitedBy: number;
  /** Hashes of its counting admissions, in hexadecimal: what its counter 1 may name as `previous`. */
  admissions: Set<string>;
  /** [SY45] Null while nobody removed it. */
  limit: CoveredEnd | null;
}
export interface RosterEpoch {
  name: string;
  generation: number;
  givenTo: Set<number>;
  /** [SY47] False for one of a revocation that does not count: frames sealed under it are still opened, none are sealed. */
  counts: boolean;
}
export interface RosterSnapshot {
  record: SignedRecord;
  coverage: Coverage;
  confirmed: boolean;
  /** Counting devices that countersigned it, of whichever organization. */
  witnesses: Set<number>;
}
export interface RosterInvitation {
  record: SignedRecord;
  /** Device keys let in under it, in hexadecimal. */
  usedBy: Set<string>;
  /** [SY82] */
  withdrawn: boolean;
}

/** What follows from a set of records. The same set gives the same view, whatever its order. */
export interface RosterView {
  devices: ReadonlyMap<number, RosterDevice>;
  epochs: ReadonlyMap<string, RosterEpoch>;
  invitations: ReadonlyMap<string, RosterInvitation>;
  /** Counting ones, by the hash of their frame. */
  snapshots: ReadonlyMap<string, RosterSnapshot>;
  /** Every admission, grant and revocation, for whoever opens boxes: a key opens frames whoever handed it on. */
  boxed: readonly SignedRecord[];
  /** [SY47] Null when every epoch was given to a removed device. */
  sealUnder: string | null;
  /** [SY47] All that may be sealed under, best first: for a device that lacks the key of the best. */
  sealOrder: readonly string[];
}

const MAY_ADMIT: ReadonlySet<RoleName> = new Set(['owner', 'editor']);
const MAY_SNAPSHOT: ReadonlySet<RoleName> = new Set(['owner', 'editor']);

interface Draft {
  devices: Map<number, RosterDevice>;
  limits: Map<number, CoveredEnd>;
  /** Names of the revocations that count. [SY44] */
  revocations: Set<string>;
  /** What confirmed snapshots cover beyond a limit. [SY45] */
  floor: ReadonlyMap<number, CoveredEnd>;
  /** Records that confirmed snapshots list. */
  settled: ReadonlySet<string>;
  /** False for a record proven to lie beside the branch of its author that counts. */
  onPath: (record: SignedRecord) => boolean;
}

/**
 * [SY57] Whether frames may be forgotten for the snapshot: every owner has attested that it is confirmed. Owners name limits at
 * what they have seen, so none of them can take back what confirms it without knowing.
 */
export function isSettled(view: RosterView, { confirmed, witnesses }: RosterSnapshot): boolean {
  if (!confirmed) return false;
  for (const { number, role, limit } of view.devices.values())
    if (role === 'owner' && !limit && !witnesses.has(number)) return false;
  return true;
}

/** The records of a room and the judgement over them: who is in, with which role, until when, under which keys. [R0] */
export class Roster {
  readonly #ciphers: Ciphers;
  readonly #room: Room;
  readonly #records = new Map<string, SignedRecord>();
  /** Keys admitted under a number, by their hexadecimal, whether or not they count. */
  readonly #candidates = new Map<number, Map<string, Uint8Array>>();
  readonly #checkedRequests = new Map<string, boolean>();
  /** By the invitation they name. */
  readonly #withdrawals = new Map<string, SignedRecord[]>();

  constructor(ciphers: Ciphers, room: Room) {
    this.#ciphers = ciphers;
    this.#room = room;
  }

  /** Every record taken so far. */
  get records(): ReadonlyMap<string, SignedRecord> {
    return this.#records;
  }

  /** The key that signed the frame, in hexadecimal, among those ever admitted under its number; null for none. */
  signerOf(frame: Frame): string | null {
    if (frame.device === ROOT_DEVICE) return verifyFrame(this.#ciphers, this.#room.publicKey, frame) ? '' : null;
    for (const [name, key] of this.#candidates.get(frame.device) ?? [])
      if (verifyFrame(this.#ciphers, key, frame)) return name;
    return null;
  }

  /** Whether anybody was ever admitted under the number. */
  knows(device: number): boolean {
    return device === ROOT_DEVICE || this.#candidates.has(device);
  }

  /** The only key ever admitted under the number; null when there is none or more than one. */
  onlyKeyOf(device: number): string | null {
    if (device === ROOT_DEVICE) return '';
    const keys = this.#candidates.get(device);
    return keys?.size === 1 ? (keys.keys().next().value ?? null) : null;
  }

  /** Takes a record in; `signer` from `signerOf`. The same one again changes nothing. */
  add(frame: Frame, hash: Uint8Array, signer: string): Result<SignedRecord, { code: 'bad-record' }> {
    const name = hex(hash);
    const known = this.#records.get(name);
    if (known) return ok(known);
    const body = parseRecord(frame.kind, frame.body);
    if (!body) return fail({ code: 'bad-record' });
    const { device, counter } = frame;
    const record = { device, counter, hash, name, signer, epochName: hex(frame.epochId), body };
    this.#records.set(name, record);
    if (body.kind === KIND.admission) {
      const { device: number, deviceKey } = body.admission;
      let keys = this.#candidates.get(number);
      if (!keys) this.#candidates.set(number, (keys = new Map()));
      keys.set(hex(deviceKey), deviceKey);
    }
    if (body.kind === KIND.withdrawal) {
      const invitation = hex(body.invitation);
      this.#withdrawals.set(invitation, [...(this.#withdrawals.get(invitation) ?? []), record]);
    }
    return ok(record);
  }

  /** Names of admissions whose request is not known here to be rightly signed. */
  unprovenRequests(): Set<string> {
    const names = new Set<string>();
    for (const { name, body } of this.#records.values())
      if (body.kind === KIND.admission && this.#checkedRequests.get(name) !== true) names.add(name);
    return names;
  }

  /** Of the same records an earlier roster has checked the requests, but for those it names as unproven. */
  trustRequests(unproven: ReadonlySet<string>): void {
    for (const { name, body } of this.#records.values())
      if (body.kind === KIND.admission && !unproven.has(name)) this.#checkedRequests.set(name, true);
  }

  /** Takes back a record without keys in it that an earlier roster of this room has checked. */
  restore(record: SignedRecord): void {
    this.#records.set(record.name, record);
  }

  /** The judgement. `onPath` is false for a record that the caller knows to lie on a branch that does not count. */
  judge(onPath: (record: SignedRecord) => boolean = () => true): RosterView {
    const draft = (floor: ReadonlyMap<number, CoveredEnd>, settled: ReadonlySet<string>): Draft =>
      this.#judgeDevices({ devices: new Map(), limits: new Map(), revocations: new Set(), floor, settled, onPath });
    const first = draft(new Map(), new Set());
    const snapshots = this.#judgeSnapshots(first);
    const floor = new Map<number, CoveredEnd>();
    const settled = new Set<string>();
    for (const { coverage, confirmed } of snapshots.values()) {
      if (!confirmed) continue;
      for (const name of coverage.records) settled.add(name);
      for (const [device, end] of coverage.ends)
        if (end.counter > (first.limits.get(device)?.counter ?? Number.POSITIVE_INFINITY)) raise(floor, device, end);
    }
    return this.#finish(settled.size + floor.size === 0 ? first : draft(floor, settled), snapshots);
  }

  #judgeDevices(draft: Draft): Draft {
    this.#admitOwners(draft);
    for (const record of this.#records.values()) {
      if (record.body.kind !== KIND.revocation || !this.#isOwner(draft, record.device)) continue;
      const { device, counter, hash } = record.body.revocation;
      if (draft.devices.get(device)?.role === 'owner' || !counts(draft, record, false)) continue;
      draft.revocations.add(record.name);
      lower(draft.limits, device, { counter, hash });
    }
    for (;;) {
      const joining = new Map<number, SignedRecord>();
      for (const record of this.#records.values()) {
        if (record.body.kind !== KIND.admission || record.body.admission.role === 'owner') continue;
        const { device } = record.body.admission;
        if (draft.devices.has(device) || !this.#admits(draft, record, record.body.admission)) continue;
        if (isBefore(draft, record, joining.get(device))) joining.set(device, record);
      }
      if (joining.size === 0) break;
      for (const record of joining.values()) this.#enter(draft, record);
    }
    for (const [number, device] of draft.devices) {
      const named = draft.limits.get(number);
      const floor = draft.floor.get(number);
      device.limit = named && floor && floor.counter > named.counter ? floor : (named ?? null);
    }
    return draft;
  }

  /** [SY44] Owners level by level, so that whether one counts rests on older ones alone. */
  #admitOwners(draft: Draft): void {
    let level: number[] = [ROOT_DEVICE];
    while (level.length > 0) {
      const joining = new Map<number, SignedRecord>();
      for (const record of this.#records.values()) {
        if (record.body.kind !== KIND.admission || record.body.admission.role !== 'owner') continue;
        const { device } = record.body.admission;
        if (!level.includes(record.device) || draft.devices.has(device)) continue;
        if (!this.#admits(draft, record, record.body.admission)) continue;
        if (isBefore(draft, record, joining.get(device))) joining.set(device, record);
      }
      for (const record of joining.values()) this.#enter(draft, record);
      level = [...joining.keys()];
      for (const number of level) {
        const older = this.#ancestors(draft, number);
        for (const record of this.#records.values()) {
          if (record.body.kind !== KIND.revocation || record.body.revocation.device !== number) continue;
          const { counter, hash } = record.body.revocation;
          if (!older.has(record.device) || !counts(draft, record, false)) continue;
          draft.revocations.add(record.name);
          lower(draft.limits, number, { counter, hash });
        }
      }
    }
  }

  #ancestors(draft: Draft, number: number): Set<number> {
    const found = new Set([ROOT_DEVICE]);
    for (let at = draft.devices.get(number)?.invitedBy; at; at = draft.devices.get(at)?.invitedBy) found.add(at);
    return found;
  }

  #isOwner(draft: Draft, device: number): boolean {
    return device === ROOT_DEVICE || draft.devices.get(device)?.role === 'owner';
  }

  /** [SY42] */
  #admits(draft: Draft, record: SignedRecord, admission: Admission): boolean {
    const author = draft.devices.get(record.device);
    if (record.device !== ROOT_DEVICE && !(author && MAY_ADMIT.has(author.role))) return false;
    if (!counts(draft, record, true)) return false;
    if (!admission.invitation) return record.device === ROOT_DEVICE && admission.role === 'owner';
    const invitation = this.#records.get(hex(admission.invitation));
    if (invitation?.body.kind !== KIND.invitation) return false;
    const { key, role, organization, device } = invitation.body.invitation;
    return (
      this.#isOwner(draft, invitation.device) &&
      counts(draft, invitation, true) &&
      role === admission.role &&
      organization === admission.organization &&
      device === admission.device &&
      (role !== 'owner' || invitation.device === record.device) &&
      this.#isAsked(record.name, key, admission)
    );
  }

  #isAsked(name: string, key: Uint8Array, { deviceKey, boxKey, signature }: Admission): boolean {
    const known = this.#checkedRequests.get(name);
    if (known !== undefined) return known;
    const statement = requestStatement(this.#room.roomIdBytes, deviceKey, boxKey);
    const asked = this.#ciphers.verify(key, statement, signature);
    this.#checkedRequests.set(name, asked);
    return asked;
  }

  #enter(draft: Draft, record: SignedRecord): void {
    if (record.body.kind !== KIND.admission) return;
    const { device, deviceKey, boxKey, organization, role, invitation } = record.body.admission;
    draft.devices.set(device, {
      number: device,
      publicKey: deviceKey,
      keyName: hex(deviceKey),
      boxKey,
      organization,
      role,
      invitedBy: invitation ? (this.#records.get(hex(invitation))?.device ?? ROOT_DEVICE) : ROOT_DEVICE,
      admissions: new Set([record.name]),
      limit: null,
    });
    if (invitation && this.#isWithdrawn(draft, hex(invitation)))
      lower(draft.limits, device, { counter: 0, hash: NO_HASH });
  }

  /** [SY82] Of an owner's invitation only older owners are asked: they are settled when it is. */
  #isWithdrawn(draft: Draft, name: string): boolean {
    const invitation = this.#records.get(name);
    if (invitation?.body.kind !== KIND.invitation) return false;
    const older =
      invitation.body.invitation.role === 'owner'
        ? this.#ancestors(draft, invitation.device).add(invitation.device)
        : null;
    return (this.#withdrawals.get(name) ?? []).some(
      (record) =>
        (older ? older.has(record.device) : this.#isOwner(draft, record.device)) && counts(draft, record, false),
    );
  }

  /** [SY49] [SY50] On whichever branch of its author's chain: else a fork could name a branch by what only the other says. */
  #judgeSnapshots(draft: Draft): Map<string, RosterSnapshot> {
    const snapshots = new Map<string, RosterSnapshot>();
    for (const record of this.#records.values()) {
      if (record.body.kind !== KIND.snapshot || !isWithin(draft, record, false)) continue;
      const author = draft.devices.get(record.device);
      if (!author || !MAY_SNAPSHOT.has(author.role)) continue;
      const { coverage } = record.body;
      // nobody has seen the end of a frame's own chain before it is written
      if ((coverage.ends.get(record.device)?.counter ?? 0) >= record.counter) continue;
      snapshots.set(record.name, { record, coverage, confirmed: false, witnesses: new Set() });
    }
    for (const record of this.#records.values()) {
      if (record.body.kind !== KIND.countersignature || !isWithin(draft, record, false)) continue;
      const snapshot = snapshots.get(hex(record.body.snapshot));
      const author = snapshot && draft.devices.get(snapshot.record.device);
      if (author) snapshot.witnesses.add(record.device);
      if (author && draft.devices.get(record.device)?.organization !== author.organization) snapshot.confirmed = true;
    }
    return snapshots;
  }

  #finish(draft: Draft, snapshots: Map<string, RosterSnapshot>): RosterView {
    const { devices } = draft;
    const epochs = new Map<string, RosterEpoch>();
    const invitations = new Map<string, RosterInvitation>();
    const boxed: SignedRecord[] = [];
    const parents = new Map<string, Set<string>>();
    const open = (name: string, counts: boolean): RosterEpoch => {
      let epoch = epochs.get(name);
      if (!epoch) epochs.set(name, (epoch = { name, generation: 0, givenTo: new Set(), counts: false }));
      epoch.counts ||= counts;
      return epoch;
    };
    const give = (name: string, device: number): void => void epochs.get(name)?.givenTo.add(device);
    for (const record of this.#records.values()) {
      const { body } = record;
      if (body.kind === KIND.admission || body.kind === KIND.grant || body.kind === KIND.revocation) boxed.push(record);
      if (body.kind !== KIND.revocation || !this.#isOwner(draft, record.device)) continue;
      const name = hex(body.revocation.epochId);
      const { givenTo } = open(name, draft.revocations.has(record.name));
      for (const device of [record.device, ...body.revocation.boxes.keys()]) givenTo.add(device);
      const known = parents.get(name);
      if (known) known.add(record.epochName);
      else parents.set(name, new Set([record.epochName]));
    }
    const counting = [...this.#records.values()].filter(
      (record) => this.#isCountingAuthor(draft, record) && counts(draft, record, true),
    );
    for (const record of counting) {
      const { body } = record;
      if (body.kind === KIND.admission && body.admission.device === 1 && record.device === ROOT_DEVICE)
        open(record.epochName, true).givenTo.add(1);
      if (body.kind === KIND.invitation && this.#isOwner(draft, record.device))
        invitations.set(record.name, {
          record,
          usedBy: new Set(),
          withdrawn: this.#isWithdrawn(draft, record.name),
        });
    }
    for (const record of counting) {
      const { body } = record;
      if (body.kind === KIND.grant) for (const id of body.grant.epochs.ids) give(hex(id), body.grant.device);
      if (body.kind !== KIND.admission || !this.#admits(draft, record, body.admission)) continue;
      const { admission } = body;
      if (admission.invitation) invitations.get(hex(admission.invitation))?.usedBy.add(hex(admission.deviceKey));
      const device = devices.get(admission.device);
      if (device?.keyName !== hex(admission.deviceKey)) continue;
      device.admissions.add(record.name);
      for (const id of admission.epochs.ids) give(hex(id), admission.device);
    }
    for (const epoch of epochs.values()) epoch.generation = generationOf(epoch.name, parents);
    const sealOrder = this.#sealOrder(epochs, devices);
    return { devices, epochs, invitations, snapshots, boxed, sealUnder: sealOrder[0] ?? null, sealOrder };
  }

  /** [SY47] A device whose admission no longer counts was let in by a removed one: it is as good as removed. */
  #sealOrder(epochs: ReadonlyMap<string, RosterEpoch>, devices: ReadonlyMap<number, RosterDevice>): string[] {
    const isOut = (number: number): boolean => {
      const device = devices.get(number);
      return device ? device.limit !== null : this.#candidates.has(number);
    };
    return [...epochs.values()]
      .filter(({ counts, givenTo }) => counts && ![...givenTo].some(isOut))
      .sort((a, b) => b.generation - a.generation || (a.name < b.name ? -1 : 1))
      .map(({ name }) => name);
  }

  #isCountingAuthor(draft: Draft, record: SignedRecord): boolean {
    if (record.device === ROOT_DEVICE) return true;
    const role = draft.devices.get(record.device)?.role;
    return role !== undefined && (record.body.kind === KIND.countersignature || MAY_ADMIT.has(role));
  }
}

/** [SY45] [SY46] `useFloor`: what a confirmed snapshot covers counts as well. */
function counts(draft: Draft, record: SignedRecord, useFloor: boolean): boolean {
  return isWithin(draft, record, useFloor) && draft.onPath(record);
}

/** [SY45] Of a counting device, up to its limit. */
function isWithin(draft: Draft, record: SignedRecord, useFloor: boolean): boolean {
  if (record.device === ROOT_DEVICE) return true;
  if (draft.devices.get(record.device)?.keyName !== record.signer) return false;
  const limit = draft.limits.get(record.device)?.counter ?? Number.POSITIVE_INFINITY;
  const floor = useFloor ? (draft.floor.get(record.device)?.counter ?? 0) : 0;
  return record.counter <= Math.max(limit, floor);
}

function lower(limits: Map<number, CoveredEnd>, device: number, end: CoveredEnd): void {
  const known = limits.get(device);
  const isLower =
    !known || end.counter < known.counter || (end.counter === known.counter && hex(end.hash) < hex(known.hash));
  if (isLower) limits.set(device, end);
}

function raise(floor: Map<number, CoveredEnd>, device: number, end: CoveredEnd): void {
  const known = floor.get(device);
  const isHigher =
    !known || end.counter > known.counter || (end.counter === known.counter && hex(end.hash) < hex(known.hash));
  if (isHigher) floor.set(device, end);
}

/** [SY43] The smaller hash; what a confirmed snapshot builds on goes first. */
function isBefore({ settled }: Draft, record: SignedRecord, other: SignedRecord | undefined): boolean {
  if (!other) return true;
  if (settled.has(record.name) !== settled.has(other.name)) return settled.has(record.name);
  return record.name < other.name;
}

/** How many revocations are behind an epoch; the longest way where an author reused an id. */
function generationOf(name: string, parents: ReadonlyMap<string, ReadonlySet<string>>): number {
  const seen = new Set<string>();
  let level = new Set([name]);
  let generation = 0;
  while (level.size > 0) {
    generation++;
    for (const one of level) seen.add(one);
    level = new Set([...level].flatMap((one) => [...(parents.get(one) ?? [])]).filter((one) => !seen.has(one)));
  }
  return generation;
}
