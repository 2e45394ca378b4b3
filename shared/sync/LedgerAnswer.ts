import type { Kind } from './Frame.ts';
import type { OpenedContent, Refusal } from './openContent.ts';

/** A frame whose turn has come. */
export interface CountedFrame {
  device: number;
  counter: number;
  kind: Kind;
  /** Of the whole frame. */
  sizeBytes: number;
  /** What goes into the shared doc: an update, or the state of a snapshot that was adopted. Null: nothing. */
  update: OpenedContent['update'];
  refusal: Refusal | null;
  /** [SY15] It deleted what its author cannot have seen; that part was left out. */
  cut: boolean;
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
      /** Devices of which a partner named another history than the one here. */
      namedForks: number[];
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
