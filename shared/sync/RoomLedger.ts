// Over 400 lines: chains, waiting and adoption are one state that every arriving frame moves; Roster holds the judgement.
import { equalBytes, hex } from '../crypto/bytes.ts';
import type { Ciphers, SignPair } from '../crypto/Ciphers.ts';
import type { Epoch, EpochKeys, Room } from '../crypto/room.ts';
import { mayWrite, ROOT_DEVICE } from './clientIds.ts';
import { type Head, type Heads, MARK_BYTES, parseSnapshotContent, parseUpdateContent } from './content.ts';
import { type Frame, frameHash, isRecord, KIND, type Kind, NO_HASH, openFrame, parseFrame } from './Frame.ts';
import { Roster, type RosterSnapshot, type RosterView, type SignedRecord } from './Roster.ts';
import { type EpochBox, openEpochs } from './records.ts';
import { scanUpdate, type UpdateScan } from './scanUpdate.ts';

/** Why the content of a counting frame adds nothing. [SY14] */
export type Refusal =
  | 'wrong-key-or-damaged'
  | 'bad-padding'
  | 'bad-content'
  | 'bad-record'
  | 'foreign-client-id'
  | 'bad-update'
  | 'role-forbids';

/** A frame whose turn has come. */
export interface CountedFrame {
  device: number;
  counter: number;
  kind: Kind;
  /** Of the whole frame. */
  sizeBytes: number;
  /** What goes into the shared doc: an update, or the state of a snapshot that was adopted. Null: nothing. */
  update: { bytes: Uint8Array; scan: UpdateScan; heads: ReadonlyMap<number, Head> } | null;
  refusal: Refusal | null;
}

export type LedgerError =
  | 'frame-size'
  | 'frame-version'
  | 'frame-kind'
  | 'frame-device'
  | 'frame-counter'
  | 'frame-room'
  | 'bad-signature'
  | 'not-admitted';

export type LedgerAnswer =
  | {
      /** The frame is new and belongs in the store. `counted` holds what counts now, in order; empty: it waits or is void. */
      outcome: 'kept';
      device: number;
      counter: number;
      counted: CountedFrame[];
      isRecord: boolean;
      /** Two histories of this device are known. [SY46] */
      fork: boolean;
      /** [SY55] Frames handed out as counted count no longer: load everything anew. */
      rebuild: boolean;
    }
  | { outcome: 'duplicate'; device: number; counter: number }
  | { outcome: 'refused'; code: LedgerError; device: number | null };

/** Changes known to exist that are not here. */
export interface MissingFrames {
  device: number;
  count: number;
  /** gap: a frame before one that is here; named: somebody had it; epoch: here, but its key is not. */
  why: 'gap' | 'named' | 'epoch';
}

interface Held {
  frame: Frame;
  hash: Uint8Array;
  signer: string;
  opened: Opened | null;
}
type Opened = Pick<CountedFrame, 'update' | 'refusal'>;

interface Chain {
  /** Everything up to here was taken over from a snapshot; 0 for nothing. */
  base: number;
  baseHash: Uint8Array;
  /** Records at or below the base that count, in hexadecimal. */
  listed: ReadonlySet<string>;
  /** Hash of the frame with counter base + i + 1. */
  hashes: Uint8Array[];
  /** Last counter handed out as counted. */
  applied: number;
  /** Frames of the chain not counted yet, by counter. */
  ready: Map<number, Held>;
  /** Frames beyond the end of the chain, and branches that lost. */
  waiting: Map<number, Held[]>;
}

export interface RoomLedgerOptions {
  ciphers: Ciphers;
  room: Room;
  /** Grows by what boxes for this device hold. */
  epochs: EpochKeys;
  /** This device's number and box pair; null for one that only reads chains. */
  own: { number: number; box: SignPair } | null;
}

/**
 * What a device knows of a room's frames: which count, which wait, which are void. The outcome follows from the set of
 * frames alone; clocks and the order of arrival play no part. [SY4] [SY11] [SY12] [SY14] [SY45] [SY46] [SY53] [SY54]
 */
export class RoomLedger {
  readonly #options: RoomLedgerOptions;
  readonly #roster: Roster;
  readonly #chains = new Map<number, Chain>();
  /** Confirmed or not, until everything they cover is here. */
  readonly #openSnapshots = new Map<string, Frame>();
  readonly #named = new Map<number, Head>();
  readonly #forked = new Set<number>();
  #view: RosterView;
  #loading = false;

  constructor(options: RoomLedgerOptions) {
    this.#options = options;
    this.#roster = new Roster(options.ciphers, options.room);
    this.#view = this.#roster.judge();
  }

  get view(): RosterView {
    return this.#view;
  }

  get records(): ReadonlyMap<string, SignedRecord> {
    return this.#roster.records;
  }

  /**
   * Takes a whole store in at once, in any order, and hands out what counts. `onKept` is told for each frame that is new.
   * For frames this device sealed at rest itself: signatures are looked at only where two keys are possible.
   */
  load(frames: Iterable<Uint8Array>, onKept: (index: number, device: number, counter: number) => void): CountedFrame[] {
    this.#loading = true;
    let left = [...frames].map((bytes, index) => ({ bytes, index }));
    for (let moved = true; moved && left.length > 0; ) {
      moved = false;
      left = left.filter(({ bytes, index }) => {
        const answer = this.accept(bytes, { trusted: true });
        if (answer.outcome === 'refused' && answer.code === 'not-admitted') return true;
        if (answer.outcome === 'kept') onKept(index, answer.device, answer.counter);
        moved = true;
        return false;
      });
    }
    this.#loading = false;
    const counted = this.#settle();
    return counted.frames;
  }

  /** Takes one stored frame in. */
  accept(bytes: Uint8Array, options: { trusted: boolean } = { trusted: false }): LedgerAnswer {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return { outcome: 'refused', code: parsed.error.code, device: null };
    const frame = parsed.value;
    const { device, counter } = frame;
    const refused = (code: LedgerError): LedgerAnswer => ({ outcome: 'refused', code, device });
    if (frame.kind === KIND.presence) return refused('frame-kind');
    if (!equalBytes(frame.roomId, this.#options.room.roomIdBytes)) return refused('frame-room');
    const hash = frameHash(this.#options.ciphers, bytes);
    if (this.#holds(device, counter, hash)) return { outcome: 'duplicate', device, counter };
    if (!this.#roster.knows(device)) return refused('not-admitted');
    const signer = (options.trusted ? this.#roster.onlyKeyOf(device) : null) ?? this.#roster.signerOf(frame);
    if (signer === null) return refused('bad-signature');
    const chain = this.#chainOf(device);
    if (counter <= chain.base && (!isRecord(frame.kind) || counter === chain.base))
      return { outcome: 'duplicate', device, counter }; // covered by a snapshot
    const held: Held = { frame, hash, signer, opened: null };
    const others = chain.waiting.get(counter);
    if (others) others.push(held);
    else chain.waiting.set(counter, [held]);
    const fork = this.#isFork(chain, held);
    if (isRecord(frame.kind)) this.#takeRecord(held);
    if (this.#loading)
      return { outcome: 'kept', device, counter, counted: [], isRecord: isRecord(frame.kind), fork, rebuild: false };
    const { frames, rebuild } = isRecord(frame.kind) || fork ? this.#settle() : this.#advance(device);
    return { outcome: 'kept', device, counter, counted: frames, isRecord: isRecord(frame.kind), fork, rebuild };
  }

  /** Heads that somebody says exist; true when one of them is of a history that is not the one here. */
  noteNamed(heads: Heads): number | null {
    let forked: number | null = null;
    for (const [device, head] of heads) {
      if (head.counter > (this.#named.get(device)?.counter ?? 0)) this.#named.set(device, head);
      const own = this.hashAt(device, head.counter);
      if (own && !equalBytes(own.subarray(0, MARK_BYTES), head.mark)) forked = device;
    }
    return forked;
  }

  /** The key of a counting device, or null. */
  publicKeyOf(device: number): Uint8Array | null {
    return this.#view.devices.get(device)?.publicKey ?? null;
  }

  organizationOf(device: number): number | null {
    return this.#view.devices.get(device)?.organization ?? null;
  }

  /** Counting devices, removed ones included. */
  devices(): number[] {
    return [...this.#view.devices.keys()];
  }

  /** Every author with a chain here, the root included. */
  authors(): number[] {
    return [...this.#chains.keys()];
  }

  /** Last counter and its hash of the unbroken chain held here; counter 0 for none. */
  chainEnd(device: number): { counter: number; hash: Uint8Array } {
    const chain = this.#chains.get(device);
    if (!chain) return { counter: 0, hash: this.#startOf(device) };
    const counter = chain.base + chain.hashes.length;
    return { counter, hash: endHash(chain) ?? this.#startOf(device) };
  }

  hashAt(device: number, counter: number): Uint8Array | null {
    const chain = this.#chains.get(device);
    if (!chain) return null;
    if (counter === chain.base && counter > 0) return chain.baseHash;
    return chain.hashes[counter - chain.base - 1] ?? null;
  }

  /** What a snapshot took over of the chain; 0 for nothing. */
  baseOf(device: number): number {
    return this.#chains.get(device)?.base ?? 0;
  }

  /** [SY11] The last counted frame of every author. */
  heads(): Map<number, Head> {
    const heads = new Map<number, Head>();
    for (const [device, chain] of this.#chains) {
      const hash = this.hashAt(device, chain.applied);
      if (chain.applied > 0 && hash) heads.set(device, { counter: chain.applied, mark: hash.slice(0, MARK_BYTES) });
    }
    return heads;
  }

  /** Full hashes of the same heads: what a snapshot made now covers. */
  coveredEnds(): Map<number, { counter: number; hash: Uint8Array }> {
    const ends = new Map<number, { counter: number; hash: Uint8Array }>();
    for (const [device, chain] of this.#chains) {
      const hash = this.hashAt(device, chain.applied);
      if (chain.applied > 0 && hash) ends.set(device, { counter: chain.applied, hash });
    }
    return ends;
  }

  /** Names of the records that a snapshot made now covers. */
  coveredRecords(): Set<string> {
    const names = new Set<string>();
    for (const record of this.#roster.records.values()) {
      const applied = this.#chains.get(record.device)?.applied ?? 0;
      if (record.counter <= applied && this.#isOnPath(record)) names.add(record.name);
    }
    return names;
  }

  /** The update in a frame that counts; null when it holds none that was taken. */
  openUpdate(bytes: Uint8Array): Uint8Array | null {
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.kind !== KIND.update) return null;
    return this.#open(parsed.value)?.update?.bytes ?? null;
  }

  /** Digest and state of a snapshot whose key is here; null when it cannot be opened or is not allowed. [SY52] */
  openSnapshot(bytes: Uint8Array): { digest: Uint8Array; state: Uint8Array } | null {
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.kind !== KIND.snapshot) return null;
    const snapshot = this.#view.snapshots.get(hex(frameHash(this.#options.ciphers, bytes)));
    const epoch = this.#epochOf(parsed.value);
    if (!snapshot || !epoch) return null;
    const { length, ends } = snapshot.coverage;
    if (!this.#openSnapshot(epoch, parsed.value, length, ends).update) return null;
    const content = openFrame(this.#options.ciphers, epoch, parsed.value, length);
    const read = content.ok ? parseSnapshotContent(content.value) : null;
    return read && { digest: read.digest, state: read.state };
  }

  /** The epoch that frames are sealed under now; null when there is none this device has the key of. [SY47] */
  sealingEpoch(): Epoch | null {
    return this.#view.sealUnder === null ? null : this.#options.epochs.get(this.#view.sealUnder);
  }

  /** The epoch of a frame if it counts and its key is here. */
  epochOf(frame: Frame): Epoch | null {
    return this.#epochOf(frame);
  }

  /** What is known to exist and is not counted here. */
  missing(): MissingFrames[] {
    const missing: MissingFrames[] = [];
    for (const device of new Set([...this.#chains.keys(), ...this.#named.keys()])) {
      const chain = this.#chains.get(device);
      const limit = this.#limitOf(device);
      const end = this.chainEnd(device).counter;
      const applied = chain?.applied ?? 0;
      let last = Math.min(this.#named.get(device)?.counter ?? 0, limit);
      let gap = false;
      for (const [counter, held] of chain?.waiting ?? []) {
        if (counter > end + 1 && counter <= limit && held.some((one) => this.#isOfDevice(device, one))) {
          last = Math.max(last, counter);
          gap = true;
        }
      }
      if (last > end) missing.push({ device, count: last - end, why: gap ? 'gap' : 'named' });
      else if (end > applied) {
        const next = chain?.ready.get(applied + 1);
        const closed = next && next.frame.kind === KIND.update && !this.#epochOf(next.frame);
        if (closed) missing.push({ device, count: end - applied, why: 'epoch' });
      }
    }
    return missing;
  }

  /** Frames held back for a predecessor, a head or a key. */
  waitingCount(): number {
    let count = 0;
    for (const [device, chain] of this.#chains) {
      count += chain.ready.size;
      const end = this.chainEnd(device).counter;
      for (const [counter, held] of chain.waiting) if (counter > end) count += held.length;
    }
    return count;
  }

  #takeRecord(held: Held): void {
    const added = this.#roster.add(held.frame, held.hash, held.signer);
    if (!added.ok) held.opened = { update: null, refusal: 'bad-record' };
    else if (added.value.body.kind === KIND.snapshot) this.#openSnapshots.set(added.value.name, held.frame);
  }

  /** Judges the records anew, moves every chain on, and says whether something counted no longer does. */
  #settle(): { frames: CountedFrame[]; rebuild: boolean } {
    const frames: CountedFrame[] = [];
    let rebuild = false;
    for (let before = '', now = ' '; before !== now; ) {
      before = now;
      this.#view = this.#roster.judge((record) => this.#isOnPath(record));
      this.#openBoxes();
      for (const [device, chain] of this.#chains) {
        rebuild ||= this.#isUndone(device, chain);
        this.#extend(device, chain);
      }
      now = [...this.#chains].map(([device]) => `${device}:${this.chainEnd(device).counter}`).join();
    }
    this.#adopt(frames);
    this.#count(frames);
    return { frames, rebuild };
  }

  /** An update came: only its own chain can have moved. */
  #advance(device: number): { frames: CountedFrame[]; rebuild: boolean } {
    const frames: CountedFrame[] = [];
    this.#extend(device, this.#chainOf(device));
    if (this.#openSnapshots.size > 0) this.#adopt(frames);
    this.#count(frames);
    return { frames, rebuild: false };
  }

  #isOnPath(record: SignedRecord): boolean {
    const chain = this.#chains.get(record.device);
    if (!chain) return true;
    if (record.counter <= chain.base) return chain.listed.has(record.name);
    const onPath = chain.hashes[record.counter - chain.base - 1];
    return !onPath || equalBytes(onPath, record.hash);
  }

  #openBoxes(): void {
    const { own } = this.#options;
    if (!own) return;
    for (const { body } of this.#view.boxed) {
      if (body.kind === KIND.admission && body.admission.device === own.number) this.#openBox(body.admission.epochs);
      if (body.kind === KIND.grant && body.grant.device === own.number) this.#openBox(body.grant.epochs);
      if (body.kind === KIND.revocation) {
        const box = body.revocation.boxes.get(own.number);
        if (box) this.#openBox({ ids: [body.revocation.epochId], box });
      }
    }
  }

  #openBox({ ids, box }: EpochBox): void {
    const { epochs, own, ciphers } = this.#options;
    if (!own || ids.every((id) => epochs.find(id))) return;
    for (const key of openEpochs(ciphers, own.box, box, ids.length) ?? []) epochs.add(key);
  }

  /** Whether frames handed out as counted do not count under the present view. */
  #isUndone(device: number, chain: Chain): boolean {
    if (chain.applied === 0 || device === ROOT_DEVICE) return this.#losesFork(device, chain);
    const member = this.#view.devices.get(device);
    if (!member || chain.applied > this.#limitOf(device)) return true;
    for (const { counter, hash } of this.#fixedEnds(device)) {
      const here = this.hashAt(device, counter);
      if (here && counter <= chain.applied && !equalBytes(here, hash)) return true;
    }
    return this.#losesFork(device, chain);
  }

  /** [SY46] A held branch beats the one that was counted. */
  #losesFork(device: number, chain: Chain): boolean {
    if (!this.#forked.has(device)) return false;
    const fixed = Math.max(0, ...this.#fixedEnds(device).map(({ counter }) => counter));
    for (const [counter, variants] of chain.waiting) {
      const here = this.hashAt(device, counter);
      if (!here || counter <= fixed || counter > chain.applied) continue;
      const before = counter === 1 ? null : this.hashAt(device, counter - 1);
      for (const { frame, hash, signer } of variants) {
        const links = before ? equalBytes(frame.previous, before) : this.#startsChain(device, frame);
        if (links && hex(hash) < hex(here) && this.#signerFits(device, signer)) return true;
      }
    }
    return false;
  }

  /** Ends that a revocation or a confirmed snapshot names for the device. */
  #fixedEnds(device: number): { counter: number; hash: Uint8Array }[] {
    const ends: { counter: number; hash: Uint8Array }[] = [];
    const limit = this.#view.devices.get(device)?.limit;
    if (limit) ends.push(limit);
    for (const { coverage, confirmed } of this.#view.snapshots.values()) {
      const end = confirmed ? coverage.ends.get(device) : undefined;
      if (end) ends.push(end);
    }
    return ends;
  }

  #limitOf(device: number): number {
    return this.#view.devices.get(device)?.limit?.counter ?? Number.POSITIVE_INFINITY;
  }

  #signerFits(device: number, signer: string): boolean {
    return device === ROOT_DEVICE ? signer === '' : this.#view.devices.get(device)?.keyName === signer;
  }

  #isOfDevice(device: number, held: Held): boolean {
    return this.#signerFits(device, held.signer);
  }

  /** [SY4] Counter 1 follows the root's beginning or an admission of the device. */
  #startsChain(device: number, frame: Frame): boolean {
    if (device === ROOT_DEVICE) return equalBytes(frame.previous, NO_HASH);
    return this.#view.devices.get(device)?.admissions.has(hex(frame.previous)) ?? false;
  }

  #startOf(device: number): Uint8Array {
    const [name] = [...(this.#view.devices.get(device)?.admissions ?? [])].sort();
    const record = name ? this.#roster.records.get(name) : undefined;
    return record?.hash ?? NO_HASH;
  }

  /** Moves the end of the chain over waiting frames that continue it. [SY46] */
  #extend(device: number, chain: Chain): void {
    const limit = this.#limitOf(device);
    for (;;) {
      const counter = chain.base + chain.hashes.length + 1;
      const variants = chain.waiting.get(counter);
      if (!variants || counter > limit) return;
      const end = endHash(chain);
      const fitting = variants.filter(
        ({ frame, signer }) =>
          this.#signerFits(device, signer) &&
          (end ? equalBytes(frame.previous, end) : this.#startsChain(device, frame)),
      );
      const next = fitting.length > 1 ? this.#chooseBranch(device, chain, fitting) : fitting[0];
      if (!next) return;
      const fixed = this.#fixedEnds(device).find((one) => one.counter === counter);
      if (fixed && !equalBytes(fixed.hash, next.hash)) return;
      const rest = variants.filter((held) => held !== next);
      if (rest.length > 0) chain.waiting.set(counter, rest);
      else chain.waiting.delete(counter);
      chain.hashes.push(next.hash);
      chain.ready.set(counter, next);
    }
  }

  #chooseBranch(device: number, chain: Chain, fitting: readonly Held[]): Held | undefined {
    const ends = this.#fixedEnds(device);
    const leads = fitting.filter((held) => ends.some(({ counter, hash }) => leadsTo(chain, held, counter, hash)));
    return [...(leads.length > 0 ? leads : fitting)].sort((a, b) => (hex(a.hash) < hex(b.hash) ? -1 : 1))[0];
  }

  #isFork(chain: Chain, held: Held): boolean {
    const { device, counter } = held.frame;
    if (!this.#signerFits(device, held.signer) && !this.#loading) return false;
    const here = this.hashAt(device, counter);
    const others = (chain.waiting.get(counter) ?? []).filter((other) => other.signer === held.signer);
    const end = this.chainEnd(device);
    const broken =
      !this.#loading &&
      counter === end.counter + 1 &&
      counter > 1 &&
      !equalBytes(held.frame.previous, end.hash) &&
      counter <= this.#limitOf(device);
    const fork = (here !== null && !equalBytes(here, held.hash)) || others.length > 1 || broken;
    if (fork) this.#forked.add(device);
    return fork;
  }

  /** [SY53] */
  #adopt(frames: CountedFrame[]): void {
    const confirmed = [...this.#openSnapshots]
      .map(([name, frame]) => ({ name, frame, snapshot: this.#view.snapshots.get(name) }))
      .filter((one): one is { name: string; frame: Frame; snapshot: RosterSnapshot } => one.snapshot !== undefined)
      .sort((a, b) => sumOf(b.snapshot) - sumOf(a.snapshot));
    for (const { name, frame, snapshot } of confirmed) {
      if (this.#reaches(snapshot)) this.#openSnapshots.delete(name);
      else if (snapshot.confirmed) this.#adoptOne(name, frame, snapshot, frames);
    }
  }

  #reaches({ coverage }: RosterSnapshot): boolean {
    for (const [device, { counter }] of coverage.ends)
      if ((this.#chains.get(device)?.applied ?? 0) < counter && this.chainEnd(device).counter < counter) return false;
    return true;
  }

  #adoptOne(name: string, frame: Frame, { coverage }: RosterSnapshot, frames: CountedFrame[]): void {
    const epoch = this.#epochOf(frame);
    if (!epoch) return; // its key may still come
    this.#openSnapshots.delete(name);
    const opened = this.#openSnapshot(epoch, frame, coverage.length, coverage.ends);
    if (!opened.update) {
      frames.push(counted(frame, opened));
      return;
    }
    for (const [device, { counter, hash }] of coverage.ends) {
      const chain = this.#chainOf(device);
      if (chain.base + chain.hashes.length >= counter) continue;
      chain.base = counter;
      chain.baseHash = hash;
      chain.listed = coverage.records;
      chain.hashes = [];
      chain.applied = counter;
      chain.ready.clear();
      for (const waiting of [...chain.waiting.keys()]) if (waiting <= counter) chain.waiting.delete(waiting);
    }
    frames.push(counted(frame, opened));
    for (const [device, chain] of this.#chains) this.#extend(device, chain);
  }

  #openSnapshot(epoch: Epoch, frame: Frame, clearBytes: number, ends: ReadonlyMap<number, unknown>): Opened {
    const refusal = (code: Refusal): Opened => ({ update: null, refusal: code });
    const content = openFrame(this.#options.ciphers, epoch, frame, clearBytes);
    if (!content.ok) return refusal(content.error.code === 'bad-padding' ? 'bad-padding' : 'wrong-key-or-damaged');
    const parsed = parseSnapshotContent(content.value);
    if (!parsed) return refusal('bad-content');
    const scan = scanUpdate(parsed.state);
    if (!scan.ok) return refusal('bad-update');
    const covered = [...ends.keys()];
    const foreign = scan.value.clients.some(({ client }) => !covered.some((device) => mayWrite(device, client)));
    if (foreign) return refusal('foreign-client-id');
    return { update: { bytes: parsed.state, scan: scan.value, heads: new Map() }, refusal: null };
  }

  #count(frames: CountedFrame[]): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const [device, chain] of this.#chains) {
        for (;;) {
          const counter = chain.applied + 1;
          const next = chain.ready.get(counter);
          if (!next) break;
          next.opened ??= this.#open(next.frame);
          if (!next.opened) break; // its epoch's key is not here
          if (next.opened.update && !this.#holdsHeads(next.opened.update.heads, device)) break;
          chain.ready.delete(counter);
          chain.applied = counter;
          frames.push(counted(next.frame, next.opened));
          moved = true;
        }
      }
    }
  }

  #holdsHeads(heads: Heads, author: number): boolean {
    for (const [device, { counter }] of heads) {
      if (device === author || counter > this.#limitOf(device)) continue;
      if ((this.#chains.get(device)?.applied ?? 0) < counter) return false;
    }
    return true;
  }

  #epochOf(frame: Frame): Epoch | null {
    const name = hex(frame.epochId);
    return this.#view.epochs.has(name) ? this.#options.epochs.get(name) : null;
  }

  /** Null: wait for the epoch's key. */
  #open(frame: Frame): Opened | null {
    if (frame.kind !== KIND.update) return { update: null, refusal: null };
    const refusal = (code: Refusal): Opened => ({ update: null, refusal: code });
    if (this.#view.devices.get(frame.device)?.role === 'reader') return refusal('role-forbids');
    const epoch = this.#epochOf(frame);
    if (!epoch) return null;
    const content = openFrame(this.#options.ciphers, epoch, frame);
    if (!content.ok) return refusal(content.error.code === 'bad-padding' ? 'bad-padding' : 'wrong-key-or-damaged');
    const parsed = parseUpdateContent(content.value);
    if (!parsed) return refusal('bad-content');
    const scan = scanUpdate(parsed.update);
    if (!scan.ok) return refusal('bad-update');
    if (scan.value.clients.some(({ client }) => !mayWrite(frame.device, client))) return refusal('foreign-client-id');
    this.noteNamed(parsed.heads);
    return { update: { bytes: parsed.update, scan: scan.value, heads: parsed.heads }, refusal: null };
  }

  #holds(device: number, counter: number, hash: Uint8Array): boolean {
    const here = this.hashAt(device, counter);
    if (here && equalBytes(here, hash)) return true;
    const waiting = this.#chains.get(device)?.waiting.get(counter);
    if (waiting?.some((held) => equalBytes(held.hash, hash))) return true;
    return this.#roster.records.has(hex(hash));
  }

  #chainOf(device: number): Chain {
    let chain = this.#chains.get(device);
    if (!chain) {
      chain = {
        base: 0,
        baseHash: NO_HASH,
        listed: new Set(),
        hashes: [],
        applied: 0,
        ready: new Map(),
        waiting: new Map(),
      };
      this.#chains.set(device, chain);
    }
    return chain;
  }
}

function counted(frame: Frame, opened: Opened): CountedFrame {
  const { device, counter, kind, bytes } = frame;
  return { device, counter, kind, sizeBytes: bytes.length, ...opened };
}

function endHash(chain: Chain): Uint8Array | null {
  return chain.hashes[chain.hashes.length - 1] ?? (chain.base > 0 ? chain.baseHash : null);
}

function sumOf({ coverage }: RosterSnapshot): number {
  let sum = 0;
  for (const { counter } of coverage.ends.values()) sum += counter;
  return sum;
}

/** Whether the branch beginning with `from` runs into the frame of that counter and hash, among the frames held. */
function leadsTo(chain: Chain, from: Held, counter: number, hash: Uint8Array): boolean {
  if (counter < from.frame.counter) return false;
  let branch = [from];
  for (let at = from.frame.counter; at < counter; at++) {
    const next = chain.waiting.get(at + 1) ?? [];
    branch = next.filter(({ frame }) => branch.some((one) => equalBytes(frame.previous, one.hash)));
  }
  return branch.some((one) => equalBytes(one.hash, hash));
}
