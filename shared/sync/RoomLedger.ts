// Over 400 lines: chains, waiting and adoption are one state that every arriving frame moves; Roster holds the judgement.
import { equalBytes, hex } from '../crypto/bytes.ts';
import type { Ciphers, SignPair } from '../crypto/Ciphers.ts';
import type { Epoch, EpochKeys, Room } from '../crypto/room.ts';
import { ROOT_DEVICE } from './clientIds.ts';
import { type Head, type Heads, MARK_BYTES, parseSnapshotContent } from './content.ts';
import { type Frame, frameHash, isRecord, KIND, type Kind, NO_HASH, openFrame, parseFrame } from './Frame.ts';
import { Horizon } from './Horizon.ts';
import type { CountedFrame, LedgerAnswer, LedgerError, MissingFrames } from './LedgerAnswer.ts';
import { mayWriteKind } from './mayWriteKind.ts';
import { type OpenedContent, openSnapshotState, openUpdate, refused } from './openContent.ts';
import { Roster, type RosterSnapshot, type RosterView, type SignedRecord } from './Roster.ts';
import { type CoveredEnd, type EpochBox, openEpochs } from './records.ts';
import { type DeviceChain, type HeldFrame, hashAt, isBeside, type Path, walkChain } from './walkChain.ts';

export type { CountedFrame, LedgerAnswer, LedgerError, MissingFrames } from './LedgerAnswer.ts';
export type { Refusal } from './openContent.ts';

interface Held extends HeldFrame {
  opened: Opened | null;
}
type Opened = OpenedContent & { cut?: boolean };

type Chain = DeviceChain<Held>;

/** Two answers that rest on each other end here, on every device alike. */
const MAX_ROUNDS = 8;

export interface RoomLedgerOptions {
  ciphers: Ciphers;
  room: Room;
  /** Grows by what boxes for this device hold. */
  epochs: EpochKeys;
  /** This device's number and box pair; null for one that follows chains and opens nothing. */
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
  readonly #horizon = new Horizon();
  #namedForks: number[] = [];
  /** Snapshots that took the place of frames. */
  readonly #adopted = new Set<string>();
  #view: RosterView;
  /** [SY55] Something was handed out as counted that counts no longer. */
  #undone = false;

  constructor(options: RoomLedgerOptions) {
    this.#options = options;
    this.#roster = new Roster(options.ciphers, options.room);
    this.#view = this.#roster.judge();
  }

  /** [SY55] What was handed out holds what counts no longer: nothing may be concluded from it. */
  get isUndone(): boolean {
    return this.#undone;
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
    const all = [...frames].map((bytes, index) => ({ bytes, index }));
    const isAdmission = ({ bytes }: { bytes: Uint8Array }): boolean => bytes[1] === KIND.admission;
    // admissions first and checked, so that every key a signature may be by is known before anything is trusted
    for (const [some, trusted] of [
      [all.filter(isAdmission), false],
      [all.filter((one) => !isAdmission(one)), true],
    ] as const) {
      let left = some;
      for (let moved = true; moved && left.length > 0; ) {
        moved = false;
        left = left.filter(({ bytes, index }) => {
          const taken = this.#hold(bytes, trusted);
          if (!isHeld(taken) && taken.outcome === 'refused')
            return taken.code === 'not-admitted' || taken.code === 'bad-signature';
          if (isHeld(taken)) onKept(index, taken.frame.device, taken.frame.counter);
          moved = true;
          return false;
        });
      }
    }
    return this.#settle();
  }

  /** Takes one stored frame in. */
  accept(bytes: Uint8Array, options: { trusted: boolean } = { trusted: false }): LedgerAnswer {
    const taken = this.#hold(bytes, options.trusted);
    if (!isHeld(taken)) return taken;
    const { device, kind } = taken.frame;
    const fork = this.#isFork(taken);
    const counted = isRecord(kind) || fork ? this.#settle() : this.#advance(device);
    return this.#answer(taken, fork, counted);
  }

  /**
   * Takes in what came together, each as `accept` does, but judges once: a page of a room brings every record there ever
   * was. What counts now, in order, is in the last answer to one that was kept.
   */
  acceptAll(frames: readonly Uint8Array[]): LedgerAnswer[] {
    const records = frames.filter((bytes) => isRecord(bytes[1] as Kind)).length;
    if (records < 2) return frames.map((bytes) => this.accept(bytes));
    const taken = frames.map((bytes) => this.#hold(bytes, false));
    const last = taken.findLastIndex(isHeld);
    const counted = last < 0 ? [] : this.#settle();
    return taken.map((one, index) =>
      isHeld(one) ? this.#answer(one, this.#isFork(one), index === last ? counted : []) : one,
    );
  }

  #answer(held: Held, fork: boolean, counted: CountedFrame[]): LedgerAnswer {
    const { device, counter, kind } = held.frame;
    const [rebuild, namedForks] = [this.#undone, this.#takeNamedForks()];
    return { outcome: 'kept', device, counter, counted, isRecord: isRecord(kind), fork, rebuild, namedForks };
  }

  /** Puts a frame where its turn is waited for, a record also among those that are judged. */
  #hold(bytes: Uint8Array, trusted: boolean): Held | Exclude<LedgerAnswer, { outcome: 'kept' }> {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return { outcome: 'refused', code: parsed.error.code, device: null };
    const frame = parsed.value;
    const { device, counter } = frame;
    const refused = (code: LedgerError) => ({ outcome: 'refused', code, device }) as const;
    if (frame.kind === KIND.presence) return refused('frame-kind');
    if (!equalBytes(frame.roomId, this.#options.room.roomIdBytes)) return refused('frame-room');
    const hash = frameHash(this.#options.ciphers, bytes);
    if (this.#holds(device, counter, hash)) return { outcome: 'duplicate', device, counter };
    if (!this.#roster.knows(device)) return refused('not-admitted');
    const signer = (trusted ? this.#roster.onlyKeyOf(device) : null) ?? this.#roster.signerOf(frame);
    if (signer === null) return refused('bad-signature');
    const chain = this.#chainOf(device);
    if (counter <= chain.base && !isRecord(frame.kind)) return { outcome: 'duplicate', device, counter }; // covered by a snapshot
    const held: Held = { frame, hash, signer, opened: null };
    const others = chain.held.get(counter);
    if (others) others.push(held);
    else chain.held.set(counter, [held]);
    if (isRecord(frame.kind)) this.#takeRecord(held);
    return held;
  }

  /** Heads that somebody says exist; the device of one that is of a history that is not the one here, or null. */
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

  /** [SY45] Infinite without a revocation. */
  limitOf(device: number): number {
    return this.#limitOf(device);
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
    return { counter, hash: hashAt(chain, counter) ?? this.#startOf(device) };
  }

  hashAt(device: number, counter: number): Uint8Array | null {
    const chain = this.#chains.get(device);
    if (!chain) return null;
    return hashAt(chain, counter);
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
      // a reader's updates add nothing, and only some may ever have got one that its program forced out
      if (chain.applied > 0 && hash && !this.#isReader(device)) ends.set(device, { counter: chain.applied, hash });
    }
    return ends;
  }

  /** Names of the records that a snapshot made now covers. */
  coveredRecords(): Set<string> {
    const names = new Set<string>();
    for (const record of this.#roster.records.values()) {
      const chain = this.#chainOf(record.device);
      const path = { kept: chain.hashes.length, more: [] };
      if (record.counter <= chain.applied && this.#isOnPath(record, chain, path)) names.add(record.name);
    }
    return names;
  }

  /** The update in a frame that counts; null when it holds none that was taken. */
  openUpdate(bytes: Uint8Array): Uint8Array | null {
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.kind !== KIND.update) return null;
    const { device, counter } = parsed.value;
    return this.#horizon.cutUpdate(device, counter) ?? this.#open(parsed.value)?.update?.bytes ?? null;
  }

  /** Digest and state of a snapshot whose key is here; null when it cannot be opened or is not allowed. [SY52] */
  openSnapshot(bytes: Uint8Array): { digest: Uint8Array; state: Uint8Array } | null {
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.kind !== KIND.snapshot) return null;
    const snapshot = this.#view.snapshots.get(hex(frameHash(this.#options.ciphers, bytes)));
    const epoch = this.#epochOf(parsed.value);
    if (!snapshot || !epoch) return null;
    const { length, ends } = snapshot.coverage;
    if (!openSnapshotState(this.#options.ciphers, epoch, parsed.value, length, ends).update) return null;
    const content = openFrame(this.#options.ciphers, epoch, parsed.value, length);
    const read = content.ok ? parseSnapshotContent(content.value) : null;
    return read && { digest: read.digest, state: read.state };
  }

  /** The epoch that frames are sealed under now; null when there is none this device has the key of. [SY47] */
  sealingEpoch(): Epoch | null {
    for (const name of this.#view.sealOrder) {
      const epoch = this.#options.epochs.get(name);
      if (epoch) return epoch;
    }
    return null;
  }

  /** The epoch of a frame if its key is here. */
  epochOf(frame: Frame): Epoch | null {
    return this.#epochOf(frame);
  }

  /** What is known to exist and is not counted here. */
  missing(): MissingFrames[] {
    const missing: MissingFrames[] = [];
    for (const device of new Set([...this.#chains.keys(), ...this.#named.keys()])) {
      if (this.#isReader(device)) continue; // nothing of it goes into the shared doc
      const chain = this.#chains.get(device);
      const limit = this.#limitOf(device);
      const end = this.chainEnd(device).counter;
      const applied = chain?.applied ?? 0;
      const named = this.#named.get(device);
      let last = named && !this.#isVain(device, named) ? Math.min(named.counter, limit) : 0;
      let gap = false;
      for (const [counter, held] of chain?.held ?? []) {
        const fits = (one: Held): boolean =>
          this.#signerFits(device, one.signer) && !isBeside(this.#chainOf(device), one);
        if (chain && counter > end + 1 && counter <= limit && held.some(fits)) {
          last = Math.max(last, counter);
          gap = true;
        }
      }
      if (last > end) missing.push({ device, count: last - end, why: gap ? 'gap' : 'named' });
      else if (end > applied) {
        const next = chain && this.#next(device, chain);
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
      const end = this.chainEnd(device).counter;
      count += end - Math.max(chain.applied, chain.base);
      const limit = this.#limitOf(device); // nothing beyond it is waited for
      for (const [counter, held] of chain.held) if (counter > end && counter <= limit) count += held.length;
    }
    return count;
  }

  #takeNamedForks(): number[] {
    const forks = [...new Set(this.#namedForks)];
    this.#namedForks = [];
    return forks;
  }

  #takeRecord(held: Held): void {
    const added = this.#roster.add(held.frame, held.hash, held.signer);
    if (!added.ok) held.opened = { update: null, refusal: 'bad-record' };
    else if (added.value.body.kind === KIND.snapshot) this.#openSnapshots.set(added.value.name, held.frame);
  }

  /** Judges the records anew, moves every chain to what counts now, and hands out what is new of it. */
  #settle(): CountedFrame[] {
    const frames: CountedFrame[] = [];
    do {
      const paths = this.#judge();
      for (const [device, path] of paths) this.#take(device, this.#chainOf(device), path);
      this.#undone ||= this.#horizon.isMoved(this.#view);
      for (const name of this.#adopted) this.#undone ||= this.#view.snapshots.get(name)?.confirmed !== true;
      this.#openBoxes();
    } while (this.#adopt(frames));
    this.#count(frames);
    return frames;
  }

  /** An update came: only its own chain can have moved, unless that decides between two branches. */
  #advance(device: number): CountedFrame[] {
    const chain = this.#chainOf(device);
    const first = this.chainEnd(device).counter + 1;
    const path = this.#walk(device, chain, true);
    if (path.more.some((_, i) => (chain.held.get(first + i)?.length ?? 0) > 1)) return this.#settle();
    const frames: CountedFrame[] = [];
    this.#take(device, chain, path);
    this.#count(frames);
    return frames;
  }

  /**
   * Which records count rests on which branch of their author counts, and that on the records. Both are asked in turn from
   * all records on, never from what was found before, so that the answer is one of the set of frames alone.
   */
  #judge(): Map<number, Path> {
    let beside = new Set<string>();
    for (let round = 1; ; round++) {
      this.#view = this.#roster.judge(({ name }) => !beside.has(name));
      const paths = new Map<number, Path>();
      for (const [device, chain] of this.#chains) paths.set(device, this.#walk(device, chain));
      const found = new Set<string>();
      for (const record of this.#roster.records.values()) {
        const path = paths.get(record.device);
        if (path && !this.#isOnPath(record, this.#chainOf(record.device), path)) found.add(record.name);
      }
      if (round === MAX_ROUNDS || (found.size === beside.size && [...found].every((name) => beside.has(name))))
        return paths;
      beside = found;
    }
  }

  #isOnPath({ name, counter, hash }: SignedRecord, chain: Chain, { kept, more }: Path): boolean {
    if (counter <= chain.base) return chain.listed.has(name);
    const at = counter - chain.base - 1;
    const here = at < kept ? chain.hashes[at] : more[at - kept];
    return !here || equalBytes(here, hash);
  }

  /** Makes `path` the path of the chain. */
  #take(device: number, chain: Chain, { kept, more }: Path): void {
    const isReader = this.#isReader(device);
    const counted = chain.applied - chain.base;
    if (counted > 0 && (kept < counted || chain.asReader !== isReader)) this.#undone = true;
    if (kept < chain.hashes.length) chain.hashes.length = kept;
    if (kept < counted) chain.applied = chain.base + kept;
    for (const hash of more) chain.hashes.push(hash);
    const [first] = chain.hashes;
    if (first && kept === 0) {
      const link = chain.held.get(chain.base + 1)?.find((one) => equalBytes(one.hash, first));
      if (link) Object.assign(chain, { signer: link.signer, start: link.frame.previous });
    }
    if (chain.applied === chain.base) chain.asReader = isReader;
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

  /** What counts of a chain under the present view. */
  #walk(device: number, chain: Chain, isUndoubted = false): Path {
    const standing = {
      signs: (signer: string) => this.#signerFits(device, signer),
      starts: (previous: Uint8Array) => this.#startsChain(device, previous),
      snapshotEnds: this.#snapshotEnds(device),
      limit: this.#view.devices.get(device)?.limit ?? null,
    };
    return walkChain(chain, standing, isUndoubted);
  }

  /** Whether a head names what will never count as far as is known here: nobody need wait for it. */
  #isVain(device: number, { counter, mark }: Head): boolean {
    if (counter > this.#limitOf(device) || this.#isReader(device)) return true;
    if (device !== ROOT_DEVICE && !this.#view.devices.has(device)) return this.#roster.knows(device);
    const chain = this.#chains.get(device);
    return (chain?.held.get(counter) ?? []).some(
      (one) =>
        equalBytes(one.hash.subarray(0, MARK_BYTES), mark) &&
        (!this.#signerFits(device, one.signer) || (chain && isBeside(chain, one))),
    );
  }

  /** Ends that confirmed snapshots name for the device. */
  #snapshotEnds(device: number): CoveredEnd[] {
    const ends: CoveredEnd[] = [];
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

  #isReader(device: number): boolean {
    return this.#view.devices.get(device)?.role === 'reader';
  }

  /** [SY4] Counter 1 follows the root's beginning or an admission of the device. */
  #startsChain(device: number, previous: Uint8Array): boolean {
    if (device === ROOT_DEVICE) return equalBytes(previous, NO_HASH);
    return this.#view.devices.get(device)?.admissions.has(hex(previous)) ?? false;
  }

  #startOf(device: number): Uint8Array {
    const [name] = [...(this.#view.devices.get(device)?.admissions ?? [])].sort();
    const record = name ? this.#roster.records.get(name) : undefined;
    return record?.hash ?? NO_HASH;
  }

  /** Whether two histories of its author are known by it; asked before it is counted, or when all that came with it is. */
  #isFork(held: Held): boolean {
    const { device, counter } = held.frame;
    if (!this.#signerFits(device, held.signer)) return false;
    const here = this.hashAt(device, counter);
    const others = (this.#chainOf(device).held.get(counter) ?? []).filter((other) => other.signer === held.signer);
    const end = this.chainEnd(device);
    const broken =
      counter === end.counter + 1 &&
      counter > 1 &&
      !equalBytes(held.frame.previous, end.hash) &&
      counter <= this.#limitOf(device);
    return (here !== null && !equalBytes(here, held.hash)) || others.indexOf(held) > 0 || broken;
  }

  /** [SY53] True when a snapshot took the place of frames. */
  #adopt(frames: CountedFrame[]): boolean {
    const confirmed = [...this.#openSnapshots]
      .map(([name, frame]) => ({ name, frame, snapshot: this.#view.snapshots.get(name) }))
      .filter((one): one is { name: string; frame: Frame; snapshot: RosterSnapshot } => one.snapshot !== undefined)
      .sort((a, b) => sumOf(b.snapshot) - sumOf(a.snapshot) || (a.name < b.name ? -1 : 1));
    let adopted = false;
    for (const { name, frame, snapshot } of confirmed)
      if (snapshot.confirmed && !this.#reaches(snapshot))
        adopted = this.#adoptOne(name, frame, snapshot, frames) || adopted;
    return adopted;
  }

  #reaches({ coverage }: RosterSnapshot): boolean {
    for (const [device, { counter }] of coverage.ends) if (this.chainEnd(device).counter < counter) return false;
    return true;
  }

  #adoptOne(name: string, frame: Frame, { coverage }: RosterSnapshot, frames: CountedFrame[]): boolean {
    const epoch = this.#epochOf(frame);
    if (!epoch) return false; // its key may still come
    this.#openSnapshots.delete(name);
    const opened = openSnapshotState(this.#options.ciphers, epoch, frame, coverage.length, coverage.ends);
    if (!opened.update) {
      frames.push(counted(frame, opened));
      return false;
    }
    this.#adopted.add(name);
    for (const [device, { counter, hash }] of coverage.ends) {
      const chain = this.#chainOf(device);
      if (chain.base + chain.hashes.length >= counter) continue;
      Object.assign(chain, { base: counter, baseHash: hash, listed: coverage.records, hashes: [], applied: counter });
      chain.signer = null;
      for (const held of [...chain.held.keys()]) if (held <= counter) chain.held.delete(held);
    }
    this.#horizon.adopt(opened.update.scan, coverage);
    frames.push(counted(frame, opened));
    return true;
  }

  /** [SY15] An update that would lose deletions has its turn after all that can count without, so that no order shows. */
  #count(frames: CountedFrame[]): void {
    for (let patient = true; ; ) {
      const { moved, heldBack } = this.#countRound(frames, patient);
      if (!moved && !heldBack) break;
      patient = moved;
      if (!patient) this.#noteAhead();
    }
    this.#undone ||= this.#horizon.isMoved(this.#view);
  }

  #countRound(frames: CountedFrame[], patient: boolean): { moved: boolean; heldBack: boolean } {
    let [moved, heldBack] = [false, false];
    for (const [device, chain] of this.#chains) {
      for (let next = this.#ready(device, chain); next; next = this.#ready(device, chain)) {
        const { counter } = next.frame;
        const { update } = next.opened;
        if (patient && update && this.#horizon.cuts(device, counter, update, this.#view)) {
          heldBack = true;
          break;
        }
        const taken = update ? this.#horizon.take(device, counter, update, this.#view) : next.opened;
        const beside = (chain.held.get(counter) ?? []).filter((held) => held !== next);
        if (beside.length > 0) chain.held.set(counter, beside);
        else chain.held.delete(counter);
        chain.applied = counter;
        frames.push(counted(next.frame, { ...next.opened, ...taken }));
        moved = true;
      }
    }
    return { moved, heldBack };
  }

  /** The frame whose turn is next, opened, if everything it names is here and its key too. */
  #ready(device: number, chain: Chain): (Held & { opened: Opened }) | null {
    const next = this.#next(device, chain);
    if (!next) return null;
    const opened = this.#openHeld(next);
    if (!opened || (opened.update && !this.#holdsHeads(opened.update.heads, device))) return null;
    return Object.assign(next, { opened });
  }

  #openHeld(held: Held): Opened | null {
    if (held.opened?.refusal === 'role-forbids') held.opened = null; // the role may have changed
    held.opened ??= this.#open(held.frame);
    return held.opened;
  }

  /** What is on the paths and waits for its turn was written all the same, as a snapshot that covers it would tell. */
  #noteAhead(): void {
    for (const [device, chain] of this.#chains) {
      for (let counter = chain.applied + 1; counter <= this.chainEnd(device).counter; counter++) {
        const held = this.#heldAt(device, chain, counter);
        const update = held && this.#openHeld(held)?.update;
        if (update) this.#horizon.noteReached(counter, update.scan);
      }
    }
  }

  /** The frame whose turn is next on the path. */
  #next(device: number, chain: Chain): Held | undefined {
    return this.#heldAt(device, chain, chain.applied + 1);
  }

  #heldAt(device: number, chain: Chain, counter: number): Held | undefined {
    const hash = this.hashAt(device, counter);
    return hash ? chain.held.get(counter)?.find((held) => equalBytes(held.hash, hash)) : undefined;
  }

  #holdsHeads(heads: Heads, author: number): boolean {
    for (const [device, head] of heads) {
      if (device === author || (this.#chains.get(device)?.applied ?? 0) >= head.counter) continue;
      if (!this.#isVain(device, head)) return false;
    }
    return true;
  }

  /** A key opens whatever its id commits to, also when the revocation that brought it counts no longer. [SY14] */
  #epochOf(frame: Frame): Epoch | null {
    return this.#options.epochs.get(hex(frame.epochId));
  }

  /** Null: wait for the epoch's key. */
  #open(frame: Frame): Opened | null {
    const role = this.#view.devices.get(frame.device)?.role;
    if (role && !mayWriteKind(role, frame.kind)) return refused('role-forbids'); // [SY81]
    if (frame.kind !== KIND.update || !this.#options.own) return { update: null, refusal: null };
    const epoch = this.#epochOf(frame);
    if (!epoch) return null;
    const opened = openUpdate(this.#options.ciphers, epoch, frame);
    const forked = opened.update && this.noteNamed(opened.update.heads);
    if (forked !== null) this.#namedForks.push(forked);
    return opened;
  }

  #holds(device: number, counter: number, hash: Uint8Array): boolean {
    const here = counter > this.baseOf(device) ? this.hashAt(device, counter) : null;
    if (here && equalBytes(here, hash)) return true;
    const others = this.#chains.get(device)?.held.get(counter);
    if (others?.some((held) => equalBytes(held.hash, hash))) return true;
    return this.#roster.records.has(hex(hash));
  }

  #chainOf(device: number): Chain {
    let chain = this.#chains.get(device);
    if (!chain) {
      chain = {
        base: 0,
        baseHash: NO_HASH,
        listed: new Set(),
        start: NO_HASH,
        signer: null,
        hashes: [],
        applied: 0,
        asReader: false,
        held: new Map(),
      };
      this.#chains.set(device, chain);
    }
    return chain;
  }
}

function isHeld(taken: object): taken is Held {
  return 'frame' in taken;
}

function counted(frame: Frame, opened: Opened): CountedFrame {
  const { device, counter, kind, bytes } = frame;
  return { device, counter, kind, sizeBytes: bytes.length, cut: false, ...opened };
}

function sumOf({ coverage }: RosterSnapshot): number {
  let sum = 0;
  for (const { counter } of coverage.ends.values()) sum += counter;
  return sum;
}
