import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  COLLECTION_NAMES,
  type CollectionName,
  type Collections,
  META_ROOT,
  readCollection,
  readMeta,
  recordEntries,
} from '../../shared/domain/collections.ts';
import type { Meta } from '../../shared/domain/records.ts';
import { FILING_COLLECTIONS, type Snapshot } from '../../shared/domain/snapshot.ts';
import type { Answer, ComplaintStatus, Response } from '../../shared/ipc/contract.ts';
import { DOC_PORT_EVENT } from '../../shared/ipc/docPort.ts';
import { mayReviewerWrite } from '../../shared/sync/auditReviewer.ts';
import { carryOver, type LatePassage, type Unsent } from '../../shared/sync/carryOver.ts';
import { RECORD_ORIGIN } from '../editor/binding/bindEditor.ts';
import type { EditorApi } from '../editor/EditorApi.ts';
import { ask } from '../ui/bridge.ts';
import { ActivityWatch } from './ActivityWatch.ts';
import { CalmStatus } from './CalmStatus.ts';
import type { ComplaintSession, Resume } from './ComplaintSession.ts';
import { fillNewComplaint } from './fillNewComplaint.ts';
import { PortConnection } from './PortConnection.ts';

/**
 * Opens a complaint in this window: asks main, takes the port, loads the document, fills it when it is new, and
 * resolves when the window may show it.
 */
export async function openSession(complaintId: string): Promise<Answer<ComplaintSession>> {
  const waiting = awaitPort(complaintId);
  const opened = await ask('complaint/open', { complaintId });
  if (!opened.ok) {
    waiting.cancel();
    return opened;
  }
  const doc = new Y.Doc({ gc: true });
  const connection = new PortConnection(await waiting.port, doc);
  await connection.loaded;
  // Only now: Yjs gives a document another id when it meets its own in a remote transaction.
  doc.clientID = opened.value.clientId;
  if (opened.value.needsContent !== 'no') await fillNewComplaint(doc, opened.value.needsContent);
  const session = new BridgedSession(complaintId, doc, connection, opened.value);
  const before = unsucceeded.get(complaintId);
  unsucceeded.delete(complaintId);
  if (before) session.succeed(before);
  else void session.keepPassages();
  return { ok: true, value: session };
}

/** Sessions that nothing could take the place of, with what was typed in them since main let go of them. */
const unsucceeded = new Map<string, ComplaintSession>();
/** Passages that main has not been able to keep yet, by complaint. */
const unkept = new Map<string, LatePassage[]>();

/** What main was not given of it comes with the next session of the complaint in this window. */
export function leaveToNext(session: ComplaintSession): void {
  unsucceeded.set(session.complaintId, session);
}

/** Listens before main is asked: the port may arrive ahead of the answer. */
function awaitPort(complaintId: string): { port: Promise<MessagePort>; cancel: () => void } {
  let cancel = (): void => undefined;
  const port = new Promise<MessagePort>((resolve) => {
    const listen = (event: MessageEvent<unknown>): void => {
      const data = event.data as { type?: unknown; complaintId?: unknown } | null;
      const given = event.ports[0];
      if (event.source !== window || data?.type !== DOC_PORT_EVENT || data.complaintId !== complaintId || !given)
        return;
      cancel();
      resolve(given);
    };
    cancel = () => window.removeEventListener('message', listen);
    window.addEventListener('message', listen);
  });
  return { port, cancel: () => cancel() };
}

class BridgedSession implements ComplaintSession {
  readonly complaintId: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly readOnly: boolean;
  readonly organizationId: string;
  readonly activity: ActivityWatch;
  editor: EditorApi | null = null;
  resume: Resume | null = null;
  readonly #connection: PortConnection;
  readonly #deviceNumber: number;
  readonly #records = new Map<CollectionName, readonly Collections[CollectionName][]>();
  readonly #listeners = new Set<() => void>();
  readonly #refused = new Set<() => void>();
  readonly #endStatus: () => void;
  #meta: Meta | null = null;
  readonly #status: CalmStatus;
  #changed = false;
  #closing: Promise<void> | null = null;

  constructor(complaintId: string, doc: Y.Doc, connection: PortConnection, opened: Response<'complaint/open'>) {
    this.complaintId = complaintId;
    this.doc = doc;
    this.readOnly = opened.readOnly;
    this.organizationId = opened.organizationId;
    this.#deviceNumber = opened.deviceNumber;
    this.#status = new CalmStatus(opened.status, () => this.#notify());
    this.#connection = connection;
    for (const name of COLLECTION_NAMES) {
      doc.getMap(name).observe(() => {
        this.#records.delete(name);
        this.#changed = true;
      });
    }
    doc.getMap(META_ROOT).observe(() => {
      this.#meta = null;
      this.#changed = true;
    });
    doc.on('afterTransaction', () => {
      if (!this.#changed) return;
      this.#changed = false;
      this.#present();
      this.#notify();
    });
    this.awareness = new Awareness(doc);
    connection.join(this.awareness);
    this.#present();
    this.activity = new ActivityWatch({
      complaintId,
      doc,
      ownDevice: opened.deviceNumber,
      arrivals: connection,
    });
    this.#endStatus = window.alegato.on('complaint/status', (status) => {
      if (status.complaintId !== complaintId) return;
      this.#status.take(status);
    });
  }

  readonly getRecords = <N extends CollectionName>(name: N): readonly Collections[N][] => {
    let records = this.#records.get(name) as readonly Collections[N][] | undefined;
    if (!records) this.#records.set(name, (records = readCollection(name, this.doc.getMap(name))));
    return records;
  };

  readonly getMeta = (): Meta => (this.#meta ??= readMeta(this.doc.getMap(META_ROOT)));

  readonly getStatus = (): ComplaintStatus => this.#status.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly writeRecord = <N extends CollectionName>(
    name: N,
    record: Partial<Collections[N]> & { id: Collections[N]['id'] },
  ): void => {
    if (!this.#mayWrite(name)) return;
    const map = this.doc.getMap(name);
    this.doc.transact(() => {
      for (const [key, value] of recordEntries<N>(record)) if (map.get(key) !== value) map.set(key, value);
    }, RECORD_ORIGIN);
  };

  /** Deletes every field as well: a late edit of a partner must not leave words behind. */
  readonly deleteRecord = (name: CollectionName, id: string): void => {
    if (!this.#mayWrite(name)) return;
    const map = this.doc.getMap(name);
    this.doc.transact(() => {
      for (const key of [...map.keys()]) if (key.startsWith(`${id}/`)) map.delete(key);
    }, RECORD_ORIGIN);
  };

  readonly writeMeta = (fields: Partial<Meta>): void => {
    if (!this.#mayWrite(META_ROOT)) return;
    const map = this.doc.getMap(META_ROOT);
    this.doc.transact(() => {
      for (const [key, value] of Object.entries(fields))
        if (value !== undefined && map.get(key) !== value) map.set(key, value);
    }, RECORD_ORIGIN);
  };

  /** Throws when no editor is mounted: there is then no body to take. */
  readonly takeSnapshot = (): Snapshot => {
    if (!this.editor) throw new Error('takeSnapshot without an editor');
    const body = this.editor.takeBody();
    const notes = this.editor.takeNotes();
    const filed = Object.fromEntries(FILING_COLLECTIONS.map((name) => [name, [...this.getRecords(name)]])) as Omit<
      Snapshot['records'],
      'images'
    >;
    const records = { ...filed, images: [...this.getRecords('images')] };
    return { body, notes, meta: this.getMeta(), records };
  };

  readonly close = (): Promise<void> => (this.#closing ??= this.#close());

  async #close(): Promise<void> {
    // Main asks this window's port before it answers, so that what was posted last is part of it.
    await ask('complaint/close', { complaintId: this.complaintId });
    this.abandon();
  }

  readonly abandon = (): void => {
    this.#endStatus();
    this.activity.dispose();
    this.#status.dispose();
    this.#listeners.clear();
    this.#refused.clear();
    this.#connection.close();
    this.awareness.destroy();
    this.doc.destroy();
  };

  readonly takeUnsent = (): Unsent | null => {
    const { unsent } = this.#connection;
    return unsent && { ...unsent, updates: unsent.updates.splice(0) };
  };

  readonly succeed = (before: ComplaintSession): void => {
    before.editor?.publishCaret();
    const { anchorPos, focusPos } = before.awareness.getLocalState() ?? {};
    const blockKey = before.editor?.getSelection().blockKey ?? null;
    this.resume = {
      anchorPos: anchorPos ?? null,
      focusPos: focusPos ?? null,
      block: before.editor?.getIndex().blocks.findIndex(({ key }) => key === blockKey) ?? -1,
      focused: before.editor?.hasFocus() ?? false,
    };
    const unsent = before.takeUnsent();
    if (!unsent) return;
    unkept.set(this.complaintId, [
      ...(unkept.get(this.complaintId) ?? []),
      ...carryOver(before.doc, unsent, this.doc, this.readOnly),
    ]);
    void this.keepPassages();
  };

  /** What could not be handed over waits for the next opening. */
  async keepPassages(): Promise<void> {
    const passages = unkept.get(this.complaintId) ?? [];
    unkept.delete(this.complaintId);
    if (passages.length === 0) return;
    const answer = await ask('recovered/keep', { complaintId: this.complaintId, passages });
    if (!answer.ok) unkept.set(this.complaintId, [...passages, ...(unkept.get(this.complaintId) ?? [])]);
  }

  /** Says who is in this window; the caret is added by the editor. */
  #present(): void {
    const organization = this.getRecords('organizations').find(({ id }) => id === this.organizationId);
    const state = this.awareness.getLocalState() ?? {};
    const name = organization?.name ?? '';
    const color = organization?.color ?? 0;
    if (state['organizationId'] === this.organizationId && state['name'] === name && state['color'] === color) return;
    this.awareness.setLocalState({
      ...state,
      organizationId: this.organizationId,
      deviceNumber: this.#deviceNumber,
      name,
      color,
    });
  }

  readonly subscribeRefused = (listener: () => void): (() => void) => {
    this.#refused.add(listener);
    return () => this.#refused.delete(listener);
  };

  /** [SY80] What everybody would be shown as a breach is not written in the first place. */
  #mayWrite(root: string): boolean {
    if (this.readOnly) return false;
    if (this.getStatus().role !== 'reviewer' || mayReviewerWrite(root)) return true;
    for (const listener of [...this.#refused]) listener();
    return false;
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
