import { hex, utf8 } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import type { Room as RoomIdentity } from '../shared/crypto/room.ts';
import { ROOT_DEVICE } from '../shared/sync/clientIds.ts';
import { type Frame, frameHash, KIND, parseFrame } from '../shared/sync/Frame.ts';
import type { LogEntry } from '../shared/sync/RelayMessage.ts';
import { Roster, type RosterSnapshot, type RosterView, type SignedRecord } from '../shared/sync/Roster.ts';
import { encodeCoverage, parseRecord } from '../shared/sync/records.ts';
import { RestingRoster, type Standing } from './RestingRoster.ts';

const NONE: ReadonlySet<string> = new Set();

interface Awake {
  roster: Roster;
  view: RosterView;
  /** Where snapshots stand in the log, by the hash of their frame. */
  snapshotAt: Map<string, number>;
  /** Records whose author is not known yet: the record that lets it in was damaged and will come again. [SY75] */
  unread: LogEntry[];
}
interface RestingSnapshot {
  sequence: number;
  record: Omit<SignedRecord, 'body'>;
  /** As it was signed: smaller than what is read from it. */
  coverage: Uint8Array;
}
interface Resting {
  roster: RestingRoster;
  /** Megabytes each in the log, for a few hundred bytes that are judged: not read again. */
  snapshots: RestingSnapshot[];
  /** See `Roster.unprovenRequests`; null for none, as in nearly every room. */
  unproven: ReadonlySet<string> | null;
  /** Tells whether what is read again is what was let go of. */
  recordsName: string;
}

/**
 * Who may write what in one room, as its records say. A quiet room lets go of the records: devices are judged as before,
 * and whoever needs more than that brings the records again. [SY21] [SY22] [SY84]
 */
export class RoomJudge {
  readonly #ciphers: Ciphers;
  readonly #identity: RoomIdentity;
  #state: Awake | Resting;

  constructor(ciphers: Ciphers, identity: RoomIdentity, records: readonly LogEntry[]) {
    this.#ciphers = ciphers;
    this.#identity = identity;
    this.#state = this.#read(records, null);
  }

  /** The records are in memory: all questions have answers. */
  get isAwake(): boolean {
    return 'view' in this.#state;
  }

  /** What follows from the records. Throws while they are not in memory. */
  get view(): RosterView {
    return this.#awake.view;
  }

  /** A record that was appended. */
  take(sequence: number, frame: Uint8Array): void {
    const awake = this.#awake;
    awake.unread.push({ sequence, frame });
    this.#settle(awake, null);
    awake.view = awake.roster.judge();
  }

  has(recordName: string): boolean {
    return this.#awake.roster.records.has(recordName);
  }

  get deviceCount(): number {
    return 'view' in this.#state ? this.#state.view.devices.size : this.#state.roster.deviceCount;
  }

  /** A counting device's; null for any other number. */
  standingOf(device: number): Standing | null {
    const state = this.#state;
    return 'view' in state ? (state.view.devices.get(device) ?? null) : state.roster.standingOf(device);
  }

  knows(device: number): boolean {
    return this.#state.roster.knows(device);
  }

  /** As `Roster.signerOf`. */
  signerOf(frame: Frame): string | null {
    return this.#state.roster.signerOf(frame);
  }

  /** Confirmed snapshots in the log, those that cover most first: where one stands in the log says only when it was posted. */
  confirmed(): RosterSnapshot[] {
    const { view, snapshotAt } = this.#awake;
    return [...view.snapshots.values()]
      .filter(({ confirmed, record }) => confirmed && snapshotAt.has(record.name))
      .sort((a, b) => coveredBy(b) - coveredBy(a) || (a.record.name < b.record.name ? -1 : 1));
  }

  /** They are no longer in the log. */
  forgetSnapshots(names: readonly string[]): void {
    for (const name of names) this.#awake.snapshotAt.delete(name);
  }

  /** Lets go of the records. False when one of them is still to be understood. */
  rest(): boolean {
    const state = this.#state;
    if (!('view' in state)) return true;
    if (state.unread.length > 0) return false;
    const { publicKey } = this.#identity;
    const roster = new RestingRoster(this.#ciphers, publicKey, state.roster.records.values(), state.view);
    const unproven = state.roster.unprovenRequests();
    this.#state = {
      roster,
      snapshots: snapshotsOf(state),
      unproven: unproven.size > 0 ? unproven : null,
      recordsName: this.#nameOf(state),
    };
    return true;
  }

  /** Where records stand in the log that need not be read again for `wake`. */
  get kept(): ReadonlySet<number> {
    const state = this.#state;
    return new Set('view' in state ? [] : state.snapshots.map(({ sequence }) => sequence));
  }

  /**
   * Takes the records as they are on disk, those `kept` left out; false, and nothing changes, when they are not the ones
   * let go of. [SY75]
   */
  wake(records: readonly LogEntry[]): boolean {
    const state = this.#state;
    if ('view' in state) return true;
    const awake = this.#read(records, state);
    if (awake.unread.length > 0 || this.#nameOf(awake) !== state.recordsName) return false;
    this.#state = awake;
    return true;
  }

  get #awake(): Awake {
    if (!('view' in this.#state)) throw new Error('the records are not in memory');
    return this.#state;
  }

  /** `before`: judged over the same records before, which are the same again when their hashes are. */
  #read(records: readonly LogEntry[], before: Resting | null): Awake {
    const roster = new Roster(this.#ciphers, this.#identity);
    const awake: Awake = { roster, view: roster.judge(), snapshotAt: new Map(), unread: [...records] };
    for (const { sequence, record, coverage } of before?.snapshots ?? []) {
      const body = parseRecord(KIND.snapshot, coverage);
      if (body) roster.restore({ ...record, body });
      awake.snapshotAt.set(record.name, sequence);
    }
    this.#settle(awake, before?.roster ?? null);
    if (before) roster.trustRequests(before.unproven ?? NONE);
    awake.view = roster.judge();
    return awake;
  }

  /** Reads every record whose author is known by now. */
  #settle(awake: Awake, known: RestingRoster | null): void {
    for (let before = -1; before !== awake.unread.length; ) {
      before = awake.unread.length;
      awake.unread = awake.unread.filter(({ sequence, frame }) => !this.#settleOne(awake, known, sequence, frame));
    }
  }

  #settleOne({ roster, snapshotAt }: Awake, known: RestingRoster | null, sequence: number, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return false;
    const { device, kind } = parsed.value;
    // a number with one key: it signed what was taken from that number
    const only = device === ROOT_DEVICE ? '' : known?.onlyKeyOf(device);
    const signer = known && typeof only === 'string' ? only : roster.signerOf(parsed.value);
    if (signer === null) return false;
    const hash = frameHash(this.#ciphers, bytes);
    roster.add(parsed.value, hash, signer);
    if (kind === KIND.snapshot) snapshotAt.set(hex(hash), sequence);
    return true;
  }

  /** A short name of the records in the log; a snapshot that was dropped is none of them any more. */
  #nameOf({ roster, snapshotAt }: Awake): string {
    const names = [...roster.records.values()].flatMap(({ name, body }) =>
      body.kind === KIND.snapshot && !snapshotAt.has(name) ? [] : [name],
    );
    return hex(this.#ciphers.sha256(utf8(names.sort().join('')))).slice(0, 32);
  }
}

/** Those in the log, without what is sealed in them. */
function snapshotsOf({ roster, snapshotAt }: Awake): RestingSnapshot[] {
  return [...snapshotAt].flatMap(([name, sequence]) => {
    const found = roster.records.get(name);
    if (found?.body.kind !== KIND.snapshot) return [];
    const { body, ...record } = found;
    return [{ sequence, record, coverage: encodeCoverage(body.coverage) }];
  });
}

function coveredBy({ coverage }: RosterSnapshot): number {
  let sum = 0;
  for (const { counter } of coverage.ends.values()) sum += counter;
  return sum;
}
