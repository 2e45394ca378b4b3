import type * as Y from 'yjs';
import type { SystemName } from './SyncSystem.ts';

/** What a load process must know to open one client. */
export interface ClientSpec {
  /** Unique in its load process. */
  readonly id: string;
  readonly system: SystemName;
  readonly url: string;
  /** From `SyncSystem.createRoom`. */
  readonly room: unknown;
  /** A number from 1, unique in the room. */
  readonly device: number;
  /** False: every edit travels by itself, also within the coalescing window. Peers never coalesce. */
  readonly coalesce: boolean;
  /** False: the client makes no snapshot by itself, where its system makes any. */
  readonly compacts: boolean;
  /** True: what is known of the room comes from the server alone, as with a device that was just let in. */
  readonly isNew?: boolean;
  /** A folder of this load process for what clients keep. */
  readonly folder: string;
}

/** One person at one document, whichever system carries it. Opened means: everything the server had is here. */
export interface SyncClient {
  /** What the person sees and types into. */
  readonly doc: Y.Doc;
  /** The text `t` of `doc`. */
  readonly text: Y.Text;
  /** Shows a name and a cursor to the others. */
  show(state: Record<string, unknown>): void;
  /** Null when everything typed here is acknowledged as durable, else how much is not; a system without such acknowledgements says null. */
  unacknowledged(): number | null;
  /** Makes the room compact, and waits until that holds. False: this system has nothing of the kind. */
  compact(): Promise<boolean>;
  close(): Promise<void>;
}

/** `onDoc` is told the document as soon as there is one, before anything has arrived in it. */
export type OpenClient = (spec: ClientSpec, onDoc?: (doc: Y.Doc) => void) => Promise<SyncClient>;
