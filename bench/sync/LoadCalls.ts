import type { ClientSpec } from './SyncClient.ts';

/** A mark is one typed character; its time is that of the monotonic clock all processes of a machine share. */
export interface MarkTime {
  id: string;
  mark: number;
  atMs: number;
}

/** How a document is written quickly: seeded, so that every system gets the same edits. */
export interface WritingPlan {
  writer: string;
  observer: string;
  edits: number;
  seed: number;
  /** Characters that may be on their way to the observer. */
  windowCharacters: number;
  /** One character an edit, two of five edits take one away; else two words an edit. */
  characters?: boolean;
}

/** What a load process does when called; times in milliseconds, ids those of `ClientSpec`. */
export interface LoadCalls {
  /** Opens clients a few at a time; returns when all are in step with the server. */
  open(input: { clients: ClientSpec[]; state: boolean }): Promise<void>;
  /** Opens one client that knows nothing and closes it again: the time until its text, of that length, is complete. */
  join(input: { client: ClientSpec; digest: string; length: number }): Promise<{ ms: number; cpuMs: number }>;
  close(input: { ids: string[] }): Promise<void>;
  /** Types words at a moving caret, now and then a deletion. */
  write(input: WritingPlan): Promise<{
    ms: number;
    characters: number;
    /** The writer's document as one Yjs update. */
    documentBytes: number;
    digest: string;
  }>;
  /**
   * Types one character an edit at the end of the text, `edits` each, at a jittered pace: marks from `firstMark` on, or
   * plain letters for null.
   */
  typeMarks(input: {
    authors: { id: string; firstMark: number | null }[];
    edits: number;
    paceMs: number;
    showCursor: boolean;
  }): Promise<MarkTime[]>;
  /** From now on notes when marks become visible at these clients. */
  watch(input: { ids: string[] }): Promise<void>;
  /** The marks seen, once there are `count`. */
  seen(input: { count: number }): Promise<MarkTime[]>;
  /** Writers type as fast as `window` unseen edits allow; counts what their observers saw after the warm-up. */
  pump(input: {
    pairs: { writer: string; observer: string }[];
    window: number;
    warmUpMs: number;
    durationMs: number;
  }): Promise<{ seen: number; ms: number }>;
  /** Waits until a text is as long as that. */
  reach(input: { id: string; length: number }): Promise<void>;
  /** Waits until a text is the one of that SHA-256 and of that length; when that was. */
  digest(input: { id: string; digest: string; length: number }): Promise<{ atMs: number }>;
  /** Waits until nothing is unacknowledged. */
  settle(input: { id: string }): Promise<void>;
  compact(input: { id: string }): Promise<boolean>;
  /** Bytes of all TCP connections of this process since its start. */
  traffic(input: null): Promise<{ sentBytes: number; receivedBytes: number }>;
  /** Types a trace operation by operation. */
  replay(input: { id: string; file: string; operations: number; yieldEvery: number }): Promise<{
    operations: number;
    startMs: number;
    ms: number;
    length: number;
    digest: string;
    /** Of the text the trace names as its end; of a part of the trace, of the text it makes of a plain string. */
    expectedDigest: string;
  }>;
}
