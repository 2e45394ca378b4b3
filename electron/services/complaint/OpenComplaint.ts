// Over 200 lines: the one place where store, documents, files and room of a complaint meet; each has its own file.
import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { parseRelayUrl, writeInvitation } from '../../../shared/crypto/invitation.ts';
import { assignDeviceNumber, createRoom, deriveRoom } from '../../../shared/crypto/room.ts';
import { BODY_ROOT, META_ROOT, readCollection, readMeta } from '../../../shared/domain/collections.ts';
import { SCHEMA_VERSION } from '../../../shared/domain/records.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { ComplaintStatus, Events, Notice } from '../../../shared/ipc/contract.ts';
import { LastSeen } from '../activity/LastSeen.ts';
import { attachSampleExhibits } from '../exhibits/attachSampleExhibits.ts';
import { BlobTransfers } from '../exhibits/BlobTransfers.ts';
import { ExhibitFiles } from '../exhibits/ExhibitFiles.ts';
import { HolderPresence } from '../exhibits/HolderPresence.ts';
import { readOrganizationNames, readWantedFiles } from '../exhibits/readWantedFiles.ts';
import type { ComplaintFolder, StoredSummary } from '../library/ComplaintFolder.ts';
import type { DocPort, MessageEnd } from '../replica/DocPort.ts';
import type { OutboundGate } from '../replica/OutboundGate.ts';
import { Replica } from '../replica/Replica.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { randomBytes } from '../storage/Sealer.ts';
import {
  type ComplaintIdentity,
  readIdentity,
  readRoom,
  type StoredRoom,
  takeWindowNumber,
  writeRoom,
} from './ComplaintIdentity.ts';
import { writeOrganization } from './organizationRecord.ts';
import type { OpenRoomLink, RoomLink } from './RoomLink.ts';

const STATUS_MS = 50;
const SUMMARY_MS = 1_000;
const WINDOW_BITS = 65_536;

export interface OpenComplaintOptions {
  folder: ComplaintFolder;
  summary: StoredSummary;
  ciphers: Ciphers;
  openRoomLink: OpenRoomLink;
  /** Folder of the sample complaint's files. */
  samplePath: string;
  onStatus: (status: ComplaintStatus) => void;
  onNotice: (notice: Notice) => void;
  onTransfer: (event: Events['exhibits/transfer']) => void;
  onFiles: (event: Events['exhibits/files']) => void;
  onSummary: () => void;
  onCode: (code: string) => void;
}
export interface AttachedWindow {
  port: DocPort;
  clientId: number;
  needsContent: 'no' | 'template' | 'sample';
  readOnly: boolean;
}

/**
 * One complaint while it is open in this program: store, documents, files, and room if it is shared. Long because it is
 * the one place where these meet, in an order that matters (SPEC of sync, rules for the caller).
 */
export class OpenComplaint {
  readonly id: string;
  readonly identity: ComplaintIdentity;
  readonly files: ExhibitFiles;
  readonly lastSeen: LastSeen;
  readonly #options: OpenComplaintOptions;
  readonly #store: ComplaintStore;
  readonly #replica: Replica;
  readonly #transfers: BlobTransfers;
  readonly #titleWaiters = new Set<() => void>();
  #room: { link: RoomLink; stored: StoredRoom } | null = null;
  #summary: StoredSummary;
  #summaryTimer: ReturnType<typeof setTimeout> | null = null;
  #summaryWrite: Promise<void> = Promise.resolve();
  #statusTimer: ReturnType<typeof setTimeout> | null = null;
  #filling: DocPort | null = null;
  #attaching: Promise<void> | null = null;

  private constructor(
    options: OpenComplaintOptions,
    store: ComplaintStore,
    identity: ComplaintIdentity,
    replica: Replica,
    lastSeen: LastSeen,
  ) {
    this.lastSeen = lastSeen;
    this.#options = options;
    this.#store = store;
    this.#replica = replica;
    this.id = options.folder.id;
    this.identity = identity;
    this.#summary = options.summary;
    this.#transfers = new BlobTransfers({
      blobsPath: options.folder.blobsPath,
      store,
      room: () => (this.#room?.link.status.relay === 'online' && replica.gate.state.open ? this.#room.link : null),
      deviceNumber: identity.deviceNumber,
      wanted: () => readWantedFiles(replica.shared),
      organizations: () => readOrganizationNames(replica.shared),
      holders: new HolderPresence({
        awareness: replica.awareness,
        store,
        deviceNumber: identity.deviceNumber,
        onHeard: () => this.#transfers.heardOfHolders(),
      }),
      onTransfer: (event) => options.onTransfer({ complaintId: this.id, ...event }),
      onFiles: (event) => options.onFiles({ complaintId: this.id, ...event }),
      onNotice: options.onNotice,
    });
    this.files = new ExhibitFiles({
      originalsPath: options.folder.originalsPath,
      blobsPath: options.folder.blobsPath,
      store,
      sealer: options.folder.sealer,
      ciphers: options.ciphers,
      transfers: this.#transfers,
    });
  }

  /** Reads everything of the complaint from disk; a room connects by itself. Nothing is changed when it fails. */
  static async open(options: OpenComplaintOptions): Promise<Result<OpenComplaint, Notice>> {
    const opened = await ComplaintStore.open(options.folder.storePath, options.folder.sealer.derive('store'), false);
    if (!opened.ok) return opened;
    const store = opened.value;
    try {
      const result = await OpenComplaint.#openOn(store, options);
      if (!result.ok) await store.close();
      return result;
    } catch (error) {
      await store.close();
      const notice = noticeOfError(error);
      if (notice) return fail(notice);
      throw error;
    }
  }

  static async #openOn(store: ComplaintStore, options: OpenComplaintOptions): Promise<Result<OpenComplaint, Notice>> {
    const identity = await readIdentity(store);
    if (!identity) return fail({ code: 'complaint-damaged' });
    const lastSeen = await LastSeen.open(store);
    let self: OpenComplaint | null = null;
    const replica = await Replica.load(store, () => Date.now(), {
      onSaved: ({ error }) => {
        const notice = error ? noticeOfError(error) : null;
        if (notice) options.onNotice(notice);
        self?.statusChanged();
      },
      onChange: () => {
        if (self) self.#documentChanged();
      },
      onUpdate: (update, arrived) => {
        if (arrived) lastSeen.noteArrival(update, Date.now());
        else lastSeen.noteOwn(update);
      },
      onRefused: () => options.onCode('port-message-refused'),
      onMissing: (count) => options.onNotice({ code: 'complaint-parts-missing', params: { count } }),
    });
    if (!replica.ok) return replica;
    self = new OpenComplaint(options, store, identity, replica.value, lastSeen);
    const room = await readRoom(store);
    if (room) {
      const entered = await self.#enterRoom(room);
      if (!entered.ok) return entered;
    }
    await replica.value.start(identity.deviceNumber * WINDOW_BITS);
    const complaint = self;
    replica.value.shared.getMap('exhibits').observe(() => complaint.#transfers.poke());
    replica.value.gate.onChange(() => {
      complaint.statusChanged();
      complaint.#transfers.poke();
    });
    complaint.#room?.link.connect();
    complaint.#contentLooked();
    return ok(complaint);
  }

  get status(): ComplaintStatus {
    const gate = this.#replica.gate.state;
    const room = this.#room?.link.status;
    return {
      complaintId: this.id,
      saved: this.#replica.saved,
      relay: room?.relay ?? 'none',
      relayReason: room?.relayReason ?? '',
      unsentFrames: room?.unsentFrames ?? 0,
      partners: room?.partners ?? 0,
      partnersUpToDate: room?.partnersUpToDate ?? 0,
      heldBack: gate.open ? null : { sinceMs: gate.sinceMs, reason: gate.reason.code },
      role: this.#room ? 'owner' : null,
      removed: false,
      missing: [],
      recovered: 0,
    };
  }

  /** What decides whether this complaint's changes leave. */
  get gate(): OutboundGate {
    return this.#replica.gate;
  }

  get summary(): StoredSummary {
    return this.#summary;
  }

  /** Takes a fresh window number; the port speaks y-protocols from the first moment. */
  async attach(end: MessageEnd): Promise<AttachedWindow> {
    const windowNumber = await takeWindowNumber(this.#store);
    const newer = this.#replica.read((doc) => readMeta(doc.getMap(META_ROOT)).schemaVersion > SCHEMA_VERSION);
    const readOnly = windowNumber === null || newer;
    const clientId = this.identity.deviceNumber * WINDOW_BITS + (windowNumber ?? 0);
    const port = this.#replica.attach(end, clientId, readOnly);
    const empty = this.#replica.read((doc) => isEmptyRoot(doc, BODY_ROOT));
    // Only one window fills an empty complaint; should it go away before it did, the next one is asked.
    const needsContent = empty && !readOnly && !this.#filling ? this.identity.needsContent : 'no';
    if (needsContent !== 'no') this.#filling = port;
    return { port, clientId, needsContent, readOnly };
  }

  detach(port: DocPort): void {
    if (this.#filling === port) this.#filling = null;
    this.#replica.detach(port);
  }

  flush(): Promise<void> {
    return this.#replica.flush();
  }

  /** Writes as this device's main process. */
  write(use: (doc: Y.Doc) => void): void {
    this.#replica.write(use);
  }

  rename(title: string): void {
    this.#replica.write((doc) => doc.getMap(META_ROOT).set('title', title));
    this.#changeSummary({ title });
  }

  archive(archived: boolean): void {
    this.#changeSummary({ archived });
  }

  /**
   * A link for one more device. Makes the room on first use: the whole complaint then leaves through the gate, sealed.
   * The device number it carries is remembered before the link exists, so that no two links carry the same.
   */
  async createInvitation(relayUrlText: string, organizationName: string): Promise<Result<{ link: string }, Notice>> {
    const relayUrl = parseRelayUrl(relayUrlText);
    if (!relayUrl.ok) return relayUrl;
    const { ciphers } = this.#options;
    if (organizationName !== '') this.#writeOwnOrganization(organizationName);
    if (!this.#room) {
      const keys = createRoom(ciphers);
      const stored: StoredRoom = {
        relayUrl: relayUrl.value,
        roomSeed: keys.roomSeed,
        epochKey: keys.epochKey,
        deviceSeed: randomBytes(32),
        allottedDevices: [this.identity.deviceNumber],
        nextOrganizationNumber: this.identity.organizationNumber + 1,
      };
      await this.#replica.flush();
      await writeRoom(this.#store, stored);
      const entered = await this.#enterRoom(stored);
      if (!entered.ok) return entered;
      this.#changeSummary({ shared: true, roomId: keys.roomId });
      await this.#writeSummary();
      this.#connectedRoom().link.connect();
      this.statusChanged();
    }
    const { link, stored } = this.#connectedRoom();
    const keys = deriveRoom(ciphers, stored);
    const deviceNumber = assignDeviceNumber(ciphers, new Set([...stored.allottedDevices, ...link.devices()]));
    const known = this.#replica.read((doc) =>
      readCollection('organizations', doc.getMap('organizations')).map((organization) => organization.order),
    );
    const organizationNumber = Math.min(
      65_535,
      Math.max(stored.nextOrganizationNumber, ...known.map((order) => order + 1)),
    );
    const next: StoredRoom = {
      ...stored,
      allottedDevices: [...stored.allottedDevices, deviceNumber],
      nextOrganizationNumber: organizationNumber + 1,
    };
    await writeRoom(this.#store, next);
    this.#room = { link, stored: next };
    return ok({
      link: writeInvitation({ ...stored, roomIdBytes: keys.roomIdBytes, deviceNumber, organizationNumber }),
    });
  }

  /**
   * Waits until a freshly joined complaint has its title, the relay said no, or it is away; never longer than
   * `limitMs`. The reason when the relay refused.
   */
  async awaitFirstContent(limitMs: number): Promise<Result<null, Notice>> {
    const settled = (): boolean =>
      this.#summary.title !== '' || this.status.relay === 'refused' || this.status.relay === 'away';
    if (!settled()) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.#titleWaiters.delete(look);
          resolve();
        };
        const look = (): void => {
          if (settled()) done();
        };
        const timer = setTimeout(done, limitMs);
        this.#titleWaiters.add(look);
      });
    }
    const { relay, relayReason } = this.status;
    return relay === 'refused' ? fail({ code: (relayReason || 'relay-refused') as Notice['code'] }) : ok(null);
  }

  /** Everything durable, room left, store closed. */
  async close(): Promise<void> {
    const transfersEnded = this.#transfers.close();
    await this.#attaching;
    await this.#replica.flush();
    await this.#room?.link.close();
    await transfersEnded;
    // Losing the place of the reader must not keep the complaint from closing.
    await this.markSeen(this.#replica.read((doc) => Y.encodeStateAsUpdate(doc))).catch(() =>
      this.#options.onCode('last-seen-not-written'),
    );
    await this.#replica.close();
    if (this.#summaryTimer) await this.#writeSummary();
    await this.#summaryWrite;
    if (this.#statusTimer) clearTimeout(this.#statusTimer);
    await this.#store.close();
  }

  /** `state` is the whole document as the person saw it, as a Yjs update. */
  markSeen(state: Uint8Array): Promise<void> {
    return this.lastSeen.mark(state, Date.now());
  }

  statusChanged(): void {
    for (const look of [...this.#titleWaiters]) look();
    if (this.#statusTimer) return;
    this.#statusTimer = setTimeout(() => {
      this.#statusTimer = null;
      this.#options.onStatus(this.status);
    }, STATUS_MS);
  }

  async #enterRoom(stored: StoredRoom): Promise<Result<null, { code: 'complaint-damaged' }>> {
    let relay = '';
    const link = await this.#options.openRoomLink({
      ciphers: this.#options.ciphers,
      store: this.#store,
      storageKey: this.#options.folder.sealer.deriveKey('frames'),
      keys: deriveRoom(this.#options.ciphers, stored),
      stored,
      deviceNumber: this.identity.deviceNumber,
      organizationNumber: this.identity.organizationNumber,
      shared: this.#replica.shared,
      awareness: this.#replica.awareness,
      onStatus: (status) => {
        if (status.relay !== relay) {
          relay = status.relay;
          this.#transfers.poke();
          // The provider forgets everybody when a connection ends; the windows of this computer are still here.
          this.#replica.askPresence();
        }
        this.statusChanged();
      },
      onNotice: this.#options.onNotice,
    });
    if (!link.ok) return link;
    this.#room = { link: link.value, stored };
    return ok(null);
  }

  #connectedRoom(): { link: RoomLink; stored: StoredRoom } {
    if (!this.#room) throw new Error('no room');
    return this.#room;
  }

  #writeOwnOrganization(name: string): void {
    this.#replica.write((doc) =>
      writeOrganization(doc, {
        id: this.identity.organizationId,
        name,
        organizationNumber: this.identity.organizationNumber,
      }),
    );
  }

  #documentChanged(): void {
    const meta = this.#replica.read((doc) => readMeta(doc.getMap(META_ROOT)));
    const title = meta.title || this.#summary.title;
    const sample = meta.sample || this.#summary.sample;
    if (title !== this.#summary.title || sample !== this.#summary.sample) this.#changeSummary({ title, sample });
    if (this.#filling && !this.#replica.read((doc) => isEmptyRoot(doc, BODY_ROOT))) {
      this.#filling = null;
      this.#contentLooked();
    }
    this.#summaryLater();
  }

  /** The sample's text comes from its first window; its files lie here and follow once the text names them. */
  #contentLooked(): void {
    if (this.identity.needsContent !== 'sample' || this.#room || this.#attaching) return;
    const exhibits = this.#replica.read((doc) => readCollection('exhibits', doc.getMap('exhibits')));
    if (!exhibits.some((exhibit) => exhibit.sha256 !== '' && exhibit.blobId === '')) return;
    this.#attaching = attachSampleExhibits({
      samplePath: this.#options.samplePath,
      exhibits,
      seal: (bytes) => this.files.sealCopy(bytes),
      attach: (exhibitId, { blobId, blobKey }) =>
        this.#replica.write((doc) => {
          doc.getMap('exhibits').set(`${exhibitId}/blobId`, blobId);
          doc.getMap('exhibits').set(`${exhibitId}/blobKey`, blobKey);
        }),
    })
      .catch(() => this.#options.onCode('sample-exhibits-not-attached'))
      .finally(() => {
        this.#attaching = null;
      });
  }

  #changeSummary(fields: Partial<StoredSummary>): void {
    this.#summary = { ...this.#summary, ...fields };
    for (const look of [...this.#titleWaiters]) look();
    this.#summaryLater();
  }

  #summaryLater(): void {
    this.#summaryTimer ??= setTimeout(() => {
      this.#writeSummary().catch(() => this.#options.onCode('summary-not-written'));
    }, SUMMARY_MS);
  }

  #writeSummary(): Promise<void> {
    if (this.#summaryTimer) clearTimeout(this.#summaryTimer);
    this.#summaryTimer = null;
    this.#summary = { ...this.#summary, modifiedMs: Date.now() };
    const summary = this.#summary;
    this.#summaryWrite = this.#summaryWrite
      .catch(() => undefined)
      .then(async () => {
        await this.#options.folder.writeSummary(summary);
        this.#options.onSummary();
      });
    return this.#summaryWrite;
  }
}

/** True when nothing was ever put into the root, whatever type it has. */
function isEmptyRoot(doc: Y.Doc, name: string): boolean {
  const root = doc.share.get(name);
  return !root || (root._start === null && root._map.size === 0);
}
