// Over 200 lines: the one place where store, documents, files and room of a complaint meet; each has its own file.
import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { parseRelayUrl } from '../../../shared/crypto/invitation.ts';
import { roomOf } from '../../../shared/crypto/room.ts';
import { BODY_ROOT, META_ROOT, readCollection, readMeta } from '../../../shared/domain/collections.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { ComplaintStatus, Events, Notice } from '../../../shared/ipc/contract.ts';
import type { LatePassage } from '../../../shared/sync/carryOver.ts';
import { LastSeen } from '../activity/LastSeen.ts';
import { attachSampleExhibits } from '../exhibits/attachSampleExhibits.ts';
import { BlobTransfers } from '../exhibits/BlobTransfers.ts';
import type { SealedCopy } from '../exhibits/CopyWriter.ts';
import { ExhibitFiles } from '../exhibits/ExhibitFiles.ts';
import { HolderPresence } from '../exhibits/HolderPresence.ts';
import { ROOTS_WITH_FILES, readOrganizationNames, readWantedFiles } from '../exhibits/readWantedFiles.ts';
import type { ComplaintFolder, StoredSummary } from '../library/ComplaintFolder.ts';
import type { DocPort, MessageEnd } from '../replica/DocPort.ts';
import type { OutboundGate } from '../replica/OutboundGate.ts';
import { Replica } from '../replica/Replica.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import { readSharedState } from '../sync/sharedState.ts';
import { packState, Versions } from '../versions/Versions.ts';
import {
  type ComplaintIdentity,
  readCarried,
  readIdentity,
  readRebuildMark,
  readRecovered,
  readRoom,
  type StoredRecovered,
  type StoredRoom,
  takeWindowNumber,
  writeCarried,
  writeRebuildMark,
  writeRecovered,
  writeRoom,
} from './ComplaintIdentity.ts';
import { ComplaintRoom, newStoredRoom } from './ComplaintRoom.ts';
import { writeOrganization } from './organizationRecord.ts';
import { parseRoomToken } from './parseRoomToken.ts';
import type { OpenRoomLink, RoomLinkOptions } from './RoomLink.ts';
import { addLate, buildReplica, findLostPassages, holdsVoidWords } from './rebuildReplica.ts';
import { rejoinAsOwner } from './rejoinAsOwner.ts';
import { SchemaWatch } from './SchemaWatch.ts';

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
  onMembers: (complaintId: string) => void;
  /** It must be closed and opened again: frames it was built of count no longer. */
  onRebuild: (complaintId: string) => void;
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
  readonly versions: Versions;
  readonly #options: OpenComplaintOptions;
  readonly #store: ComplaintStore;
  readonly #replica: Replica;
  readonly #transfers: BlobTransfers;
  readonly #schema: SchemaWatch;
  readonly #titleWaiters = new Set<() => void>();
  #room: ComplaintRoom | null = null;
  /** The room of a restored complaint that nobody has let in again. */
  #restored = false;
  #recovered: StoredRecovered = [];
  #rebuilding = false;
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
    this.versions = new Versions(store, () => Date.now());
    this.#replica = replica;
    this.id = options.folder.id;
    this.identity = identity;
    this.#summary = options.summary;
    this.#schema = new SchemaWatch({
      read: (use) => replica.read(use),
      write: (use) => replica.write(use),
      // Every window has it again, for reading only.
      onNewer: () => options.onRebuild(this.id),
    });
    this.#transfers = new BlobTransfers({
      blobsPath: options.folder.blobsPath,
      store,
      room: () =>
        this.#room?.session.status.relay === 'online' && replica.gate.state.open ? this.#room.session : null,
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
    const found = await readIdentity(store);
    if (!found) return fail({ code: 'complaint-damaged' });
    const storedRoom = await readRoom(store);
    let identity = found;
    let room = storedRoom;
    if (room?.restored && room.rootSeed) {
      const { rootSeed } = room;
      const storageKey = options.folder.sealer.deriveKey('frames');
      const { ciphers } = options;
      ({ identity, stored: room } = await rejoinAsOwner({
        ciphers,
        store,
        storageKey,
        identity,
        stored: { ...room, rootSeed },
      }));
    }
    const opened = await OpenComplaint.#build(store, options, identity, room);
    if (opened.ok || opened.error.code !== 'passages-recovered') return opened;
    // the replica was built anew on disk: read it from there
    const again = await OpenComplaint.#build(store, options, identity, room);
    if (again.ok) options.onNotice(opened.error);
    return again;
  }

  /** 'passages-recovered': the replica on disk held what counts no longer and has been replaced; build again. */
  static async #build(
    store: ComplaintStore,
    options: OpenComplaintOptions,
    identity: ComplaintIdentity,
    room: StoredRoom | null,
  ): Promise<Result<OpenComplaint, Notice>> {
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
    self.#recovered = await readRecovered(store);
    if (room?.restored) self.#restored = true;
    else if (room) {
      await self.#enterRoom(room, false);
      const rebuilt = await self.#rebuild();
      if (rebuilt) return fail(rebuilt);
    }
    await replica.value.start(identity.deviceNumber * WINDOW_BITS);
    const complaint = self;
    for (const root of ROOTS_WITH_FILES) replica.value.shared.getMap(root).observe(() => complaint.#transfers.poke());
    replica.value.gate.onChange(() => {
      complaint.statusChanged();
      complaint.#transfers.poke();
    });
    complaint.#room?.session.connect();
    complaint.#contentLooked();
    return ok(complaint);
  }

  get status(): ComplaintStatus {
    const gate = this.#replica.gate.state;
    const room = this.#room?.session.status;
    const missing = room?.missing ?? [];
    const organizations = missing.length > 0 ? (this.#room?.organizations ?? []) : [];
    return {
      complaintId: this.id,
      saved: this.#replica.saved,
      relay: this.#restored ? 'refused' : (room?.relay ?? 'none'),
      relayReason: this.#restored ? 'room-restored' : (room?.relayReason ?? ''),
      unsentFrames: room?.unsentFrames ?? 0,
      partners: room?.partners ?? 0,
      partnersUpToDate: room?.partnersUpToDate ?? 0,
      heldBack: gate.open ? null : { sinceMs: gate.sinceMs, reason: gate.reason.code },
      role: room?.role ?? null,
      removed: room?.removed ?? false,
      missing: missing.map(({ device, count, sinceMs }) => ({
        organization:
          organizations.find(({ order }) => order === this.#room?.session.view.devices.get(device)?.organization)
            ?.name ?? '',
        deviceNumber: device,
        count,
        sinceMs,
      })),
      recovered: this.#recovered.length,
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
    const newer = this.#schema.isNewer;
    if (newer) this.#options.onNotice({ code: 'complaint-newer-version' });
    const room = this.#room?.session.status;
    const readOnly = windowNumber === null || newer || room?.role === 'reader' || room?.removed === true;
    const clientId = this.identity.deviceNumber * WINDOW_BITS + (windowNumber ?? 0);
    const port = this.#replica.attach(end, clientId, readOnly);
    const empty = this.#replica.read((doc) => isEmptyRoot(doc, BODY_ROOT));
    // Only one window fills an empty complaint; should it go away before it did, the next one is asked.
    const needsContent = empty && !readOnly && !this.#filling ? this.identity.needsContent : 'no';
    if (needsContent !== 'no') this.#filling = port;
    this.#schema.attached({ mayWrite: !readOnly, mayRaise: !readOnly && !empty && room?.role !== 'reviewer' });
    return { port, clientId, needsContent, readOnly };
  }

  detach(port: DocPort): void {
    if (this.#filling === port) this.#filling = null;
    this.#replica.detach(port);
  }

  flush(): Promise<void> {
    return this.#replica.flush();
  }

  /** As `flush`; what changes in the windows from then on stays with them until they are attached again. */
  endWindows(): Promise<void> {
    return this.#replica.endWindows();
  }

  endWindow(port: DocPort): Promise<void> {
    return this.#replica.endWindow(port);
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

  /** Who is in; null while the complaint is not shared. */
  get room(): ComplaintRoom | null {
    return this.#room;
  }

  /** Makes the room on first use: the whole complaint then leaves through the gate, sealed. */
  async createInvitation(
    relayUrlText: string,
    organizationName: string,
    {
      roomToken: roomTokenText = '',
      ...invitation
    }: Parameters<ComplaintRoom['invite']>[0] & { roomToken?: string | undefined },
  ): Promise<Result<{ link: string }, Notice>> {
    const relayUrl = parseRelayUrl(relayUrlText);
    if (!relayUrl.ok) return relayUrl;
    const roomToken = parseRoomToken(roomTokenText);
    if (!roomToken.ok) return roomToken;
    if (this.#restored) return fail({ code: 'room-restored' });
    if (organizationName !== '') this.writeOwnOrganization(organizationName);
    if (!this.#room) {
      const stored = newStoredRoom(this.#options.ciphers, relayUrl.value, roomToken.value);
      await this.#replica.flush();
      await writeRoom(this.#store, stored);
      await this.#enterRoom(stored, true);
      this.#changeSummary({ shared: true, roomId: roomOf(this.#options.ciphers, stored.roomPublicKey).roomId });
      await this.#writeSummary();
      this.#replica.gate.open();
      this.#connectedRoom().session.connect();
      this.statusChanged();
    }
    return this.#connectedRoom().invite(invitation);
  }

  /** [DO51] A state as a sealed file for partners; null while it must stay here. */
  async sealState(state: Uint8Array): Promise<(SealedCopy & { sizeBytes: number }) | null> {
    const free = (): boolean => this.#room !== null && this.status.role !== 'reader' && this.#replica.gate.state.open;
    if (!free()) return null;
    const packed = await packState(state);
    const file = await this.files.sealCopy(packed);
    // The gate may have closed meanwhile, for a word in it.
    return free() ? { ...file, sizeBytes: packed.length } : null;
  }

  /** Everything a partner may have, what was typed a moment ago included; null while the complaint is not shared. */
  async exportBundle(): Promise<{ bytes: Uint8Array; frames: number } | null> {
    await this.#replica.flush();
    return this.#room ? this.#room.exportBundle() : null;
  }

  get recovered(): StoredRecovered {
    return this.#recovered;
  }

  /** Words typed in a window while this was built anew, where the text has no place for them any more. [SY55] */
  async keepRecovered(late: readonly LatePassage[]): Promise<void> {
    this.#recovered = addLate(this.#recovered, late, Date.now());
    await writeRecovered(this.#store, this.#recovered);
    this.statusChanged();
  }

  async discardRecovered(recoveredId: string): Promise<void> {
    this.#recovered = this.#recovered.filter(({ id }) => id !== recoveredId);
    await writeRecovered(this.#store, this.#recovered);
    this.statusChanged();
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
    await this.files.close();
    const transfersEnded = this.#transfers.close();
    await this.#attaching;
    await this.#replica.flush();
    await this.#room?.session.close();
    await transfersEnded;
    // Losing the place of the reader must not keep the complaint from closing.
    await this.markSeen(this.#replica.read((doc) => Y.encodeStateAsUpdate(doc))).catch(() =>
      this.#options.onCode('last-seen-not-written'),
    );
    if (this.#rebuilding) await writeCarried(this.#store, this.#replica.held);
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

  async #enterRoom(stored: StoredRoom, founding: boolean): Promise<void> {
    let relay = '';
    const options: RoomLinkOptions = {
      ciphers: this.#options.ciphers,
      store: this.#store,
      storageKey: this.#options.folder.sealer.deriveKey('frames'),
      stored,
      founding,
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
      onNotice: (notice) => this.#options.onNotice(this.#withNames(notice)),
      onMembers: () => {
        this.#options.onMembers(this.id);
        this.statusChanged();
      },
      onRebuild: () => this.#askForRebuild(),
      onFirstState: (state) => this.#replica.takeFirstState(state),
    };
    this.#room = new ComplaintRoom(await this.#options.openRoomLink(options), options);
  }

  /** Who did it, by the name that its computer goes under. */
  #withNames(notice: Notice): Notice {
    if (notice.code !== 'role-breach') return notice;
    const device = Number(notice.params?.device);
    const organization = readOrganizationNames(this.#replica.shared).get(device) ?? String(device);
    return { ...notice, params: { ...notice.params, organization } };
  }

  /** [SY55] Frames count no longer: remembered on disk first, so that a crash in between changes nothing. */
  #askForRebuild(): void {
    if (this.#rebuilding) return;
    this.#rebuilding = true;
    this.#replica.gate.hold({ code: 'rebuilding' });
    writeRebuildMark(this.#store, true).then(
      () => this.#options.onRebuild(this.id),
      () => this.#options.onNotice({ code: 'disk-full' }),
    );
  }

  /**
   * Replaces a replica that holds what counts no longer. Own changes that had not left yet go on in the new one where
   * they can; own passages that go with the old one are kept beside it.
   */
  async #rebuild(): Promise<Notice | null> {
    const own = this.identity.deviceNumber;
    const { shared } = this.#replica;
    const needed =
      (await readRebuildMark(this.#store)) || this.#replica.read((doc) => holdsVoidWords(doc, shared, own));
    if (!needed) return null;
    const now = buildReplica(readSharedState(shared), await readCarried(this.#store));
    const lost = this.#replica.read((doc) => findLostPassages(doc, now, own, Date.now()));
    await writeRecovered(this.#store, [...this.#recovered, ...lost]);
    await this.#replica.replaceOnDisk(Y.encodeStateAsUpdate(now));
    now.destroy();
    await writeRebuildMark(this.#store, false);
    await writeCarried(this.#store, []);
    await this.#room?.session.close();
    await this.#replica.abandon();
    return { code: 'passages-recovered', params: { count: lost.length } };
  }

  #connectedRoom(): ComplaintRoom {
    if (!this.#room) throw new Error('no room');
    return this.#room;
  }

  writeOwnOrganization(name: string): void {
    this.#replica.write((doc) =>
      writeOrganization(doc, {
        id: this.identity.organizationId,
        name,
        organizationNumber: this.identity.organizationNumber,
      }),
    );
  }

  #documentChanged(): void {
    this.#schema.changed();
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
