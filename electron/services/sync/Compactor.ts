import * as Y from 'yjs';
import { equalBytes, hex } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { applyExactly } from '../../../shared/sync/applyExactly.ts';
import { mayWrite } from '../../../shared/sync/clientIds.ts';
import { encodeSnapshotContent } from '../../../shared/sync/content.ts';
import { KIND } from '../../../shared/sync/Frame.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { isSettled, type RosterSnapshot } from '../../../shared/sync/Roster.ts';
import { encodeCoverage } from '../../../shared/sync/records.ts';
import { scanUpdate, type UpdateScan } from '../../../shared/sync/scanUpdate.ts';
import { stateDigest } from '../../../shared/sync/stateDigest.ts';
import type { FrameOutbox } from './FrameOutbox.ts';
import type { RoomRecord } from './RoomRecord.ts';
import type { RoomStore } from './RoomStore.ts';
import { readSharedState } from './sharedState.ts';

export interface CompactorOptions {
  ciphers: Ciphers;
  record: RoomRecord;
  store: RoomStore;
  outbox: FrameOutbox;
  sharedDoc: Y.Doc;
  own: number;
  /** Puts work of this device that no frame holds into frames, as far as it may. */
  sealWork(): void;
  /** A snapshot says something else than this device built. */
  onDifference(device: number): void;
}

const LEAST_BYTES = 256 * 1024;
const MANY_FRAMES = 500;

/** Makes snapshots, countersigns those of others, and forgets on this disk what two confirmed ones cover. [SY50]–[SY52] [SY57] */
export class Compactor {
  readonly #options: CompactorOptions;
  readonly #judged = new Set<string>();
  #lastBytes = 0;
  #waiting = false;
  #queued = false;
  #work: Promise<void> = Promise.resolve();
  #droppedFor = '';

  constructor(options: CompactorOptions) {
    this.#options = options;
  }

  /** The log since the newest snapshot exceeds the larger of 256 KB and that snapshot, or has become long. */
  get isDue(): boolean {
    const { frames, bytes } = this.#options.record.sinceSnapshot;
    if (!this.#hasWitness || this.#waitsForWitness) return false;
    return bytes > Math.max(LEAST_BYTES, this.#lastBytes) || (frames > MANY_FRAMES && bytes > this.#lastBytes / 4);
  }

  /** A snapshot of another organization is here and could not be judged yet: frames it covers are on their way. */
  get isWaiting(): boolean {
    return this.#waiting && !this.#queued;
  }

  /** A device of another organization, which can confirm a snapshot. */
  get #hasWitness(): boolean {
    const { record, own } = this.#options;
    const { devices } = record.ledger.view;
    const organization = devices.get(own)?.organization;
    return [...devices.values()].some((device) => !device.limit && device.organization !== organization);
  }

  /** The newest snapshot of this device has nobody's countersignature yet: another one would only lie beside it. */
  get #waitsForWitness(): boolean {
    const { record, own } = this.#options;
    const mine = [...record.ledger.view.snapshots.values()].filter((snapshot) => snapshot.record.device === own);
    const newest = mine.sort((a, b) => b.record.counter - a.record.counter)[0];
    return newest?.confirmed === false;
  }

  /** Seals what is pending and writes a snapshot of everything that counts. False when there is nothing to write it under. */
  async write(): Promise<boolean> {
    const { record, outbox, sharedDoc, ciphers, own, sealWork } = this.#options;
    sealWork();
    const role = record.ledger.view.devices.get(own)?.role;
    if (
      record.ledger.isUndone ||
      outbox.hasPending ||
      (role !== 'owner' && role !== 'editor') ||
      !record.ledger.sealingEpoch()
    )
      return false;
    const state = readSharedState(sharedDoc);
    const scan = scanUpdate(state);
    if (!scan.ok || state.length + 32 > LIMITS.frameContent || !this.#isInFrames(scan.value)) return false;
    const content = encodeSnapshotContent({ digest: stateDigest(ciphers, state, scan.value), state });
    const coverage = encodeCoverage({ ends: record.ledger.coveredEnds(), records: record.ledger.coveredRecords() });
    this.#lastBytes = content.length;
    await outbox.writeSnapshot(coverage, content);
    return true;
  }

  /** [SY52] Frames that count hold all of it: a partner could not build the same otherwise. */
  #isInFrames({ clients, deletions }: UpdateScan): boolean {
    const { record, own } = this.#options;
    const sealed = clients.every(({ client, structs }) => {
      const last = structs[structs.length - 1];
      return !last || !mayWrite(own, client) || last.clock + last.length <= record.sealedUntil(client);
    });
    return sealed && deletions.every((range) => record.deletions.missing(range).length === 0);
  }

  /** Looks at what records brought: countersigns, and forgets. One after the other. */
  follow(): Promise<void> {
    this.#queued = true;
    this.#work = this.#work.then(async () => {
      this.#queued = false;
      this.#waiting = false;
      for (const snapshot of this.#options.record.ledger.view.snapshots.values()) await this.#judge(snapshot);
      this.#forget();
    });
    return this.#work;
  }

  async #judge(snapshot: RosterSnapshot): Promise<void> {
    const { record, own, outbox, onDifference } = this.#options;
    const { ledger } = record;
    const { name, device, counter, hash } = snapshot.record;
    if (this.#judged.has(name)) return;
    const me = ledger.view.devices.get(own);
    const author = ledger.view.devices.get(device);
    if (!me || me.limit || !author || snapshot.witnesses.has(own)) return;
    const isForeign = author.organization !== me.organization;
    // an owner says that it saw the snapshot confirmed; the others confirm it [SY57]
    if (isForeign ? me.role !== 'owner' && snapshot.confirmed : me.role !== 'owner' || !snapshot.confirmed) return;
    if (device === own) {
      this.#judged.add(name);
      return outbox.writeRecord(KIND.countersignature, hash);
    }
    for (const [covered, end] of snapshot.coverage.ends) {
      if ((ledger.heads().get(covered)?.counter ?? 0) < end.counter) {
        this.#waiting = true;
        return;
      }
      const here = ledger.hashAt(covered, end.counter);
      if (here && !equalBytes(here, end.hash)) {
        this.#judged.add(name);
        return onDifference(device);
      }
    }
    const index = record.storeIndex(device, counter);
    const frame = index === undefined ? null : await this.#options.store.readFrame(index);
    const content = frame && ledger.openSnapshot(frame);
    if (!content) return;
    const same = await this.#buildsTheSame(snapshot, content.state);
    if (same === null) return;
    this.#judged.add(name);
    // made before something was known there that what counts rests on: nobody lied
    if (!same) return this.#knewAll(snapshot) ? onDifference(device) : undefined;
    await outbox.writeRecord(KIND.countersignature, hash);
  }

  /** Whether it covers every removal known here, and what confirms every other snapshot confirmed here. [SY15] [SY45] */
  #knewAll({ coverage, record: { name } }: RosterSnapshot): boolean {
    const { records, view } = this.#options.record.ledger;
    const confirmedThere = new Set([name]);
    for (const record of records.values()) {
      const { body, device, counter } = record;
      const isKnown = coverage.records.has(record.name) || counter <= (coverage.ends.get(device)?.counter ?? 0);
      if ((body.kind === KIND.revocation || body.kind === KIND.withdrawal) && !isKnown) return false;
      if (body.kind !== KIND.countersignature || !isKnown) continue;
      const snapshot = view.snapshots.get(hex(body.snapshot));
      const organizationOf = (number?: number) => number && view.devices.get(number)?.organization;
      if (snapshot && organizationOf(device) !== organizationOf(snapshot.record.device))
        confirmedThere.add(snapshot.record.name);
    }
    return [...view.snapshots.values()].every(({ confirmed, record }) => !confirmed || confirmedThere.has(record.name));
  }

  /** Its state and the frames beyond it make the document that is here. Null when that cannot be told now. */
  async #buildsTheSame({ coverage }: RosterSnapshot, state: Uint8Array): Promise<boolean | null> {
    const { record, store, outbox, sharedDoc, ciphers } = this.#options;
    const doc = new Y.Doc();
    applyExactly(doc, state, this);
    const reached = new Map([...coverage.ends].map(([device, { counter }]) => [device, counter]));
    try {
      for (;;) {
        outbox.seal();
        if (outbox.hasPending) return null;
        const more: number[] = [];
        for (const [device, { counter }] of record.ledger.heads()) {
          for (let at = (reached.get(device) ?? 0) + 1; at <= counter; at++) {
            const index = record.storeIndex(device, at);
            if (index === undefined) return null;
            more.push(index);
          }
          reached.set(device, Math.max(counter, reached.get(device) ?? 0));
        }
        if (more.length === 0) break;
        for (const index of more) {
          const frame = await store.readFrame(index);
          if (!frame) return null;
          const update = record.ledger.openUpdate(frame);
          if (update) applyExactly(doc, update, this);
        }
      }
      if (record.ledger.isUndone) return null; // built anew first [SY55]
      const [theirs, ours] = [digestOf(ciphers, doc), digestOf(ciphers, sharedDoc)];
      return theirs !== null && theirs === ours;
    } finally {
      doc.destroy();
    }
  }

  /** [SY57] on this computer: one earlier generation stays. */
  #forget(): void {
    const { record, store } = this.#options;
    const { ledger } = record;
    const settled = [...ledger.view.snapshots.values()]
      .filter((snapshot) => isSettled(ledger.view, snapshot))
      .filter(({ record: { device, counter } }) => record.storeIndex(device, counter) !== undefined)
      .filter(({ coverage }) =>
        [...coverage.ends].every(([device, { counter }]) => (ledger.heads().get(device)?.counter ?? 0) >= counter),
      )
      .sort((a, b) => sumOf(b) - sumOf(a));
    const [newest, kept, ...older] = settled;
    if (!newest || !kept || `${newest.record.name} ${kept.record.name}` === this.#droppedFor) return;
    this.#droppedFor = `${newest.record.name} ${kept.record.name}`;
    // two snapshots made at once cover frames that the other lacks: only what both cover goes
    const coveredBy = (device: number): number =>
      Math.min(newest.coverage.ends.get(device)?.counter ?? 0, kept.coverage.ends.get(device)?.counter ?? 0);
    const isRecordAt = new Set([...ledger.records.values()].map(({ device, counter }) => `${device}/${counter}`));
    const drop: number[] = [];
    const dropFrame = (device: number, counter: number): void => {
      const index = record.storeIndex(device, counter);
      if (index === undefined) return;
      drop.push(index);
      record.noteDropped(device, counter);
    };
    for (const [device, counters] of record.stored())
      for (const counter of [...counters.keys()])
        if (counter <= coveredBy(device) && !isRecordAt.has(`${device}/${counter}`)) dropFrame(device, counter);
    for (const { record: old, coverage } of older) {
      const outdone = [...coverage.ends].every(([device, { counter }]) => counter <= coveredBy(device));
      if (outdone && old.counter <= coveredBy(old.device)) dropFrame(old.device, old.counter);
    }
    // a refused write is told by the next one that matters; what was not dropped stays
    if (drop.length > 0) store.write({ drop }).done.catch(() => {});
  }
}

function digestOf(ciphers: Ciphers, doc: Y.Doc): string | null {
  const state = readSharedState(doc);
  const scan = scanUpdate(state);
  return scan.ok ? hex(stateDigest(ciphers, state, scan.value)) : null;
}

function sumOf({ coverage }: RosterSnapshot): number {
  let sum = 0;
  for (const { counter } of coverage.ends.values()) sum += counter;
  return sum;
}
