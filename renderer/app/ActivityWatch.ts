import * as Y from 'yjs';
import type { ActivityReading } from '../../shared/domain/activity/ActivityReading.ts';
import { ask } from '../ui/bridge.ts';
import type { ComplaintActivity } from './ComplaintSession.ts';
import { type OrganizationOf, readActivity } from './readActivity.ts';

/** How long nothing must have arrived, and nothing have been typed here, before the documents are compared. */
const QUIET_MS = 2_000;

interface ActivityWatchOptions {
  complaintId: string;
  doc: Y.Doc;
  ownDevice: number;
  /** Origin of what came from main. */
  arrivals: unknown;
  organizationOf?: OrganizationOf;
}

/** Keeps what changed since the last visit: read once the complaint is open and again when something has arrived. */
export class ActivityWatch implements ComplaintActivity {
  readonly #options: ActivityWatchOptions;
  readonly #listeners = new Set<() => void>();
  #reading: ActivityReading | null = null;
  /** The whole document as `#reading` is about it. */
  #state: Uint8Array<ArrayBuffer> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = true;
  #closed = false;

  constructor(options: ActivityWatchOptions) {
    this.#options = options;
    options.doc.on('update', this.#changed);
    this.#later();
  }

  readonly get = (): ActivityReading | null => this.#reading;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly refresh = async (): Promise<boolean> => {
    const { complaintId, doc } = this.#options;
    const seen = await ask('activity/read', { complaintId });
    if (!seen.ok || this.#closed) return false;
    this.#due = false;
    this.#reading = readActivity({ ...this.#options, seen: seen.value });
    this.#state = this.#reading ? (Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>) : null;
    for (const listener of [...this.#listeners]) listener();
    return true;
  };

  readonly markSeen = async (): Promise<boolean> => {
    if (!this.#state) return true;
    const marked = await ask('activity/mark', { complaintId: this.#options.complaintId, state: this.#state });
    await this.refresh();
    return marked.ok;
  };

  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.doc.off('update', this.#changed);
    this.#listeners.clear();
  }

  readonly #changed = (_update: Uint8Array, origin: unknown): void => {
    if (origin === this.#options.arrivals) this.#due = true;
    if (this.#due) this.#later();
  };

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      requestIdleCallback(() => {
        if (this.#due && !this.#closed) void this.refresh();
      });
    }, QUIET_MS);
  }
}
