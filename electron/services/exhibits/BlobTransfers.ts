// Over 200 lines: the one place that decides which file moves next; files, marks, presence and the line have their own.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Events, FileState, Notice } from '../../../shared/ipc/contract.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { noticeOfError } from '../storage/noticeOfError.ts';
import type { BlobTransfers as RoomBlobs, TransferOutcome } from '../sync/BlobTransfers.ts';
import { PartialBlobFile, removeLeftOverParts, setDamagedAside } from './PartialBlobFile.ts';
import type { WantedFile } from './readWantedFiles.ts';
import { SealedBlobFile } from './SealedBlobFile.ts';
import { TransferMarks } from './TransferMarks.ts';

/** What is needed of a room here. */
export interface BlobRoom {
  readonly blobs: Pick<RoomBlobs, 'send' | 'fetchInto' | 'isAtRelay'>;
}
/** Which partner has which file; see HolderPresence. */
export interface Holders {
  load(): Promise<void>;
  /** Devices other than this one. */
  holders(blobId: string): readonly number[];
  say(blobIds: readonly string[], again: boolean): void;
  noteSent(): void;
  close(): Promise<void>;
}
export interface BlobTransferOptions {
  blobsPath: string;
  store: ComplaintStore;
  deviceNumber: number;
  /** Null when nothing may cross now: not shared, relay away, or the gate holds. */
  room: () => BlobRoom | null;
  /** Files that the shared document names. */
  wanted: () => readonly WantedFile[];
  /** Names of organizations by device; a device without one is left out. */
  organizations: () => ReadonlyMap<number, string>;
  holders: Holders | null;
  onTransfer: (event: Omit<Events['exhibits/transfer'], 'complaintId'>) => void;
  onFiles: (event: Omit<Events['exhibits/files'], 'complaintId'>) => void;
  onNotice: (notice: Notice) => void;
  retryMs?: number;
  /** Longest wait before a file is sent that another device added and the relay lost. */
  standInMs?: number;
}

type Way = 'up' | 'down';
/** Why a transfer was stopped: `person` for good, the others until they are over. */
type StopReason = 'person' | 'paused' | 'room' | 'preempted' | 'closed';
interface Moving {
  blobId: string;
  way: Way;
  moved: number;
  total: number;
  toldMs: number;
  control: AbortController;
}
type Outcome = Result<null, Notice>;

/** Times a file may arrive damaged before a person is told. */
export const MAX_DAMAGED = 3;
const PROGRESS_MS = 150;
const FILES_MS = 60;
const LONGEST_RETRY = 16;

/**
 * Brings sealed blobs to the relay and from it, one at a time each way, going on where a cut line or a closed program left
 * them. What has still to go up is remembered on disk, also before the complaint is shared; what has to come down follows
 * from the shared document. A file that the relay lost is sent again by whoever has it.
 */
export class BlobTransfers {
  readonly #options: BlobTransferOptions;
  readonly #marks: TransferMarks;
  #loaded: Promise<void> | null = null;
  readonly #here = new Set<string>();
  /** What the relay said it holds, in this connection; true is kept beyond it until it says otherwise. */
  readonly #atRelay = new Map<string, boolean>();
  readonly #asked = new Set<string>();
  readonly #damaged = new Set<string>();
  readonly #standingIn = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #moving: { up: Moving | null; down: Moving | null } = { up: null, down: null };
  readonly #requested = new Map<string, ((outcome: Outcome) => void)[]>();
  #running = { up: false, down: false, ask: false };
  #online = false;
  #poked = false;
  /** The connection is new: partners have to be told anew what is here. */
  #sayAgain = false;
  /** Files that a person wants sent although everything is paused. */
  readonly #pressed = new Set<string>();
  #tries = 0;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #filesTimer: ReturnType<typeof setTimeout> | null = null;
  #filesTold = '';
  #diskTold = false;
  #closed = false;
  readonly #work = new Set<Promise<unknown>>();

  constructor(options: BlobTransferOptions) {
    this.#options = options;
    this.#marks = new TransferMarks(options.store);
  }

  /** What an earlier run left over is cleared away: from here on temporary files are this run's. */
  ready(): Promise<void> {
    return this.#load();
  }

  async rememberUpload(blobId: string): Promise<void> {
    await this.#load();
    await this.#marks.setUpload(blobId, 'waiting');
  }

  /** Looks again at what has to go up or come down: call it when the relay, the gate or the shared document changed. */
  poke(): void {
    if (this.#closed) return;
    const online = this.#options.room() !== null;
    const cameOnline = online && !this.#online;
    this.#online = online;
    if (!online) this.#stopAll('room');
    if (cameOnline) {
      this.#tries = 0;
      this.#asked.clear();
    }
    this.#sayAgain ||= cameOnline;
    if (this.#poked) return;
    this.#poked = true;
    this.#do(async () => {
      try {
        await this.#load();
      } finally {
        this.#poked = false;
      }
      await this.#lookHere();
      if (this.#closed || !this.#options.room()) return;
      if (this.#sayAgain) this.#giveRefusedAnotherTry();
      this.#options.holders?.say([...this.#here], this.#sayAgain);
      this.#sayAgain = false;
      this.#move();
    });
  }

  /** The file's record was opened: fetches it now unless a person stopped or paused it. */
  async fetchNow(blobId: string): Promise<Outcome> {
    await this.#load();
    if (this.#closed || this.#marks.paused || this.#marks.stoppedDownloads.has(blobId) || !this.#options.room())
      return fail({ code: 'blob-not-here' });
    return this.#request(blobId);
  }

  /** A person wants this file to move now, whatever stopped it. */
  async retry(blobId: string): Promise<void> {
    await this.#load();
    this.#damaged.delete(blobId);
    await this.#marks.setDownloadStopped(blobId, false);
    await this.#lookHere();
    if (this.#here.has(blobId)) {
      if (this.#atRelay.get(blobId) !== true || this.#marks.uploads.has(blobId))
        await this.#marks.setUpload(blobId, 'waiting');
      this.#pressed.add(blobId);
    } else if (this.#options.room()) void this.#request(blobId);
    this.#tries = 0;
    this.poke();
  }

  /** A person does not want this file to move. What has moved is kept for another time. */
  async stop(blobId: string): Promise<void> {
    await this.#load();
    if (this.#marks.uploads.has(blobId)) await this.#marks.setUpload(blobId, 'stopped');
    else if (!this.#here.has(blobId)) await this.#marks.setDownloadStopped(blobId, true);
    for (const moving of [this.#moving.up, this.#moving.down])
      if (moving?.blobId === blobId) moving.control.abort('person' satisfies StopReason);
    this.#tellFiles();
  }

  /** Stops or lets go on everything of this complaint, for a line that costs money. */
  async setPaused(paused: boolean): Promise<void> {
    await this.#load();
    await this.#marks.setPaused(paused);
    if (paused) this.#stopAll('paused');
    this.#tellFiles();
    this.poke();
  }

  /** Where every file is, as far as this computer knows. */
  async files(): Promise<Omit<Events['exhibits/files'], 'complaintId'>> {
    await this.#load();
    await this.#lookHere();
    return this.#describe();
  }

  /** Nothing is written once it resolves. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopAll('closed');
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    if (this.#filesTimer) clearTimeout(this.#filesTimer);
    for (const timer of this.#standingIn.values()) clearTimeout(timer);
    while (this.#work.size > 0) await Promise.allSettled([...this.#work]);
    await this.#options.holders?.close();
  }

  #load(): Promise<void> {
    this.#loaded ??= (async () => {
      await this.#marks.load();
      await this.#options.holders?.load();
      await removeLeftOverParts(this.#options.blobsPath, new Set(this.#options.wanted().map(({ blobId }) => blobId)));
    })().catch((error) => {
      this.#loaded = null; // the next call tries again
      throw error;
    });
    return this.#loaded;
  }

  /** Whole files alone have the name that is looked for. */
  async #lookHere(): Promise<void> {
    const ids = new Set([...this.#options.wanted().map(({ blobId }) => blobId), ...this.#marks.uploads.keys()]);
    for (const blobId of ids) {
      if (this.#here.has(blobId)) continue;
      if (await exists(join(this.#options.blobsPath, blobId))) this.#here.add(blobId);
    }
    this.#tellFiles();
  }

  /** A relay that came back may have more room. */
  #giveRefusedAnotherTry(): void {
    for (const [blobId, mark] of this.#marks.uploads)
      if (mark === 'refused') this.#marks.uploads.set(blobId, 'waiting'); // on disk it stays refused: not told again
  }

  #move(): void {
    if (this.#closed || !this.#options.room()) return;
    this.#loop(
      'up',
      () => this.#nextUpload(),
      (blobId) => this.#upload(blobId),
    );
    this.#loop(
      'down',
      () => this.#nextDownload(),
      (blobId) => this.#download(blobId),
    );
    if (!this.#marks.paused) this.#do(() => this.#askRelay());
  }

  #loop(way: Way, next: () => string | null, move: (blobId: string) => Promise<'next' | 'later'>): void {
    if (this.#running[way]) return;
    this.#running[way] = true;
    const skipped = new Set<string>();
    this.#do(async () => {
      try {
        for (let blobId = next(); blobId !== null && !skipped.has(blobId); blobId = next()) {
          if (this.#closed || !this.#options.room()) return;
          if ((await move(blobId)) === 'later') {
            skipped.add(blobId);
            this.#retryLater();
          }
        }
      } finally {
        this.#running[way] = false;
        this.#tellFiles();
      }
    });
  }

  #nextUpload(): string | null {
    for (const [blobId, mark] of this.#marks.uploads) {
      if (mark !== 'waiting' || !this.#here.has(blobId)) continue;
      if (!this.#marks.paused || this.#pressed.has(blobId)) return blobId;
    }
    return null;
  }

  #nextDownload(): string | null {
    for (const blobId of this.#requested.keys()) return blobId;
    if (this.#marks.paused) return null;
    for (const { blobId } of this.#options.wanted()) if (this.#mayCome(blobId)) return blobId;
    return null;
  }

  #mayCome(blobId: string): boolean {
    return (
      !this.#here.has(blobId) &&
      !this.#damaged.has(blobId) &&
      !this.#marks.stoppedDownloads.has(blobId) &&
      !(this.#asked.has(blobId) && this.#atRelay.get(blobId) === false)
    );
  }

  async #upload(blobId: string): Promise<'next' | 'later'> {
    const room = this.#options.room();
    const source = await SealedBlobFile.open(this.#options.blobsPath, blobId);
    if (!source || !room) {
      await source?.close();
      if (room) {
        await setDamagedAside(this.#options.blobsPath, blobId);
        this.#here.delete(blobId); // a partner or the relay may have a good one
        await this.#marks.setUpload(blobId, null);
        this.poke();
      }
      return 'next';
    }
    const refusedBefore = await this.#options.store.get(`upload/${blobId}`);
    const moving = this.#start('up', blobId, source.sizeBytes);
    const sent = await room.blobs.send(source, this.#progress(moving)).finally(() => source.close());
    this.#moving.up = null;
    this.#pressed.delete(blobId);
    if (this.#closed) return 'next';
    if (sent.ok) {
      this.#atRelay.set(blobId, true);
      this.#asked.add(blobId);
      await this.#marks.setUpload(blobId, null);
      this.#tellDone(moving);
      this.#options.holders?.noteSent();
      return 'next';
    }
    if (sent.error.code === 'stopped') return 'next';
    if (sent.error.code === 'relay-quota') {
      await this.#marks.setUpload(blobId, 'refused');
      if (refusedBefore?.[0] !== 2) this.#options.onNotice({ code: 'exhibit-relay-full' });
      return 'next';
    }
    return 'later';
  }

  async #download(blobId: string): Promise<'next' | 'later'> {
    const outcome = await this.#fetchWhole(blobId);
    if (outcome === 'preempted') return 'next';
    for (const answer of this.#requested.get(blobId) ?? []) answer(outcome);
    this.#requested.delete(blobId);
    if (outcome.ok || this.#closed) return 'next';
    if (outcome.error.code === 'blob-damaged') return 'next';
    if (this.#mayCome(blobId)) return 'later';
    this.#retryLater();
    return 'next';
  }

  async #fetchWhole(blobId: string): Promise<Outcome | 'preempted'> {
    for (let damaged = 0; damaged < MAX_DAMAGED; ) {
      const room = this.#options.room();
      if (!room || this.#closed) return fail({ code: 'blob-not-here' });
      const partial = await PartialBlobFile.open(this.#options.blobsPath, blobId);
      const moving = this.#start('down', blobId, partial.sizeBytes ?? 0);
      let fetched: TransferOutcome = ok(null);
      try {
        if (!partial.isComplete) fetched = await room.blobs.fetchInto(blobId, partial, this.#progress(moving));
        if (fetched.ok && (await partial.finish())) {
          this.#here.add(blobId);
          this.#atRelay.set(blobId, true);
          this.#asked.add(blobId);
          this.#tellDone(moving);
          this.#options.holders?.say([...this.#here], false);
          return ok(null);
        }
      } finally {
        await partial.close();
        this.#moving.down = null;
      }
      if (!fetched.ok) {
        const { code } = fetched.error;
        if (code === 'stopped')
          return moving.control.signal.reason === 'preempted' ? 'preempted' : fail({ code: 'blob-not-here' });
        if (code !== 'blob-damaged') {
          if (code === 'blob-not-here') this.#noteAtRelay(blobId, false);
          return fail({ code: code === 'blob-not-here' || code === 'relay-away' ? 'blob-not-here' : code });
        }
        await partial.discard();
      }
      damaged += 1;
    }
    this.#damaged.add(blobId);
    this.#options.onNotice({ code: 'blob-damaged' });
    return fail({ code: 'blob-damaged' });
  }

  /** What the relay lacks and this computer has goes up again: the relay lost it, or whoever added it never sent it. */
  async #askRelay(): Promise<void> {
    if (this.#running.ask) return;
    this.#running.ask = true;
    try {
      for (const { blobId, addedBy } of this.#options.wanted()) {
        const room = this.#options.room();
        if (!room || this.#closed || this.#marks.paused) return;
        if (this.#asked.has(blobId) || this.#marks.uploads.has(blobId)) continue;
        const there = await room.blobs.isAtRelay(blobId);
        if (there === null || this.#closed) return this.#retryLater();
        this.#noteAtRelay(blobId, there);
        if (!there && this.#here.has(blobId)) this.#standIn(blobId, addedBy);
      }
    } finally {
      this.#running.ask = false;
      this.#tellFiles();
    }
    if (this.#options.wanted().some(({ blobId }) => this.#atRelay.get(blobId) === false && !this.#here.has(blobId)))
      this.#retryLater();
  }

  /** Others have it too, maybe: each waits a while of its own, the one that added it does not. */
  #standIn(blobId: string, addedBy: number): void {
    if (this.#standingIn.has(blobId)) return;
    const ownFile = addedBy === this.#options.deviceNumber;
    const waitMs = ownFile ? 0 : (0.2 + 0.8 * Math.random()) * (this.#options.standInMs ?? 20_000);
    const timer = setTimeout(() => {
      this.#standingIn.delete(blobId);
      this.#do(async () => {
        const room = this.#options.room();
        if (!room || (!ownFile && (await room.blobs.isAtRelay(blobId)) !== false)) return;
        if (this.#closed || this.#marks.uploads.has(blobId)) return;
        await this.#marks.setUpload(blobId, 'waiting');
        this.#move();
      });
    }, waitMs);
    this.#standingIn.set(blobId, timer);
  }

  #noteAtRelay(blobId: string, there: boolean): void {
    this.#asked.add(blobId);
    this.#atRelay.set(blobId, there);
  }

  #request(blobId: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#requested.set(blobId, [...(this.#requested.get(blobId) ?? []), resolve]);
      const running = this.#moving.down;
      if (running && running.blobId !== blobId) running.control.abort('preempted' satisfies StopReason);
      this.#move();
    });
  }

  #start(way: Way, blobId: string, total: number): Moving {
    const moving: Moving = { blobId, way, moved: 0, total, toldMs: 0, control: new AbortController() };
    this.#moving[way] = moving;
    this.#tellFiles();
    return moving;
  }

  #progress(moving: Moving) {
    return {
      signal: moving.control.signal,
      onProgress: (moved: number, total: number) => {
        moving.moved = moved;
        moving.total = total;
        this.#tries = 0;
        const nowMs = performance.now();
        if (nowMs - moving.toldMs < PROGRESS_MS || this.#closed) return;
        moving.toldMs = nowMs;
        const { blobId, way } = moving;
        this.#options.onTransfer({ blobId, direction: way, received: moved, total, done: false });
      },
    };
  }

  #tellDone({ blobId, way, total }: Moving): void {
    this.#options.onTransfer({ blobId, direction: way, received: total, total, done: true });
  }

  #stopAll(reason: StopReason): void {
    for (const moving of [this.#moving.up, this.#moving.down]) moving?.control.abort(reason);
    for (const answers of this.#requested.values())
      for (const answer of answers) answer(fail({ code: 'blob-not-here' }));
    this.#requested.clear();
  }

  #tellFiles(): void {
    if (this.#closed) return;
    this.#filesTimer ??= setTimeout(() => {
      this.#filesTimer = null;
      const event = this.#describe();
      const text = JSON.stringify(event);
      if (text === this.#filesTold) return;
      this.#filesTold = text;
      this.#options.onFiles(event);
    }, FILES_MS);
  }

  #describe(): Omit<Events['exhibits/files'], 'complaintId'> {
    const names = this.#options.organizations();
    const { deviceNumber, holders } = this.#options;
    const files = this.#options.wanted().map(({ blobId, addedBy }): FileState => {
      const devices = new Set(holders?.holders(blobId) ?? []).add(addedBy);
      const own = names.get(deviceNumber);
      const withOrganizations = [...devices]
        .map((device) => names.get(device) ?? '')
        .filter((name) => name && name !== own);
      const moving = [this.#moving.up, this.#moving.down].find((each) => each?.blobId === blobId);
      return {
        blobId,
        here: this.#here.has(blobId),
        atRelay: this.#atRelay.get(blobId) ?? null,
        moving: moving?.way ?? null,
        toSend: this.#marks.uploads.has(blobId),
        trouble: this.#troubleOf(blobId),
        alsoWith: [...new Set(withOrganizations)].sort(),
      };
    });
    return { paused: this.#marks.paused, files };
  }

  #troubleOf(blobId: string): FileState['trouble'] {
    if (this.#damaged.has(blobId)) return 'damaged';
    const mark = this.#marks.uploads.get(blobId);
    if (mark === 'refused') return 'relay-full';
    return mark === 'stopped' || this.#marks.stoppedDownloads.has(blobId) ? 'stopped' : null;
  }

  #retryLater(): void {
    if (this.#retryTimer || this.#closed) return;
    const times = Math.min(LONGEST_RETRY, 2 ** this.#tries++);
    this.#retryTimer = setTimeout(
      () => {
        this.#retryTimer = null;
        for (const [blobId, there] of this.#atRelay) if (!there && !this.#here.has(blobId)) this.#asked.delete(blobId);
        this.poke();
      },
      (this.#options.retryMs ?? 3_000) * times,
    );
  }

  /** A partner said something about files: what the relay lacked may be there now. */
  heardOfHolders(): void {
    for (const [blobId, there] of this.#atRelay) if (!there && !this.#here.has(blobId)) this.#asked.delete(blobId);
    this.poke();
  }

  /** Runs in the background; the disk's refusal is told once, and tried again. */
  #do(run: () => Promise<void>): void {
    const work = run()
      .catch((error) => {
        const notice = noticeOfError(error);
        if (notice && !this.#diskTold) {
          this.#diskTold = true;
          this.#options.onNotice(notice);
        }
        this.#retryLater();
      })
      .finally(() => this.#work.delete(work));
    this.#work.add(work);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
