import * as Y from 'yjs';
import { applyExactly } from '../../../shared/sync/applyExactly.ts';
import { ORIGIN, type ReplicaDoc, type SharedDoc } from './documents.ts';

/** Why nothing leaves: a code word for the status bar, with the place it is about when there is one. */
export interface HoldReason {
  code: string;
  params?: Record<string, string | number>;
}
export type GateState = { open: true } | { open: false; sinceMs: number; reason: HoldReason };

/**
 * The only writer from the replica to the shared doc. Yjs clocks are sequential, so it lets the whole stream through
 * or holds all of it. What was typed and removed while it held never leaves: a state is then passed on, not past updates.
 * While it is open changes go as they are, because a state names every deletion there ever was, which costs more with
 * every page; those of a few milliseconds go in one transaction, which keeps nothing of what it takes away itself.
 */
export class OutboundGate {
  readonly #replica: ReplicaDoc;
  readonly #shared: SharedDoc;
  readonly #nowMs: () => number;
  readonly #coalesceMs: number;
  readonly #listeners = new Set<(state: GateState) => void>();
  #state: GateState = { open: true };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #dirty = false;
  /** Changes since the last passage; null: the state is passed on. */
  #changes: Uint8Array[] | null = null;
  #lastPassedMs = Number.NEGATIVE_INFINITY;

  /** Starts open. `coalesceMs`: updates within this time after a passage leave together; the first leaves at once. */
  constructor(replica: ReplicaDoc, shared: SharedDoc, options: { nowMs: () => number; coalesceMs?: number }) {
    this.#replica = replica;
    this.#shared = shared;
    this.#nowMs = options.nowMs;
    this.#coalesceMs = options.coalesceMs ?? 5;
  }

  get state(): GateState {
    return this.#state;
  }

  /** Lets everything through, beginning with what was held. */
  open(): void {
    if (!this.#state.open) this.#change({ open: true });
    this.#pass();
  }

  /** Nothing leaves until `open`. Holding again changes the reason and keeps the time since when. */
  hold(reason: HoldReason): void {
    this.#cancelTimer();
    this.#changes = null;
    this.#change({ open: false, sinceMs: this.#state.open ? this.#nowMs() : this.#state.sinceMs, reason });
  }

  /** True when everything the replica knew at its last change has been let through. */
  get empty(): boolean {
    return !this.#dirty;
  }

  /** To be called with every update of the replica that did not come from the shared doc. */
  noticeLocalChange(update: Uint8Array): void {
    this.#dirty = true;
    this.#changes?.push(update);
    if (!this.#state.open || this.#timer) return;
    const waitMs = this.#lastPassedMs + this.#coalesceMs - this.#nowMs();
    if (waitMs <= 0) this.#pass();
    else
      this.#timer = setTimeout(
        () => {
          this.#timer = null;
          this.#pass();
        },
        Math.min(waitMs, this.#coalesceMs),
      );
  }

  /** Passes on at once what waits for the coalescing time; nothing while holding. */
  flush(): void {
    if (this.#dirty) this.#pass();
  }

  /** Called on every change of state, not at subscription. Gives the function that ends it. */
  onChange(listener: (state: GateState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    this.#cancelTimer();
    this.#listeners.clear();
  }

  #pass(): void {
    this.#cancelTimer();
    if (!this.#state.open) return;
    this.#dirty = false;
    this.#lastPassedMs = this.#nowMs();
    const changes = this.#changes;
    this.#changes = [];
    if (changes) this.#shared.transact(() => changes.forEach((update) => this.#apply(update)), ORIGIN.gate);
    const { pendingStructs, pendingDs } = this.#shared.store;
    if (changes && !pendingStructs && !pendingDs) return;
    this.#apply(Y.encodeStateAsUpdate(this.#replica, Y.encodeStateVector(this.#shared)));
  }

  #apply(update: Uint8Array): void {
    applyExactly(this.#shared, update, ORIGIN.gate);
  }

  #cancelTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #change(state: GateState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
