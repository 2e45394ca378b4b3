import { Awareness, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ok, type Result } from '../../../shared/domain/result.ts';
import { applyExactly, applyUntold } from '../../../shared/sync/applyExactly.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { DocPort, type MessageEnd } from './DocPort.ts';
import { newReplicaDoc, newSharedDoc, ORIGIN, type ReplicaDoc, type SharedDoc } from './documents.ts';
import { LocalLog } from './LocalLog.ts';
import { OutboundGate } from './OutboundGate.ts';

const BARRIER_MS = 2_000;

export interface ReplicaEvents {
  /** Durability changed; `error` is the disk's, when a group could not be written. */
  onSaved?: (state: { saved: boolean; error: unknown }) => void;
  /** The replica changed, whoever did it. */
  onChange?: () => void;
  /** What changed; `arrived` when it came from others, else this computer did it. */
  onUpdate?: (update: Uint8Array, arrived: boolean) => void;
  /** A window sent something that is no message of ours. */
  onRefused?: () => void;
  /** So many records of the local log did not open; told once the rest is joined with what the room has. */
  onMissing?: (count: number) => void;
}

/**
 * Both documents of one open complaint and what joins them: windows -> replica -> local log, replica -> gate -> shared
 * doc, shared doc -> replica. All windows on the complaint share it.
 *
 * Order of opening: `load`, then whoever holds the room fills `shared`, then `start`.
 */
export class Replica {
  readonly shared: SharedDoc;
  readonly gate: OutboundGate;
  /** Presence of everybody: windows of this computer and, through the room, of the others. */
  readonly awareness: Awareness;
  readonly #doc: ReplicaDoc;
  readonly #log: LocalLog;
  readonly #events: ReplicaEvents;
  readonly #ports = new Set<DocPort>();
  /** Own changes, one by one, that the gate has not let through yet. */
  #held: Uint8Array[] = [];
  #mainClientId = 0;
  #started = false;

  private constructor(doc: ReplicaDoc, log: LocalLog, nowMs: () => number, events: ReplicaEvents) {
    this.#doc = doc;
    this.#log = log;
    this.#events = events;
    this.shared = newSharedDoc();
    this.gate = new OutboundGate(doc, this.shared, { nowMs });
    this.awareness = new Awareness(this.shared);
    this.awareness.setLocalState(null);
  }

  /** Reads the local log. 'complaint-damaged' leaves everything on disk as it is. */
  static async load(
    store: ComplaintStore,
    nowMs: () => number,
    events: ReplicaEvents,
  ): Promise<Result<Replica, { code: 'complaint-damaged' }>> {
    const doc = newReplicaDoc();
    const log = await LocalLog.open(store, doc, (state) => events.onSaved?.(state));
    if (!log.ok) return log;
    return ok(new Replica(doc, log.value, nowMs, events));
  }

  /**
   * Joins the two documents and opens the gate. After a crash the replica becomes local log ∪ shared doc: frames are
   * durable before they are sent, so the shared doc may know a little more than the local log.
   * `mainClientId` is the client id of what main itself writes: window 0 of this device.
   */
  async start(mainClientId: number): Promise<void> {
    if (this.#started) throw new Error('started twice');
    this.#started = true;
    this.#mainClientId = mainClientId;
    this.#doc.on('update', this.#replicaUpdated);
    applyExactly(this.#doc, Y.encodeStateAsUpdate(this.shared, Y.encodeStateVector(this.#doc)), ORIGIN.shared);
    this.shared.on('update', this.#sharedUpdated);
    // A hole is closed by a snapshot of what there is, and of what still waits for the missing part.
    await this.#log.compact(this.#doc, this.#log.missing > 0);
    if (this.#log.missing > 0) this.#events.onMissing?.(this.#log.missing);
    this.gate.open();
  }

  get saved(): boolean {
    return this.#log.saved;
  }

  /** Adds a window. `clientId` must never have been used before on this complaint. */
  attach(end: MessageEnd, clientId: number, readOnly: boolean): DocPort {
    const port = new DocPort(end, this.#doc, this.awareness, {
      clientId,
      readOnly,
      onClose: (closed) => this.#ports.delete(closed),
      onRefused: () => this.#events.onRefused?.(),
    });
    this.#ports.add(port);
    return port;
  }

  detach(port: DocPort): void {
    port.close();
    this.#ports.delete(port);
  }

  /** Writes as main, in one transaction. `use` gets the document for the time of the call only. */
  write(use: (doc: Y.Doc) => void): void {
    // Yjs gives a document another id when it meets its own in a remote transaction, as after loading.
    this.#doc.clientID = this.#mainClientId;
    this.#doc.transact(() => use(this.#doc), ORIGIN.main);
  }

  /** What others wrote before this computer came, once, before the shared doc has it. */
  takeFirstState(state: Uint8Array): void {
    applyUntold(this.#doc, state, ORIGIN.shared);
    this.#replicaUpdated(state, ORIGIN.shared);
  }

  /** Reads from the replica; what comes out must stay on this computer. */
  read<T>(use: (doc: ReplicaDoc) => T): T {
    return use(this.#doc);
  }

  /** Has every window say anew who is in it. */
  askPresence(): void {
    for (const port of this.#ports) port.askPresence();
  }

  /** Everything the windows typed before this call is durable here and has passed the gate if it is open. */
  async flush(): Promise<void> {
    await Promise.all([...this.#ports].map((port) => port.barrier(BARRIER_MS)));
    this.gate.flush();
    await this.#log.flush();
  }

  /** As `flush`; the windows then keep what changes in them for the ports they are given next. */
  async endWindows(): Promise<void> {
    await Promise.all([...this.#ports].map((port) => port.end(BARRIER_MS)));
    await this.flush();
  }

  /** As `endWindows`, for one of them. */
  async endWindow(port: DocPort): Promise<void> {
    await port.end(BARRIER_MS);
    await this.flush();
  }

  /** Own changes that have not left through the gate, in their order. */
  get held(): readonly Uint8Array[] {
    if (this.gate.empty) this.#held = [];
    return this.#held;
  }

  /** Puts this state in the place of everything the local log holds. For a replica that is not started. */
  async replaceOnDisk(state: Uint8Array): Promise<void> {
    await this.#log.replace(state);
  }

  /** Lets go without writing. For a replica that is not started. */
  async abandon(): Promise<void> {
    await this.#log.close();
    this.gate.destroy();
    this.awareness.destroy();
    this.shared.destroy();
    this.#doc.destroy();
  }

  /** Flushes, compacts and lets go of windows. The store stays open. */
  async close(): Promise<void> {
    await this.flush();
    for (const port of this.#ports) port.close();
    this.#ports.clear();
    await this.#log.compact(this.#doc);
    this.gate.destroy();
    this.shared.off('update', this.#sharedUpdated);
    this.#doc.off('update', this.#replicaUpdated);
    await this.#log.close();
    removeAwarenessStates(this.awareness, [...this.awareness.getStates().keys()], this);
    this.awareness.destroy();
    this.shared.destroy();
    this.#doc.destroy();
  }

  readonly #replicaUpdated = (update: Uint8Array, origin: unknown): void => {
    this.#log.append(update);
    for (const port of this.#ports) if (port !== origin) port.sendUpdate(update);
    if (origin !== ORIGIN.shared) {
      if (this.gate.empty) this.#held = [];
      this.#held.push(update);
      this.gate.noticeLocalChange(update);
    }
    this.#events.onUpdate?.(update, origin === ORIGIN.shared);
    this.#events.onChange?.();
  };

  readonly #sharedUpdated = (update: Uint8Array, origin: unknown): void => {
    if (origin !== ORIGIN.gate) applyExactly(this.#doc, update, ORIGIN.shared);
  };
}
