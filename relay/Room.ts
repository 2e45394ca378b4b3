// Over 400 lines: what may be appended, what follows from it, and what may be dropped rest on the same state.
import { equalBytes, hex } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import type { Room as RoomIdentity } from '../shared/crypto/room.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { ROOT_DEVICE } from '../shared/sync/clientIds.ts';
import { type Frame, frameHash, isRecord, KIND, NO_HASH, parseFrame, verifyFrame } from '../shared/sync/Frame.ts';
import { isLinkOf, mayWriteKind } from '../shared/sync/mayWriteKind.ts';
import { type ChainEnd, encodeRelayMessage, type JoinRequest, type LogEntry } from '../shared/sync/RelayMessage.ts';
import { isSettled, type RosterSnapshot, type RosterView } from '../shared/sync/Roster.ts';
import { parseRecord } from '../shared/sync/records.ts';
import { AskDesk, type Asker } from './AskDesk.ts';
import type { DeviceEnd, DroppedFrame, FrameLog, RoomState, SurveyedFrame } from './FrameLog.ts';
import { findEnds } from './findEnds.ts';
import { BURST_SECONDS, type RelayLimits } from './limits.ts';
import { RoomJudge } from './RoomJudge.ts';
import type { StorageGuard } from './StorageGuard.ts';
import { Pace } from './TokenBucket.ts';

export type PostAnswer =
  | { outcome: 'stored'; device: number; counter: number; sequence: number }
  | { outcome: 'rejected'; device: number; counter: number; code: string }
  /** The room is being read anew: its members come back and post again. */
  | { outcome: 'retired' };

/** What a replay leaves out. [SY57] */
export interface LeaveOut {
  /** Of frames before this sequence the replay brings records only. */
  allFrom: number;
  covers(frame: Uint8Array): boolean;
}

/** A connection as a room sees it. */
export interface Member {
  readonly device: number;
  /** An entry message, encoded. */
  push(sequence: number, entry: Uint8Array): void;
  /** A presence message, encoded. */
  presence(presence: Uint8Array): void;
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
  /** [SY76] Its bytes, where it is handed on already. */
  handedOn: Uint8Array | null;
}

/** What the rooms of a relay share. */
export interface RoomServices {
  ciphers: Ciphers;
  log: FrameLog;
  limits: RelayLimits;
  storage: StorageGuard;
  /** The room holds its records in memory: it may be asked to `rest` from now on. */
  onAwake(room: Room): void;
  /** [SY57] What snapshots cover is still on disk; the next snapshot tries again. */
  onDropFailed(): void;
  /** [SY75] Its records on disk are not the ones it let go of. */
  onOtherRecords(room: Room): void;
}

/** Something that waits for the records to be read again. */
interface Waiting {
  run(): void;
  fail(error: unknown): void;
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
  #asks: AskDesk | null = null;
  readonly #services: RoomServices;
  readonly #judge: RoomJudge;
  /** What waits while the records are read again, in order; null while nothing does. */
  #waiting: Waiting[] | null = null;
  /** Posts among them: those that come later wait behind them. */
  #waitingPosts = 0;
  /** Something asked for the records since the last call of `rest`. */
  #usesRecords = true;
  /** Ends of what was accepted; the disk may still be behind. */
  readonly #ends: Map<number, DeviceEnd>;
  /** Ends of what is on disk. */
  readonly #durable: Map<number, DeviceEnd>;
  /** Records ahead of their chains: device/counter to what the chain needs of them. */
  #ahead: Map<string, { hash: Uint8Array; previous: Uint8Array; sequence: number }> | null = null;
  /** On their way to disk, by device/counter and in order; null, as in most rooms at most times, for none. */
  #pending: Map<string, Pending> | null = null;
  #retired = false;
  #lastSequence: number;
  #durableSequence: number;
  #sizeBytes: number;
  /** The two snapshots that frames were last dropped for. */
  #droppedFor = '';
  #dropping: Promise<void> = Promise.resolve();
  #drops = 0;

  constructor(
    identity: RoomIdentity,
    state: RoomState & { frames?: readonly SurveyedFrame[] },
    records: readonly LogEntry[],
    services: RoomServices,
  ) {
    this.id = identity.roomId;
    this.idBytes = identity.roomIdBytes;
    this.publicKey = identity.publicKey;
    this.#ends = new Map(state.ends);
    this.#durable = new Map(state.ends);
    this.#lastSequence = state.lastSequence;
    this.#durableSequence = state.lastSequence;
    this.#sizeBytes = state.sizeBytes;
    this.#services = services;
    const { roomMessagesPerSecond, roomBytesPerSecond } = services.limits;
    this.pace = new Pace(roomMessagesPerSecond, roomBytesPerSecond, BURST_SECONDS, performance.now());
    this.#judge = new RoomJudge(services.ciphers, identity, records);
    if (state.frames) this.#findEnds(state.frames);
    else for (const { sequence, frame } of records) this.#noteAhead(sequence, frame);
    services.onAwake(this);
  }

  /**
   * Lets go of the records when nothing has asked for them since the last call. False while they are needed, and then
   * it is to be called again. [SY84]
   */
  rest(): boolean {
    if (!this.#judge.isAwake) return true;
    const isUsed = this.#usesRecords || this.#drops > 0 || this.#pending !== null || this.#hasAskers;
    this.#usesRecords = false;
    return !isUsed && !this.#waiting && this.#judge.rest();
  }

  /** Does the work with every record in memory: at once, or in the order of the calls after they were read again. */
  #withRecords<T>(work: () => T): Promise<Awaited<T>> {
    this.#usesRecords = true;
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(work() as Awaited<T>);
        } catch (error) {
          reject(error);
        }
      };
      if (this.#judge.isAwake && !this.#waiting) return run();
      if (this.#waiting) return void this.#waiting.push({ run, fail: reject });
      this.#waiting = [{ run, fail: reject }];
      void this.#wake();
    });
  }

  async #wake(): Promise<void> {
    let failure: unknown = null;
    try {
      const records = await this.#services.log.readRecords(this.id, this.#judge.kept);
      if (!this.#retired && !this.#judge.wake(records)) {
        this.#retired = true;
        this.#services.onOtherRecords(this);
        for (const member of [...this.members]) member.dismiss();
      }
    } catch (error) {
      failure = error;
      for (const member of [...this.members]) member.dismiss();
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#waitingPosts = 0;
    for (const each of waiting) {
      if (failure) each.fail(failure);
      else each.run();
    }
    if (this.#judge.isAwake) this.#services.onAwake(this);
  }

  /** [SY75] */
  #findEnds(frames: readonly SurveyedFrame[]): void {
    const { ends, beyond } = findEnds(
      frames,
      this.#judge.confirmed().map(({ coverage }) => coverage.ends),
    );
    for (const map of [this.#ends, this.#durable]) {
      map.clear();
      for (const [device, end] of ends) map.set(device, end);
    }
    for (const { device, counter, hash, previous, sequence } of beyond)
      (this.#ahead ??= new Map()).set(`${device}/${counter}`, { hash, previous, sequence });
  }

  /** Some frames lie beyond a gap. */
  get hasGaps(): boolean {
    return this.#ahead !== null && this.#ahead.size > 0;
  }

  /** [SY75] Nothing more is taken here: everybody comes back to the room read anew. Resolves when the disk has what was taken. */
  async retire(): Promise<void> {
    this.#retired = true;
    for (const member of [...this.members]) member.dismiss();
    await Promise.allSettled([...(this.#pending?.values() ?? [])].map(({ written }) => written));
    await this.#dropping;
  }

  /** [SY76] What was accepted after `sequence` and is not on disk yet. */
  unwritten(after: number): LogEntry[] {
    return [...(this.#pending?.values() ?? [])].flatMap(({ sequence, handedOn }) =>
      handedOn && sequence > after ? [{ sequence, frame: handedOn }] : [],
    );
  }

  get durableSequence(): number {
    return this.#durableSequence;
  }

  get isEmpty(): boolean {
    return this.#lastSequence === 0;
  }

  /** What follows from the records here. */
  readView(): Promise<RosterView> {
    return this.#withRecords(() => this.#judge.view);
  }

  /** What `welcome` names. */
  ends(): ChainEnd[] {
    return [...this.#durable].map(([device, { counter, hash }]) => ({ device, counter, hash }));
  }

  /** Key of a counting device that was not removed; else the code of the refusal. */
  keyOf(device: number): Uint8Array | 'not-admitted' | 'removed' {
    const member = this.#judge.standingOf(device);
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
    if (this.#waitingPosts === 0 && !this.#needsRecords(frame)) return this.#take(frame, from);
    if (!this.#judge.isAwake) this.#waitingPosts++;
    return this.#withRecords(() => this.#take(frame, from));
  }

  /** Whether the judgement of the frame rests on more than what a quiet room knows. */
  #needsRecords(frame: Frame): boolean {
    const { device, counter, kind } = frame;
    if (this.#judge.isAwake) {
      if (isRecord(kind)) this.#usesRecords = true;
      return false;
    }
    const end = this.#ends.get(device);
    // the first frame of a chain names an admission
    if (!isRecord(kind)) return !end && this.#judge.standingOf(device) !== null;
    if (end && counter <= end.counter) return true;
    // one that nobody here signed is refused as it is
    return !this.#ahead?.has(`${device}/${counter}`) && this.#judge.signerOf(frame) !== null;
  }

  async #take(frame: Frame, from: Member | null): Promise<PostAnswer> {
    if (this.#retired) return { outcome: 'retired' };
    const { device, counter } = frame;
    const rejected = (code: string): PostAnswer => ({ outcome: 'rejected', device, counter, code });
    const hash = frameHash(this.#services.ciphers, frame.bytes);
    const end = this.#ends.get(device);
    const late = end !== undefined && counter <= end.counter && this.#isLate(frame, hash);
    if (!late && ((end && counter <= end.counter) || this.#ahead?.has(`${device}/${counter}`)))
      return this.#answerRepeated(frame, hash);
    const code = this.#refusal(frame, late ? undefined : end);
    if (code) return rejected(code);
    return this.#append(frame, hash, from);
  }

  /** [SY56] A record that a snapshot lists and the end of its chain has passed, but that never came: it lets somebody in. */
  #isLate({ kind }: Frame, hash: Uint8Array): boolean {
    const name = hex(hash);
    if (!isRecord(kind) || kind === KIND.snapshot || this.#judge.has(name)) return false;
    return this.#judge.confirmed().some(({ coverage }) => coverage.records.has(name));
  }

  /** True for presence of this device, rightly signed if that is looked at; it is not stored. */
  isPresenceOf(device: number, bytes: Uint8Array, { looksAtSignature }: { looksAtSignature: boolean }): boolean {
    const parsed = parseFrame(bytes);
    const publicKey = this.keyOf(device);
    return (
      parsed.ok &&
      typeof publicKey !== 'string' &&
      parsed.value.kind === KIND.presence &&
      parsed.value.device === device &&
      equalBytes(parsed.value.roomId, this.idBytes) &&
      (!looksAtSignature || verifyFrame(this.#services.ciphers, publicKey, parsed.value))
    );
  }

  /** [SY21] What a removed device is shown: the records that removed it. */
  async removalsOf(device: number): Promise<LogEntry[]> {
    const invited = new Map<string, number>();
    const removals: LogEntry[] = [];
    for (const { sequence, frame } of await this.#services.log.readRecords(this.id)) {
      const parsed = parseFrame(frame);
      const body = parsed.ok ? parseRecord(parsed.value.kind, parsed.value.body) : null;
      if (body?.kind === KIND.invitation)
        invited.set(hex(frameHash(this.#services.ciphers, frame)), body.invitation.device);
      const removed =
        body?.kind === KIND.revocation
          ? body.revocation.device
          : body?.kind === KIND.withdrawal
            ? invited.get(hex(body.invitation))
            : null;
      if (removed === device) removals.push({ sequence, frame });
    }
    return removals;
  }

  /** Somebody is about to fetch from 0: `leaveOut` will need the records. */
  expectFetch(): void {
    this.#withRecords(() => {}).catch(() => {}); // `#wake` has told the members
  }

  /** [SY57] What a fetch from 0 may leave out, by the confirmed snapshot that covers most; null without one. */
  async leaveOut(): Promise<LeaveOut | null> {
    const found = await this.#withRecords(() => {
      const [newest] = this.#judge.confirmed();
      return newest ? { newest, view: this.#judge.view } : null;
    });
    if (!found) return null;
    const { newest, view } = found;
    return {
      allFrom: await this.#firstBeyond(newest),
      covers: (bytes) => {
        const parsed = parseFrame(bytes);
        return parsed.ok && this.#isNeedless(view, parsed.value, [newest]);
      },
    };
  }

  /** [SY57] No update before this sequence is beyond what the snapshot covers. */
  async #firstBeyond({ coverage }: RosterSnapshot): Promise<number> {
    if (this.hasGaps) return 0; // what lies beyond a gap is in no order
    let first = this.#durableSequence + 1;
    const beyond = [...this.#durable].flatMap(([device, { counter }]) => {
      const covered = coverage.ends.get(device)?.counter ?? 0;
      const writes = device !== ROOT_DEVICE && this.#judge.standingOf(device)?.role !== 'reader';
      return counter > covered && writes ? [this.#services.log.find(this.id, device, covered + 1)] : [];
    });
    for (const next of await Promise.all(beyond)) {
      if (!next) return 0; // dropped for snapshots of another branch
      first = Math.min(first, next.sequence);
    }
    return first;
  }

  /** An update that each of the snapshots covers; or a snapshot whose place and whole coverage each of them covers. */
  #isNeedless(
    view: RosterView,
    { device, counter, kind, bytes }: Frame,
    snapshots: readonly RosterSnapshot[],
  ): boolean {
    if (kind !== KIND.update && kind !== KIND.snapshot) return false;
    if (!snapshots.every(({ coverage }) => counter <= (coverage.ends.get(device)?.counter ?? 0))) return false;
    if (kind === KIND.update) return true;
    const older = view.snapshots.get(hex(frameHash(this.#services.ciphers, bytes)));
    return older !== undefined && snapshots.every((snapshot) => includes(snapshot, older));
  }

  /** Somebody asks to be let in; the code of the refusal, or null. */
  takeAsker(asker: Asker): Promise<'link-used' | 'link-expired' | 'relay-refused' | null> {
    return this.#withRecords(() => this.#takeAsker(asker));
  }

  #takeAsker(asker: Asker): 'link-used' | 'link-expired' | 'relay-refused' | null {
    const deviceKey = hex(asker.request.deviceKey);
    const refusal = this.#askRefusal(hex(asker.request.invitationKey), deviceKey);
    if (refusal) return refusal;
    if (!this.asks.add(asker)) return 'relay-refused';
    const known = [...this.#judge.view.devices.values()].find(({ keyName }) => keyName === deviceKey);
    if (known && !known.limit) void this.#answerAdmitted(known.admissions, asker.request.deviceKey);
    else this.passAsks();
    return null;
  }

  /** For the asker's screen only: whether anybody is let in is for the admitting device to say. */
  #askRefusal(invitationKey: string, deviceKey: string): 'link-used' | 'link-expired' | null {
    for (const { record, usedBy, withdrawn } of this.#judge.view.invitations.values()) {
      if (record.body.kind !== KIND.invitation || hex(record.body.invitation.key) !== invitationKey) continue;
      if (withdrawn) return null; // the desk says so
      if (usedBy.size > 0) return usedBy.has(deviceKey) ? null : 'link-used';
      return record.body.invitation.expires * 1_000 < Date.now() ? 'link-expired' : null;
    }
    return null;
  }

  /** Those who wait to be let in. */
  get asks(): AskDesk {
    return (this.#asks ??= new AskDesk(this.#services.ciphers, this.idBytes));
  }

  get #hasAskers(): boolean {
    return this.#asks !== null && !this.#asks.isEmpty;
  }

  passAsks(): void {
    if (this.#hasAskers) this.asks.pass(this.#judge.view, () => this.#admitters());
  }

  #admitters(): Member[] {
    return [...this.members].filter(({ device }) =>
      mayWriteKind(this.#judge.standingOf(device)?.role ?? 'reader', KIND.admission),
    );
  }

  async #answerAdmitted(admissions: ReadonlySet<string>, deviceKey: Uint8Array): Promise<void> {
    for (const { frame } of await this.#services.log.readRecords(this.id))
      if (admissions.has(hex(frameHash(this.#services.ciphers, frame)))) return this.asks.admit(deviceKey, frame);
  }

  /** The code of the refusal, or null. [SY22] */
  #refusal(frame: Frame, end: DeviceEnd | undefined): string | null {
    const { device, counter, kind, previous } = frame;
    const sizeBytes = frame.bytes.length;
    if (this.#sizeBytes + sizeBytes > this.#services.limits.roomBytes || !this.#services.storage.hasRoomFor(sizeBytes))
      return 'relay-quota';
    if (!this.#judge.knows(device)) return 'not-admitted';
    const signer = this.#judge.signerOf(frame);
    if (signer === null) return 'bad-signature';
    if (kind === KIND.admission && this.#judge.deviceCount >= this.#services.limits.devicesPerRoom)
      return 'relay-quota';
    if (device !== ROOT_DEVICE) {
      const member = this.#judge.standingOf(device);
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
    return this.#judge.view.devices.get(device)?.admissions.has(hex(previous)) ?? false;
  }

  async #append(frame: Frame, hash: Uint8Array, from: Member | null): Promise<PostAnswer> {
    const { device, counter } = frame;
    const bytes = frame.bytes.slice(); // the message it came in is larger and would be kept alive
    const sequence = ++this.#lastSequence;
    this.#sizeBytes += bytes.length;
    const before = this.#ends.get(device)?.counter ?? 0;
    const ahead = counter > before + 1;
    const late = counter <= before;
    if (ahead)
      (this.#ahead ??= new Map()).set(`${device}/${counter}`, { hash, previous: frame.previous.slice(), sequence });
    else if (!late) this.#ends.set(device, this.#catchUp(device, { counter, hash }));
    const end = ahead || late ? null : (this.#ends.get(device) ?? null);
    const record = isRecord(frame.kind);
    const written = this.#services.log.append(this.id, sequence, this.#sizeBytes, {
      bytes,
      device,
      counter,
      hash,
      isRecord: record,
      end,
    });
    const place = `${device}/${counter}`;
    const key = this.#pending?.has(place) ? `${place}/${sequence}` : place; // two late ones of a forked chain
    const { renewsLogId } = this.#services.log;
    this.#pending ??= new Map();
    this.#pending.set(key, { hash, sequence, written, handedOn: renewsLogId ? bytes : null });
    if (record) this.#judge.take(sequence, bytes);
    if (renewsLogId) this.#handOn(frame.kind, sequence, bytes, from);
    try {
      await written;
    } catch (error) {
      for (const member of this.members) member.dismiss();
      throw error;
    } finally {
      this.#pending?.delete(key);
      if (this.#pending?.size === 0) this.#pending = null;
    }
    // a snapshot may have moved it further while this was on its way [SY56]
    if (end && end.counter > (this.#durable.get(device)?.counter ?? 0)) this.#durable.set(device, end);
    this.#durableSequence = Math.max(sequence, this.#durableSequence);
    if (!renewsLogId) this.#handOn(frame.kind, sequence, bytes, from);
    if (record) this.#follow(frame.kind, bytes);
    return { outcome: 'stored', device, counter, sequence };
  }

  /** [SY24] [SY76] */
  #handOn(kind: number, sequence: number, bytes: Uint8Array, from: Member | null): void {
    const entry = encodeRelayMessage({ type: 'entry', sequence, frame: bytes });
    for (const member of this.members) if (member !== from) member.push(sequence, entry);
    if (kind !== KIND.revocation && kind !== KIND.withdrawal) return;
    for (const member of [...this.members]) if (this.keyOf(member.device) === 'removed') member.expel();
  }

  /** The end moves on over records that came ahead of their chain. */
  #catchUp(device: number, end: DeviceEnd): DeviceEnd {
    let last = end;
    for (;;) {
      const key = `${device}/${last.counter + 1}`;
      const next = this.#ahead?.get(key);
      if (!next || !equalBytes(next.previous, last.hash)) return last;
      this.#ahead?.delete(key);
      last = { counter: last.counter + 1, hash: next.hash };
    }
  }

  #noteAhead(sequence: number, bytes: Uint8Array): void {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return;
    const { device, counter, previous } = parsed.value;
    if (counter <= (this.#ends.get(device)?.counter ?? 0) + 1) return;
    const hash = frameHash(this.#services.ciphers, bytes);
    (this.#ahead ??= new Map()).set(`${device}/${counter}`, { hash, previous: previous.slice(), sequence });
  }

  /** What a record brings about once it is on disk. */
  #follow(kind: number, bytes: Uint8Array): void {
    if (kind === KIND.admission) {
      const parsed = parseFrame(bytes);
      const record = parsed.ok ? parseRecord(kind, parsed.value.body) : null;
      const member =
        record?.kind === KIND.admission ? this.#judge.view.devices.get(record.admission.device) : undefined;
      // only one that counts ends the waiting: others may have been written by whoever may not admit [SY81]
      if (
        record?.kind === KIND.admission &&
        member?.admissions.has(hex(frameHash(this.#services.ciphers, bytes))) &&
        !member.limit
      )
        this.asks.admit(record.admission.deviceKey, bytes);
    }
    if (kind === KIND.invitation || kind === KIND.withdrawal) this.passAsks();
    if (kind === KIND.snapshot || kind === KIND.countersignature) {
      this.#jump();
      // one at a time
      this.#drops++;
      this.#dropping = this.#dropping
        .then(() => this.#drop())
        .catch(() => this.#services.onDropFailed())
        .finally(() => {
          this.#drops--;
        });
    }
  }

  /** [SY56] */
  #jump(): void {
    const moved = new Map<number, DeviceEnd>();
    for (const { coverage } of this.#judge.confirmed()) {
      for (const [device, { counter, hash }] of coverage.ends) {
        if (counter <= (this.#ends.get(device)?.counter ?? 0)) continue;
        const end = this.#catchUp(device, { counter, hash });
        this.#ends.set(device, end);
        this.#durable.set(device, end);
        moved.set(device, end);
      }
    }
    if (moved.size === 0) return;
    this.#services.log.moveEnds(this.id, moved).catch(() => {
      for (const member of this.members) member.dismiss();
    });
  }

  /** [SY57] */
  async #drop(): Promise<void> {
    const [newest, kept] = this.#judge.confirmed().filter((snapshot) => isSettled(this.#judge.view, snapshot));
    if (!newest || !kept) return;
    const pair = `${newest.record.name} ${kept.record.name}`;
    if (pair === this.#droppedFor) return;
    const last = this.#durableSequence;
    const frames: DroppedFrame[] = [];
    const dropped: string[] = [];
    let sizeBytes = 0;
    for (let after = 0; after < last; ) {
      const entries = await this.#services.log.read(this.id, after, READ_BYTES);
      if (entries.length === 0) break;
      for (const { sequence, frame } of entries) {
        after = sequence;
        const parsed = parseFrame(frame);
        if (!parsed.ok || !this.#isNeedless(this.#judge.view, parsed.value, [newest, kept])) continue;
        const { device, counter, kind } = parsed.value;
        if (kind === KIND.snapshot) {
          const name = hex(frameHash(this.#services.ciphers, frame));
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
    try {
      await this.#services.log.drop(this.id, frames, this.#lastSequence, this.#sizeBytes);
    } catch (error) {
      this.#sizeBytes += sizeBytes;
      throw error;
    }
    this.#services.storage.noteDropped(sizeBytes);
    this.#judge.forgetSnapshots(dropped);
  }

  async #answerRepeated({ device, counter }: Frame, hash: Uint8Array): Promise<PostAnswer> {
    const pending = this.#pending?.get(`${device}/${counter}`);
    if (pending) await pending.written;
    const known = pending ?? (await this.#services.log.find(this.id, device, counter));
    const stored = (sequence: number): PostAnswer => ({ outcome: 'stored', device, counter, sequence });
    if (known)
      return equalBytes(known.hash, hash)
        ? stored(known.sequence)
        : { outcome: 'rejected', device, counter, code: 'fork' };
    return stored(0); // dropped, because snapshots cover it
  }
}

/** One covers all that the other covers. */
function includes({ coverage }: RosterSnapshot, other: RosterSnapshot): boolean {
  return [...other.coverage.ends].every(
    ([device, { counter }]) => counter <= (coverage.ends.get(device)?.counter ?? 0),
  );
}
