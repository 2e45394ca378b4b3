// Over 400 lines: what may be appended, what follows from it, and what may be dropped rest on the same state.
import { equalBytes, hex } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import type { Room as RoomIdentity } from '../shared/crypto/room.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { ROOT_DEVICE } from '../shared/sync/clientIds.ts';
import { type Frame, frameHash, isRecord, KIND, NO_HASH, parseFrame, verifyFrame } from '../shared/sync/Frame.ts';
import { isLinkOf, mayWriteKind } from '../shared/sync/mayWriteKind.ts';
import type { ChainEnd, JoinRequest, LogEntry } from '../shared/sync/RelayMessage.ts';
import { isSettled, Roster, type RosterSnapshot, type RosterView } from '../shared/sync/Roster.ts';
import { parseRecord } from '../shared/sync/records.ts';
import { AskDesk, type Asker } from './AskDesk.ts';
import type { DeviceEnd, DroppedFrame, FrameLog, RoomState, SurveyedFrame } from './FrameLog.ts';
import { findEnds } from './findEnds.ts';
import { BURST_SECONDS, type RelayLimits } from './limits.ts';
import type { StorageGuard } from './StorageGuard.ts';
import { Pace } from './TokenBucket.ts';

export type PostAnswer =
  | { outcome: 'stored'; device: number; counter: number; sequence: number }
  | { outcome: 'rejected'; device: number; counter: number; code: string }
  /** The room is being read anew: its members come back and post again. */
  | { outcome: 'retired' };

/** A connection as a room sees it. */
export interface Member {
  readonly device: number;
  push(sequence: number, frame: Uint8Array): void;
  presence(frame: Uint8Array): void;
  /** Somebody asks to be let in. */
  ask(request: JoinRequest): void;
  /** This device was removed: nothing more goes to it. */
  expel(): void;
  /** The room cannot go on (its disk refused): come back later. */
  dismiss(): void;
}

interface Pending {
  hash: Uint8Array;
  sequence: number;
  written: Promise<void>;
}

const READ_BYTES = 1024 * 1024;

/**
 * One room with connections: judges posted frames in memory, appends them, and hands them on. Over 400 lines: what may
 * be appended, what follows from it, and what may be dropped rest on the same state. [SY21] [SY22] [SY23] [SY56] [SY57]
 */
export class Room {
  readonly id: RoomId;
  readonly idBytes: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly members = new Set<Member>();
  /** Of everything its members send together. */
  readonly pace: Pace;
  readonly asks: AskDesk;
  readonly #ciphers: Ciphers;
  readonly #log: FrameLog;
  readonly #limits: RelayLimits;
  readonly #storage: StorageGuard;
  readonly #roster: Roster;
  #view: RosterView;
  /** Ends of what was accepted; the disk may still be behind. */
  readonly #ends: Map<number, DeviceEnd>;
  /** Ends of what is on disk. */
  readonly #durable: Map<number, DeviceEnd>;
  /** Records ahead of their chains: device/counter to what the chain needs of them. */
  readonly #ahead = new Map<string, { hash: Uint8Array; previous: Uint8Array; sequence: number }>();
  readonly #pending = new Map<string, Pending>();
  /** Where snapshots stand in the log, by the hash of their frame. */
  readonly #snapshotAt = new Map<string, number>();
  /** Records whose author is not known yet: the record that lets it in was damaged and will come again. [SY75] */
  #unread: LogEntry[] = [];
  /** [SY76] Frames on their way to disk, in order; they are handed on already. */
  readonly #unwritten = new Map<number, Uint8Array>();
  #retired = false;
  #lastSequence: number;
  #durableSequence: number;
  #sizeBytes: number;
  /** The two snapshots that frames were last dropped for. */
  #droppedFor = '';
  #dropping: Promise<void> = Promise.resolve();

  constructor(
    identity: RoomIdentity,
    state: RoomState & { frames?: readonly SurveyedFrame[] },
    records: readonly LogEntry[],
    ciphers: Ciphers,
    log: FrameLog,
    limits: RelayLimits,
    storage: StorageGuard,
  ) {
    this.id = identity.roomId;
    this.idBytes = identity.roomIdBytes;
    this.publicKey = identity.publicKey;
    this.#ends = new Map(state.ends);
    this.#durable = new Map(state.ends);
    this.#lastSequence = state.lastSequence;
    this.#durableSequence = state.lastSequence;
    this.#sizeBytes = state.sizeBytes;
    this.#ciphers = ciphers;
    this.#log = log;
    this.#limits = limits;
    this.#storage = storage;
    this.#roster = new Roster(ciphers, identity);
    this.asks = new AskDesk(ciphers, identity.roomIdBytes);
    const { roomMessagesPerSecond, roomBytesPerSecond } = limits;
    this.pace = new Pace(roomMessagesPerSecond, roomBytesPerSecond, BURST_SECONDS, performance.now());
    this.#unread = [...records];
    this.#readRecords();
    this.#view = this.#roster.judge();
    if (state.frames) this.#findEnds(state.frames);
    else for (const { sequence, frame } of records) this.#noteAhead(sequence, frame);
  }

  /** [SY75] */
  #findEnds(frames: readonly SurveyedFrame[]): void {
    const { ends, beyond } = findEnds(
      frames,
      this.#confirmed().map(({ coverage }) => coverage.ends),
    );
    for (const map of [this.#ends, this.#durable]) {
      map.clear();
      for (const [device, end] of ends) map.set(device, end);
    }
    for (const { device, counter, hash, previous, sequence } of beyond)
      this.#ahead.set(`${device}/${counter}`, { hash, previous, sequence });
  }

  /** Some frames lie beyond a gap. */
  get hasGaps(): boolean {
    return this.#ahead.size > 0;
  }

  /** [SY75] Nothing more is taken here: everybody comes back to the room read anew. Resolves when the disk has what was taken. */
  async retire(): Promise<void> {
    this.#retired = true;
    for (const member of [...this.members]) member.dismiss();
    await Promise.allSettled([...this.#pending.values()].map(({ written }) => written));
    await this.#dropping;
  }

  /** [SY76] What was accepted after `sequence` and is not on disk yet. */
  unwritten(after: number): LogEntry[] {
    return [...this.#unwritten].flatMap(([sequence, frame]) => (sequence > after ? [{ sequence, frame }] : []));
  }

  get durableSequence(): number {
    return this.#durableSequence;
  }

  get isEmpty(): boolean {
    return this.#lastSequence === 0;
  }

  /** What follows from the records here. */
  get view(): RosterView {
    return this.#view;
  }

  /** What `welcome` names. */
  ends(): ChainEnd[] {
    return [...this.#durable].map(([device, { counter, hash }]) => ({ device, counter, hash }));
  }

  /** Key of a counting device that was not removed; else the code of the refusal. */
  keyOf(device: number): Uint8Array | 'not-admitted' | 'removed' {
    const member = this.#view.devices.get(device);
    if (!member) return 'not-admitted';
    return member.limit ? 'removed' : member.publicKey;
  }

  /** Judges at once, in the order of the calls; resolves when the frame is on disk. Rejects only when the disk does. */
  async post(bytes: Uint8Array, from: Member | null): Promise<PostAnswer> {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return { outcome: 'rejected', device: 0, counter: 0, code: parsed.error.code };
    if (this.#retired) return { outcome: 'retired' };
    const frame = parsed.value;
    const { device, counter } = frame;
    const rejected = (code: string): PostAnswer => ({ outcome: 'rejected', device, counter, code });
    if (frame.kind === KIND.presence) return rejected('frame-kind');
    if (!equalBytes(frame.roomId, this.idBytes)) return rejected('frame-room');
    const hash = frameHash(this.#ciphers, bytes);
    const end = this.#ends.get(device);
    const late = end !== undefined && counter <= end.counter && this.#isLate(frame, hash);
    if (!late && ((end && counter <= end.counter) || this.#ahead.has(`${device}/${counter}`)))
      return this.#answerRepeated(frame, hash);
    const code = this.#refusal(frame, late ? undefined : end);
    if (code) return rejected(code);
    return this.#append(frame, hash, from);
  }

  /** [SY56] A record that a snapshot lists and the end of its chain has passed, but that never came: it lets somebody in. */
  #isLate({ kind }: Frame, hash: Uint8Array): boolean {
    const name = hex(hash);
    if (!isRecord(kind) || kind === KIND.snapshot || this.#roster.records.has(name)) return false;
    return this.#confirmed().some(({ coverage }) => coverage.records.has(name));
  }

  /** True for presence rightly signed by this device; it is not stored. */
  isPresenceOf(device: number, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    const publicKey = this.keyOf(device);
    return (
      parsed.ok &&
      typeof publicKey !== 'string' &&
      parsed.value.kind === KIND.presence &&
      parsed.value.device === device &&
      equalBytes(parsed.value.roomId, this.idBytes) &&
      verifyFrame(this.#ciphers, publicKey, parsed.value)
    );
  }

  isRevocationOf(device: number, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    const record = parsed.ok && isRecord(parsed.value.kind) ? parseRecord(parsed.value.kind, parsed.value.body) : null;
    if (record?.kind !== KIND.withdrawal)
      return record?.kind === KIND.revocation && record.revocation.device === device;
    const invited = this.#roster.records.get(hex(record.invitation))?.body;
    return invited?.kind === KIND.invitation && invited.invitation.device === device;
  }

  /** The newest confirmed snapshot, for fetches that leave out what it covers; null for none. */
  newestSnapshot(): RosterSnapshot | null {
    return this.#confirmed()[0] ?? null;
  }

  /** [SY57] No update before this sequence is beyond what the snapshot covers. */
  async firstBeyond({ coverage }: RosterSnapshot): Promise<number> {
    if (this.hasGaps) return 0; // what lies beyond a gap is in no order
    let first = this.#durableSequence + 1;
    for (const [device, { counter }] of this.#durable) {
      const covered = coverage.ends.get(device)?.counter ?? 0;
      const role = this.#view.devices.get(device)?.role;
      if (counter <= covered || device === ROOT_DEVICE || role === 'reader') continue; // or it never wrote an update
      const next = await this.#log.find(this.id, device, covered + 1);
      if (!next) return 0; // dropped for snapshots of another branch
      first = Math.min(first, next.sequence);
    }
    return first;
  }

  /** [SY57] Whether a fetch from 0 may leave the frame out. */
  isCoveredBy(snapshot: RosterSnapshot, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    return parsed.ok && this.#isNeedless(parsed.value, [snapshot]);
  }

  /** An update that each of the snapshots covers; or a snapshot whose place and whole coverage each of them covers. */
  #isNeedless({ device, counter, kind, bytes }: Frame, snapshots: readonly RosterSnapshot[]): boolean {
    if (kind !== KIND.update && kind !== KIND.snapshot) return false;
    if (!snapshots.every(({ coverage }) => counter <= (coverage.ends.get(device)?.counter ?? 0))) return false;
    if (kind === KIND.update) return true;
    const older = this.#view.snapshots.get(hex(frameHash(this.#ciphers, bytes)));
    return older !== undefined && snapshots.every((snapshot) => includes(snapshot, older));
  }

  /** Somebody asks to be let in; the code of the refusal, or null. */
  takeAsker(asker: Asker): 'link-used' | 'link-expired' | 'relay-refused' | null {
    const deviceKey = hex(asker.request.deviceKey);
    const refusal = this.#askRefusal(hex(asker.request.invitationKey), deviceKey);
    if (refusal) return refusal;
    if (!this.asks.add(asker)) return 'relay-refused';
    const known = [...this.#view.devices.values()].find(({ keyName }) => keyName === deviceKey);
    if (known && !known.limit) void this.#answerAdmitted(known.admissions, asker.request.deviceKey);
    else this.passAsks();
    return null;
  }

  /** For the asker's screen only: whether anybody is let in is for the admitting device to say. */
  #askRefusal(invitationKey: string, deviceKey: string): 'link-used' | 'link-expired' | null {
    for (const { record, usedBy, withdrawn } of this.#view.invitations.values()) {
      if (record.body.kind !== KIND.invitation || hex(record.body.invitation.key) !== invitationKey) continue;
      if (withdrawn) return null; // the desk says so
      if (usedBy.size > 0) return usedBy.has(deviceKey) ? null : 'link-used';
      return record.body.invitation.expires * 1_000 < Date.now() ? 'link-expired' : null;
    }
    return null;
  }

  passAsks(): void {
    if (!this.asks.isEmpty) this.asks.pass(this.#view, () => this.#admitters());
  }

  #admitters(): Member[] {
    return [...this.members].filter(({ device }) =>
      mayWriteKind(this.#view.devices.get(device)?.role ?? 'reader', KIND.admission),
    );
  }

  async #answerAdmitted(admissions: ReadonlySet<string>, deviceKey: Uint8Array): Promise<void> {
    for (const { frame } of await this.#log.readRecords(this.id))
      if (admissions.has(hex(frameHash(this.#ciphers, frame)))) return this.asks.admit(deviceKey, frame);
  }

  /** The code of the refusal, or null. [SY22] */
  #refusal(frame: Frame, end: DeviceEnd | undefined): string | null {
    const { device, counter, kind, previous } = frame;
    const sizeBytes = frame.bytes.length;
    if (this.#sizeBytes + sizeBytes > this.#limits.roomBytes || !this.#storage.hasRoomFor(sizeBytes))
      return 'relay-quota';
    if (!this.#roster.knows(device)) return 'not-admitted';
    const signer = this.#roster.signerOf(frame);
    if (signer === null) return 'bad-signature';
    if (kind === KIND.admission && this.#view.devices.size >= this.#limits.devicesPerRoom) return 'relay-quota';
    if (device !== ROOT_DEVICE) {
      const member = this.#view.devices.get(device);
      const isReadable = !isRecord(kind) || parseRecord(kind, frame.body) !== null;
      if (!member && isRecord(kind)) return isReadable ? null : 'bad-record';
      if (member?.keyName !== signer) return 'not-admitted';
      if (member.limit && counter > member.limit.counter) return 'removed';
      if (!isLinkOf(member.role, kind)) return 'role-forbids';
      // what its author's role forbids, and a record that cannot be read, are links of the chain like any other [SY81]
      if (member.role === 'reader' && !isReadable) return 'bad-record';
    }
    if (counter > (end?.counter ?? 0) + 1) return isRecord(kind) ? null : 'gap';
    return this.#continues(device, previous, end) ? null : 'fork';
  }

  #continues(device: number, previous: Uint8Array, end: DeviceEnd | undefined): boolean {
    if (end) return equalBytes(previous, end.hash);
    if (device === ROOT_DEVICE) return equalBytes(previous, NO_HASH);
    return this.#view.devices.get(device)?.admissions.has(hex(previous)) ?? false;
  }

  async #append(frame: Frame, hash: Uint8Array, from: Member | null): Promise<PostAnswer> {
    const { device, counter } = frame;
    const bytes = frame.bytes.slice(); // the message it came in is larger and would be kept alive
    const sequence = ++this.#lastSequence;
    this.#sizeBytes += bytes.length;
    const before = this.#ends.get(device)?.counter ?? 0;
    const ahead = counter > before + 1;
    const late = counter <= before;
    if (ahead) this.#ahead.set(`${device}/${counter}`, { hash, previous: frame.previous.slice(), sequence });
    else if (!late) this.#ends.set(device, this.#catchUp(device, { counter, hash }));
    const end = ahead || late ? null : (this.#ends.get(device) ?? null);
    const record = isRecord(frame.kind);
    const written = this.#log.append(this.id, sequence, this.#sizeBytes, {
      bytes,
      device,
      counter,
      hash,
      isRecord: record,
      end,
    });
    const key = `${device}/${counter}`;
    this.#pending.set(key, { hash, sequence, written });
    if (record) {
      this.#unread.push({ sequence, frame: bytes });
      this.#readRecords();
      this.#view = this.#roster.judge();
    }
    if (this.#log.renewsLogId) {
      this.#unwritten.set(sequence, bytes);
      this.#handOn(frame.kind, sequence, bytes, from);
    }
    try {
      await written;
    } catch (error) {
      for (const member of this.members) member.dismiss();
      throw error;
    } finally {
      this.#pending.delete(key);
      this.#unwritten.delete(sequence);
    }
    // a snapshot may have moved it further while this was on its way [SY56]
    if (end && end.counter > (this.#durable.get(device)?.counter ?? 0)) this.#durable.set(device, end);
    this.#durableSequence = Math.max(sequence, this.#durableSequence);
    if (!this.#log.renewsLogId) this.#handOn(frame.kind, sequence, bytes, from);
    if (record) this.#follow(frame.kind, bytes);
    return { outcome: 'stored', device, counter, sequence };
  }

  /** [SY24] [SY76] */
  #handOn(kind: number, sequence: number, bytes: Uint8Array, from: Member | null): void {
    for (const member of this.members) if (member !== from) member.push(sequence, bytes);
    if (kind !== KIND.revocation && kind !== KIND.withdrawal) return;
    for (const member of [...this.members]) if (this.keyOf(member.device) === 'removed') member.expel();
  }

  /** The end moves on over records that came ahead of their chain. */
  #catchUp(device: number, end: DeviceEnd): DeviceEnd {
    let last = end;
    for (;;) {
      const key = `${device}/${last.counter + 1}`;
      const next = this.#ahead.get(key);
      if (!next || !equalBytes(next.previous, last.hash)) return last;
      this.#ahead.delete(key);
      last = { counter: last.counter + 1, hash: next.hash };
    }
  }

  /** Every record whose author is known by now. */
  #readRecords(): void {
    for (let before = -1; before !== this.#unread.length; ) {
      before = this.#unread.length;
      this.#unread = this.#unread.filter(({ sequence, frame }) => !this.#readRecord(sequence, frame));
    }
  }

  #readRecord(sequence: number, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    const signer = parsed.ok ? this.#roster.signerOf(parsed.value) : null;
    if (!parsed.ok || signer === null) return false;
    const hash = frameHash(this.#ciphers, bytes);
    this.#roster.add(parsed.value, hash, signer);
    if (parsed.value.kind === KIND.snapshot) this.#snapshotAt.set(hex(hash), sequence);
    return true;
  }

  #noteAhead(sequence: number, bytes: Uint8Array): void {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return;
    const { device, counter, previous } = parsed.value;
    if (counter <= (this.#ends.get(device)?.counter ?? 0) + 1) return;
    const hash = frameHash(this.#ciphers, bytes);
    this.#ahead.set(`${device}/${counter}`, { hash, previous: previous.slice(), sequence });
  }

  /** What a record brings about once it is on disk. */
  #follow(kind: number, bytes: Uint8Array): void {
    if (kind === KIND.admission) {
      const parsed = parseFrame(bytes);
      const record = parsed.ok ? parseRecord(kind, parsed.value.body) : null;
      const member = record?.kind === KIND.admission ? this.#view.devices.get(record.admission.device) : undefined;
      // only one that counts ends the waiting: others may have been written by whoever may not admit [SY81]
      if (
        record?.kind === KIND.admission &&
        member?.admissions.has(hex(frameHash(this.#ciphers, bytes))) &&
        !member.limit
      )
        this.asks.admit(record.admission.deviceKey, bytes);
    }
    if (kind === KIND.invitation || kind === KIND.withdrawal) this.passAsks();
    if (kind === KIND.snapshot || kind === KIND.countersignature) {
      this.#jump();
      // one at a time; what fails here is tried again with the next snapshot, and nothing was dropped
      this.#dropping = this.#dropping.then(() => this.#drop()).catch(() => {});
    }
  }

  /** Confirmed snapshots in the log, those that cover most first: where one stands in the log says only when it was posted. */
  #confirmed(): RosterSnapshot[] {
    return [...this.#view.snapshots.values()]
      .filter(({ confirmed, record }) => confirmed && this.#snapshotAt.has(record.name))
      .sort((a, b) => coveredBy(b) - coveredBy(a) || (a.record.name < b.record.name ? -1 : 1));
  }

  /** [SY56] */
  #jump(): void {
    const moved = new Map<number, DeviceEnd>();
    for (const { coverage } of this.#confirmed()) {
      for (const [device, { counter, hash }] of coverage.ends) {
        if (counter <= (this.#ends.get(device)?.counter ?? 0)) continue;
        const end = this.#catchUp(device, { counter, hash });
        this.#ends.set(device, end);
        this.#durable.set(device, end);
        moved.set(device, end);
      }
    }
    if (moved.size === 0) return;
    this.#log.moveEnds(this.id, moved).catch(() => {
      for (const member of this.members) member.dismiss();
    });
  }

  /** [SY57] */
  async #drop(): Promise<void> {
    const [newest, kept] = this.#confirmed().filter((snapshot) => isSettled(this.#view, snapshot));
    if (!newest || !kept) return;
    const pair = `${newest.record.name} ${kept.record.name}`;
    if (pair === this.#droppedFor) return;
    const last = this.#durableSequence;
    const frames: DroppedFrame[] = [];
    const dropped: string[] = [];
    let sizeBytes = 0;
    for (let after = 0; after < last; ) {
      const entries = await this.#log.read(this.id, after, READ_BYTES);
      if (entries.length === 0) break;
      for (const { sequence, frame } of entries) {
        after = sequence;
        const parsed = parseFrame(frame);
        if (!parsed.ok || !this.#isNeedless(parsed.value, [newest, kept])) continue;
        const { device, counter, kind } = parsed.value;
        if (kind === KIND.snapshot) {
          const name = hex(frameHash(this.#ciphers, frame));
          if (name === newest.record.name || name === kept.record.name) continue;
          dropped.push(name);
        }
        frames.push({ sequence, device, counter });
        sizeBytes += frame.length;
      }
    }
    if (this.#retired) return;
    this.#droppedFor = pair;
    if (frames.length === 0) return;
    this.#sizeBytes -= sizeBytes;
    await this.#log.drop(this.id, frames, this.#lastSequence, this.#sizeBytes);
    this.#storage.noteDropped(sizeBytes);
    for (const name of dropped) this.#snapshotAt.delete(name);
  }

  async #answerRepeated({ device, counter }: Frame, hash: Uint8Array): Promise<PostAnswer> {
    const pending = this.#pending.get(`${device}/${counter}`);
    if (pending) await pending.written;
    const known = pending ?? (await this.#log.find(this.id, device, counter));
    const stored = (sequence: number): PostAnswer => ({ outcome: 'stored', device, counter, sequence });
    if (known)
      return equalBytes(known.hash, hash)
        ? stored(known.sequence)
        : { outcome: 'rejected', device, counter, code: 'fork' };
    return stored(0); // dropped, because snapshots cover it
  }
}

function coveredBy({ coverage }: RosterSnapshot): number {
  let sum = 0;
  for (const { counter } of coverage.ends.values()) sum += counter;
  return sum;
}

/** One covers all that the other covers. */
function includes({ coverage }: RosterSnapshot, other: RosterSnapshot): boolean {
  return [...other.coverage.ends].every(
    ([device, { counter }]) => counter <= (coverage.ends.get(device)?.counter ?? 0),
  );
}
