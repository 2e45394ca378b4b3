import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { ActivityReading } from '../../shared/domain/activity/ActivityReading.ts';
import type { CollectionName, Collections } from '../../shared/domain/collections.ts';
import type { Meta } from '../../shared/domain/records.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import type { ComplaintStatus } from '../../shared/ipc/contract.ts';
import type { Unsent } from '../../shared/sync/carryOver.ts';
import type { EditorApi } from '../editor/EditorApi.ts';

/** What others changed since this person was last here. */
export interface ComplaintActivity {
  /** Null until it was compared, and on the first visit. */
  get(): ActivityReading | null;
  subscribe(listener: () => void): () => void;
  /** Compares now; false when main could not tell what was seen. */
  refresh(): Promise<boolean>;
  /** What `get` last told counts as seen; false when that could not be written. */
  markSeen(): Promise<boolean>;
}

/** Where a person was in the text of the session before this one. */
export interface Resume {
  /** Both ends of the selection as Yjs relative positions; null for no caret. */
  anchorPos: Y.RelativePosition | null;
  focusPos: Y.RelativePosition | null;
  /** Position of the caret's paragraph, for when its own place is gone; -1 for none. */
  block: number;
  focused: boolean;
}

/** One open complaint in this window: its Y.Doc (synced with main over a MessagePort), records, and editor. */
export interface ComplaintSession {
  readonly complaintId: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly readOnly: boolean;
  readonly organizationId: string;
  readonly activity: ComplaintActivity;
  /** Stable array identity until the collection changes (fit for useSyncExternalStore). */
  getRecords<N extends CollectionName>(name: N): readonly Collections[N][];
  getMeta(): Meta;
  getStatus(): ComplaintStatus;
  /** Called after any change of records, meta or status. */
  subscribe(listener: () => void): () => void;
  /** Writes the given fields in one transaction (creating the record when its id is new). */
  writeRecord<N extends CollectionName>(name: N, record: Partial<Collections[N]> & { id: Collections[N]['id'] }): void;
  deleteRecord(name: CollectionName, id: string): void;
  writeMeta(fields: Partial<Meta>): void;
  /** Called when something was not written because a reviewer may only suggest and comment. [SY80] */
  subscribeRefused(listener: () => void): () => void;
  /** Set once the editor is mounted. */
  editor: EditorApi | null;
  /** Set when it takes the place of another session on screen. */
  resume: Resume | null;
  takeSnapshot(): Snapshot;
  /** Waits for durability, then disconnects the port. */
  close(): Promise<void>;
  /** Ends it in this window alone: main has let go of it already. */
  abandon(): void;
  /**
   * Takes over what was changed in the one before it since main let go of that, and where the person was. For the step
   * that puts it on screen. What has no place in the text any more is kept beside the complaint.
   */
  succeed(before: ComplaintSession): void;
  /** What main has not been given. */
  takeUnsent(): Unsent | null;
}
