// Over 400 lines: openings and closings of complaints follow one another here, and joining and restoring end in them.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { parseInvitation } from '../../../shared/crypto/invitation.ts';
import { roomOf } from '../../../shared/crypto/room.ts';
import { META_ROOT } from '../../../shared/domain/collections.ts';
import { type ComplaintId, isId, newId, type OrganizationId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { ComplaintStatus, Events, LibrarySummary, Notice, WaitingJoin } from '../../../shared/ipc/contract.ts';
import {
  type ComplaintIdentity,
  readIdentity,
  type StoredRoom,
  writeIdentity,
  writeRebuildMark,
  writeRoom,
} from '../complaint/ComplaintIdentity.ts';
import { OpenComplaint } from '../complaint/OpenComplaint.ts';
import { writeOrganization } from '../complaint/organizationRecord.ts';
import type { OpenRoomLink } from '../complaint/RoomLink.ts';
import { ComplaintStore, type RepairStore } from '../storage/ComplaintStore.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import { ComplaintFolder, type StoredSummary, UNFINISHED } from './ComplaintFolder.ts';
import { type FinishedJoin, Joins } from './Joins.ts';

const FIRST_CONTENT_MS = 6_000;
const JOINS = 'joins';
/** Prefix of a damaged complaint's folder that gave way to one from a backup. */
const ASIDE = '.aside-';

export interface LibraryOptions {
  path: string;
  root: Sealer;
  ciphers: Ciphers;
  openRoomLink: OpenRoomLink;
  samplePath: string;
  /** Without it a store that LevelDB refuses stays as it is. */
  repairStore?: RepairStore;
  onStatus: (status: ComplaintStatus) => void;
  onNotice: (complaintId: string, notice: Notice) => void;
  onTransfer: (event: Events['exhibits/transfer']) => void;
  onFiles: (event: Events['exhibits/files']) => void;
  onChanged: () => void;
  onMembers: (complaintId: string) => void;
  onRebuild: (complaintId: string) => void;
  onJoin: (event: Events['joins/changed']) => void;
  onCode: (code: string) => void;
}

/** All complaints of this profile, each in a folder of its own, and those that are open now. */
export class Library {
  readonly #options: LibraryOptions;
  readonly #joins: Joins;
  readonly #open = new Map<string, Promise<Result<OpenComplaint, Notice>>>();
  readonly #closing = new Map<string, Promise<void>>();
  /** A closing waits for whoever reads the records of the open store. */
  readonly #reading = new Map<string, Promise<void>>();
  /** Complaints that did not open since the program started. */
  readonly #damaged = new Set<string>();

  private constructor(options: LibraryOptions) {
    this.#options = options;
    this.#joins = new Joins({
      path: join(options.path, JOINS),
      sealer: options.root.derive('joins'),
      ciphers: options.ciphers,
      finish: (finished) => this.#finishJoin(finished),
      onChange: options.onJoin,
    });
  }

  /** Makes the folder on first start and clears away what a crash left half made. */
  static async open(options: LibraryOptions): Promise<Library> {
    await mkdir(options.path, { recursive: true, mode: 0o700 });
    for (const name of await readdir(options.path)) {
      if (name.startsWith(UNFINISHED)) await rm(join(options.path, name), { recursive: true, force: true });
    }
    const library = new Library(options);
    await library.#joins.resume();
    return library;
  }

  /** Most recently changed first. Folders that cannot be opened are listed as damaged. */
  async list(): Promise<LibrarySummary[]> {
    const entries = await readdir(this.#options.path, { withFileTypes: true });
    const found = await Promise.all(
      entries.filter((entry) => entry.isDirectory() && isId(entry.name)).map((entry) => this.#summaryOf(entry.name)),
    );
    return found.sort((a, b) => b.modifiedMs - a.modifiedMs || (a.id < b.id ? -1 : 1));
  }

  /** An empty complaint of this organization, device 1 from birth; its first window is asked to fill it. */
  async create(title: string, from: 'template' | 'sample', organizationName: string): Promise<LibrarySummary> {
    const id = newId<ComplaintId>(randomBytes);
    const summary: StoredSummary = {
      title,
      sample: from === 'sample',
      archived: false,
      modifiedMs: Date.now(),
      shared: false,
      roomId: null,
    };
    const identity: ComplaintIdentity = {
      organizationId: newId<OrganizationId>(randomBytes),
      deviceNumber: 1,
      organizationNumber: 1,
      needsContent: from,
    };
    await this.#make(id, summary, identity, null);
    const opened = await this.openComplaint(id);
    if (!opened.ok) throw new Error(opened.error.code);
    opened.value.write((doc) => {
      writeOrganization(doc, { id: identity.organizationId, name: organizationName, organizationNumber: 1 });
      // The sample brings its own title; until then the list shows the one given here.
      if (title !== '' && from === 'template') doc.getMap(META_ROOT).set('title', title);
    });
    await this.close(id);
    this.#options.onChanged();
    return this.#summaryOf(id);
  }

  /**
   * Asks to be let in under an invitation link and waits a little for it. 'waiting': the program goes on asking, over
   * restarts; the complaint appears when a device of the room has answered.
   */
  async accept(
    linkText: string,
    organizationName: string,
  ): Promise<Result<{ joined: LibrarySummary } | { waiting: WaitingJoin }, Notice>> {
    const link = parseInvitation(linkText);
    if (!link.ok) return link;
    const { roomId } = roomOf(this.#options.ciphers, link.value.roomPublicKey);
    const known = await this.#idOfRoom(roomId);
    if (known && !(await this.#mayJoinAgain(known))) return fail({ code: 'link-same-complaint' });
    const joining = await this.#joins.begin(linkText, organizationName);
    const outcome = await this.#joins.settle(joining, FIRST_CONTENT_MS);
    if (!outcome.ok) return outcome;
    const { joined } = outcome.value;
    return ok(joined ? { joined: await this.#summaryOf(joined) } : { waiting: this.#joins.read(joining) });
  }

  get joins(): Joins {
    return this.#joins;
  }

  /** A device of the room has let this one in: makes the complaint, or gives a restored one its place again. */
  async #finishJoin({ link, deviceSeed, organizationName, admission }: FinishedJoin): Promise<Result<string, Notice>> {
    const { relayUrl, roomPublicKey } = link;
    const { roomId } = roomOf(this.#options.ciphers, roomPublicKey);
    const { device, organization } = admission;
    const known = await this.#idOfRoom(roomId);
    const room: StoredRoom = {
      version: 2,
      relayUrl,
      roomPublicKey,
      rootSeed: null,
      deviceSeed,
      invitations: [],
      verified: {},
    };
    const id = known ?? newId<ComplaintId>(randomBytes);
    const identity: ComplaintIdentity = {
      organizationId: newId<OrganizationId>(randomBytes),
      deviceNumber: device,
      organizationNumber: organization,
      needsContent: 'no',
    };
    if (known) await this.#rejoin(known, identity, room);
    else
      await this.#make(
        id,
        { title: '', sample: false, archived: false, modifiedMs: Date.now(), shared: true, roomId },
        identity,
        room,
      );
    const opened = await this.openComplaint(id);
    if (!opened.ok) return opened;
    await opened.value.awaitFirstContent(FIRST_CONTENT_MS);
    opened.value.writeOwnOrganization(organizationName);
    this.#options.onChanged();
    return ok(id);
  }

  async #rejoin(id: string, identity: ComplaintIdentity, room: StoredRoom): Promise<void> {
    await this.close(id);
    const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
    if (!folder.ok) throw new Error(folder.error.code);
    const store = await ComplaintStore.open(folder.value.storePath, folder.value.sealer.derive('store'), false);
    if (!store.ok) throw new Error(store.error.code);
    const before = await readIdentity(store.value);
    await writeRebuildMark(store.value, true);
    await writeIdentity(store.value, {
      ...identity,
      organizationId: before?.organizationId ?? identity.organizationId,
    });
    await writeRoom(store.value, room);
    await store.value.close();
  }

  async #idOfRoom(roomId: string): Promise<string | null> {
    for (const id of await this.#ids()) {
      const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
      if (folder.ok && (await folder.value.readSummary())?.roomId === roomId) return id;
    }
    return null;
  }

  /** A restored complaint without its room's root, or one that was removed from the room. */
  async #mayJoinAgain(id: string): Promise<boolean> {
    const wasOpen = this.#open.has(id);
    const opened = await this.openComplaint(id);
    if (!opened.ok) return false;
    const { removed, relayReason } = opened.value.status;
    if (!wasOpen) await this.close(id);
    return removed || relayReason === 'room-restored';
  }

  async rename(id: string, title: string): Promise<Result<LibrarySummary, Notice>> {
    return this.#change(id, (complaint) => complaint.rename(title));
  }

  async archive(id: string, archived: boolean): Promise<Result<LibrarySummary, Notice>> {
    return this.#change(id, (complaint) => complaint.archive(archived));
  }

  /** Opens it, or gives the one that is open. A failure changes nothing on disk. */
  async openComplaint(id: string): Promise<Result<OpenComplaint, Notice>> {
    await this.#closing.get(id);
    const running = this.#open.get(id);
    if (running) return running;
    const work = this.#openNow(id);
    this.#open.set(id, work);
    const result = await work.catch((error: unknown) => {
      this.#open.delete(id);
      throw error;
    });
    if (!result.ok) this.#open.delete(id);
    return result;
  }

  /** The complaint if it is open. */
  async find(id: string): Promise<OpenComplaint | null> {
    const result = await this.#open.get(id);
    return result?.ok ? result.value : null;
  }

  async close(id: string): Promise<void> {
    const complaint = await this.find(id);
    if (!complaint) return;
    this.#open.delete(id);
    const work = Promise.resolve(this.#reading.get(id))
      .then(() => complaint.close())
      .finally(() => this.#closing.delete(id));
    this.#closing.set(id, work);
    await work;
  }

  async closeAll(): Promise<void> {
    this.#joins.stop();
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)));
    await Promise.all(this.#closing.values());
  }

  get path(): string {
    return this.#options.path;
  }

  /**
   * For a backup: hands over the sealed records as they stand at this moment, of an open complaint as well. An opening
   * that comes meanwhile waits; the records are of one LevelDB snapshot.
   */
  async readRecords<T>(
    id: string,
    use: (folder: ComplaintFolder, rows: AsyncIterable<[string, Uint8Array]>) => Promise<T>,
  ): Promise<Result<T, Notice>> {
    await this.#closing.get(id);
    const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
    if (!folder.ok) return folder;
    const { storePath } = folder.value;
    // Whoever opened it has been told when that failed.
    await this.#open.get(id)?.catch(() => undefined);
    const open = ComplaintStore.find(storePath);
    if (open) {
      const work = use(folder.value, open.db.iterator());
      const done = work.then(
        () => undefined,
        () => undefined,
      );
      this.#reading.set(id, done);
      return ok(await work);
    }
    return this.#alone(id, async () => {
      const store = await ComplaintStore.open(storePath, folder.value.sealer.derive('store'), false);
      if (!store.ok) return store;
      try {
        return ok(await use(folder.value, store.value.db.iterator()));
      } finally {
        await store.value.close();
      }
    });
  }

  /** Moves a damaged complaint's folder out of the list; it is kept. */
  async setAside(id: string): Promise<void> {
    await this.close(id);
    await this.#alone(id, async () => {
      const taken = new Set(await readdir(this.#options.path));
      let number = 1;
      while (taken.has(`${ASIDE}${id}-${number}`)) number += 1;
      await rename(join(this.#options.path, id), join(this.#options.path, `${ASIDE}${id}-${number}`));
      this.#damaged.delete(id);
    });
  }

  /** A complaint that came back from a backup is there now. */
  async returned(id: string): Promise<LibrarySummary> {
    this.#options.onChanged();
    return this.#summaryOf(id);
  }

  /** Runs `work` while nobody opens the complaint. */
  async #alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const result = work();
    const done = result.then(
      () => undefined,
      () => undefined,
    );
    this.#closing.set(id, done);
    try {
      return await result;
    } finally {
      if (this.#closing.get(id) === done) this.#closing.delete(id);
    }
  }

  /** [CS1] What does not open is repaired once, and opened again; the person is told. */
  async #openNow(id: string): Promise<Result<OpenComplaint, Notice>> {
    const first = await this.#openAsItIs(id);
    if (first.ok || first.error.code !== 'complaint-damaged') return first;
    const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
    const { repairStore } = this.#options;
    const repaired = folder.ok && repairStore && (await ComplaintStore.repair(folder.value.storePath, repairStore));
    const second = repaired ? await this.#openAsItIs(id) : first;
    if (second.ok) {
      this.#damaged.delete(id);
      this.#options.onNotice(id, { code: 'complaint-repaired' });
    } else this.#damaged.add(id);
    this.#options.onChanged();
    return second;
  }

  async #openAsItIs(id: string): Promise<Result<OpenComplaint, Notice>> {
    const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
    if (!folder.ok) return folder;
    const summary = (await folder.value.readSummary()) ?? {
      title: '',
      sample: false,
      archived: false,
      modifiedMs: Date.now(),
      shared: false,
      roomId: null,
    };
    return OpenComplaint.open({
      folder: folder.value,
      summary,
      ciphers: this.#options.ciphers,
      openRoomLink: this.#options.openRoomLink,
      samplePath: this.#options.samplePath,
      onStatus: this.#options.onStatus,
      onNotice: (notice) => this.#options.onNotice(id, notice),
      onTransfer: this.#options.onTransfer,
      onFiles: this.#options.onFiles,
      onSummary: this.#options.onChanged,
      onMembers: this.#options.onMembers,
      onRebuild: this.#options.onRebuild,
      onCode: this.#options.onCode,
    });
  }

  async #change(id: string, use: (complaint: OpenComplaint) => void): Promise<Result<LibrarySummary, Notice>> {
    const wasOpen = this.#open.has(id);
    const opened = await this.openComplaint(id);
    if (!opened.ok) return opened;
    use(opened.value);
    const { summary } = opened.value;
    await opened.value.flush();
    if (!wasOpen) await this.close(id);
    return ok(listed(id, summary));
  }

  async #make(id: string, summary: StoredSummary, identity: ComplaintIdentity, room: StoredRoom | null): Promise<void> {
    await ComplaintFolder.create(this.#options.path, id, this.#options.root, summary, async (folder) => {
      const store = await ComplaintStore.open(folder.storePath, folder.sealer.derive('store'), true);
      if (!store.ok) throw new Error(store.error.code);
      await writeIdentity(store.value, identity);
      if (room) await writeRoom(store.value, room);
      await store.value.close();
    });
  }

  async #summaryOf(id: string): Promise<LibrarySummary> {
    const open = await this.find(id);
    if (open) return listed(id, open.summary);
    const folder = await ComplaintFolder.open(this.#options.path, id, this.#options.root);
    const summary = folder.ok ? await folder.value.readSummary() : null;
    if (!summary)
      return {
        id,
        title: '',
        sample: false,
        archived: false,
        modifiedMs: 0,
        shared: false,
        damaged: !folder.ok || this.#damaged.has(id),
      };
    return { ...listed(id, summary), damaged: this.#damaged.has(id) };
  }

  async #ids(): Promise<string[]> {
    return (await readdir(this.#options.path)).filter(isId);
  }
}

function listed(id: string, summary: StoredSummary): LibrarySummary {
  const { title, sample, archived, modifiedMs, shared } = summary;
  return { id, title, sample, archived, modifiedMs, shared, damaged: false };
}
