// Over 200 lines: the one place where a window's wishes about files meet staging, originals, copies and transfers.
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from '../../../shared/crypto/blobLayout.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import {
  type FileSource,
  type LocalOriginal,
  localOriginalSchema,
  type Notice,
  type Request,
  type Response,
  type SealedFile,
} from '../../../shared/ipc/contract.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import type { BlobTransfers } from './BlobTransfers.ts';
import { CopyReader } from './CopyReader.ts';
import { CopyWriter, type SealedCopy } from './CopyWriter.ts';
import { inspectContent } from './inspectFile.ts';
import { openOriginal, readOriginalPart, sealOriginal } from './originalFile.ts';
import { hashOf, readFully } from './readFully.ts';
import { type StagedPath, Staging } from './Staging.ts';

const ORIGINAL = 'original/';
const STEP_BYTES = 256 * 1024;

/**
 * Files of one complaint's exhibits on this computer: originals, which stay here, and anonymized copies, sealed blobs
 * addressed by the hash of their ciphertext. No file is in memory whole: windows read and write parts of it.
 */
export class ExhibitFiles {
  readonly staging = new Staging();
  readonly #originalsPath: string;
  readonly #blobsPath: string;
  readonly #store: ComplaintStore;
  readonly #sealer: Sealer;
  readonly #ciphers: Ciphers;
  readonly #copies: CopyReader;
  /** Staged files that a window writes anew, piece by piece. */
  readonly #replacements = new Map<string, CopyWriter>();
  /** Originals that were looked through whole, by stamp of their file. */
  readonly #wholeOriginals = new Map<string, string>();
  readonly transfers: BlobTransfers;

  constructor(options: {
    originalsPath: string;
    blobsPath: string;
    store: ComplaintStore;
    sealer: Sealer;
    ciphers: Ciphers;
    transfers: BlobTransfers;
  }) {
    this.#originalsPath = options.originalsPath;
    this.#blobsPath = options.blobsPath;
    this.#store = options.store;
    this.#sealer = options.sealer.derive('originals');
    this.#ciphers = options.ciphers;
    this.#copies = new CopyReader(options.blobsPath, options.ciphers);
    this.transfers = options.transfers;
  }

  /** Looks a file through whole, hash included, so that parts of it may be shown; a copy that is not here is fetched. */
  async openFile(source: FileSource): Promise<Result<Response<'exhibits/open-file'>, Notice>> {
    if (source.kind === 'staged') return this.#openStaged(source.stagingId);
    if (source.kind === 'original') return this.#openOriginal(source.originalId);
    const here = await this.#copies.open(source);
    if (here?.ok) return ok({ sizeBytes: here.value, sha256: source.sha256 });
    // A damaged file on disk is fetched again: the relay may still have a good one.
    const fetched = await this.transfers.fetchNow(source.blobId);
    if (!fetched.ok) return here ?? fetched;
    const arrived = await this.#copies.open(source);
    if (!arrived) return fail({ code: 'blob-not-here' });
    return arrived.ok ? ok({ sizeBytes: arrived.value, sha256: source.sha256 }) : arrived;
  }

  /** `length` bytes at `offset`, fewer at the end of the file. */
  async readPart(source: FileSource, offset: number, length: number): Promise<Result<Uint8Array, Notice>> {
    if (source.kind === 'copy')
      return (await this.#copies.read(source, offset, length)) ?? fail({ code: 'blob-not-here' });
    if (source.kind === 'staged') {
      const staged = this.staging.find(source.stagingId);
      return staged ? reading(staged.path, async (file) => ok(await readFully(file, offset, length))) : unreadable();
    }
    const opened = await this.#openOriginal(source.originalId);
    if (!opened.ok) return opened;
    const { sizeBytes } = opened.value;
    const path = join(this.#originalsPath, source.originalId);
    const part = await readOriginalPart(path, source.originalId, this.#sealer, sizeBytes, { offset, length });
    return part ? ok(part) : fail({ code: 'blob-damaged' });
  }

  /** Seals the staged file as an original and enters it in the register, which no partner ever gets. */
  async keepOriginal(request: Request<'exhibits/keep-original'>): Promise<Result<LocalOriginal, Notice>> {
    const staged = this.staging.find(request.stagingId);
    if (!staged) return unreadable();
    const id = newId<string>(randomBytes);
    await mkdir(this.#originalsPath, { recursive: true, mode: 0o700 });
    const sealed = await sealOriginal(staged.path, join(this.#originalsPath, id), id, this.#sealer, staged.sizeBytes);
    if (!sealed.ok) return sealed;
    const original: LocalOriginal = {
      id,
      fileName: staged.fileName,
      mime: staged.mime,
      sizeBytes: staged.sizeBytes,
      sha256: sealed.value.sha256,
      pageCount: request.pageCount,
      thumbnail: request.thumbnail,
      addedMs: Date.now(),
    };
    await this.#store.putJson(ORIGINAL + id, original);
    this.staging.discard(request.stagingId);
    return ok(original);
  }

  /** Oldest first. An entry that does not open any more is left out. */
  async originals(): Promise<LocalOriginal[]> {
    const found: LocalOriginal[] = [];
    for await (const { value } of this.#store.entries(ORIGINAL)) {
      if (!value) continue;
      const parsed = localOriginalSchema.safeParse(JSON.parse(new TextDecoder().decode(value)));
      if (parsed.success) found.push(parsed.data);
    }
    return found.sort((a, b) => a.addedMs - b.addedMs);
  }

  /**
   * Takes the next bytes of what replaces a staged file (an image written anew without metadata) and seals them as they
   * come; an offset of 0 begins anew. `seal-anonymized` ends it.
   */
  async putPart({
    stagingId,
    sizeBytes,
    offset,
    bytes,
  }: Request<'exhibits/put-part'>): Promise<Result<undefined, Notice>> {
    if (!this.staging.find(stagingId)) return unreadable();
    if (sizeBytes > MAX_FILE_BYTES) return fail({ code: 'exhibit-too-large' });
    if (offset === 0) {
      await this.#dropReplacement(stagingId);
      this.#replacements.set(stagingId, await this.#createWriter(sizeBytes));
    }
    const writer = this.#replacements.get(stagingId);
    const fits = writer?.sizeBytes === sizeBytes && writer.receivedBytes === offset;
    if (!writer || !fits || offset + bytes.length > sizeBytes) return fail({ code: 'payload-refused' });
    try {
      await writer.write(bytes);
    } catch (error) {
      await this.#dropReplacement(stagingId);
      throw error;
    }
    return ok(undefined);
  }

  /**
   * Seals an anonymized copy under a key of its own, reads it back, and remembers that the relay has still to get it. The
   * record for the shared document is the caller's to write.
   */
  async sealAnonymized(request: Request<'exhibits/seal-anonymized'>): Promise<Result<SealedFile, Notice>> {
    const staged = this.staging.find(request.stagingId);
    if (!staged) return unreadable();
    const replacement = this.#replacements.get(request.stagingId);
    if (request.replaced && replacement?.receivedBytes !== replacement?.sizeBytes)
      return fail({ code: 'payload-refused' });
    this.#replacements.delete(request.stagingId);
    if (!request.replaced) await replacement?.discard();
    const sealed = request.replaced
      ? replacement
        ? await this.#keep(replacement, request.mime, null)
        : fail({ code: 'payload-refused' as const })
      : await this.#sealStaged(staged, request.mime);
    if (!sealed.ok) return sealed;
    this.staging.discard(request.stagingId);
    const { mime, pageCount, thumbnail } = request;
    return ok({ mime, pageCount, thumbnail, ...sealed.value });
  }

  /** Seals bytes as an anonymized copy on disk, checked by reading back, to be sent once the complaint is shared. */
  async sealCopy(bytes: Uint8Array): Promise<SealedCopy> {
    const writer = await this.#createWriter(bytes.length);
    try {
      await writer.write(bytes);
      await (await writer.check()).close();
      return await this.#name(writer);
    } finally {
      await writer.discard();
    }
  }

  /** The whole of a sealed copy, fetched when it is not here; for small ones that the program itself made. */
  async readCopy(copy: SealedCopy, maxBytes: number): Promise<Result<Uint8Array, Notice>> {
    const source: FileSource = { kind: 'copy', ...copy };
    const opened = await this.openFile(source);
    if (!opened.ok) return opened;
    const { sizeBytes } = opened.value;
    return sizeBytes > maxBytes ? fail({ code: 'blob-damaged' }) : this.readPart(source, 0, sizeBytes);
  }

  /** What a person has not decided about is forgotten, half-written replacements included. */
  async discardStaged(stagingId: string): Promise<void> {
    this.staging.discard(stagingId);
    await this.#dropReplacement(stagingId);
  }

  async close(): Promise<void> {
    for (const stagingId of [...this.#replacements.keys()]) await this.#dropReplacement(stagingId);
  }

  /** The file as it lies there now must be the one that was looked at when its pages were counted. */
  async #sealStaged(staged: StagedPath, mime: string): Promise<Result<SealedCopy & { sizeBytes: number }, Notice>> {
    return reading(staged.path, async (file) => {
      const { sizeBytes } = staged;
      if ((await file.stat()).size !== sizeBytes) return unreadable();
      const writer = await this.#createWriter(sizeBytes);
      try {
        for (let offset = 0; offset < sizeBytes; ) {
          const part = await readFully(file, offset, Math.min(STEP_BYTES, sizeBytes - offset));
          if (part.length === 0) return unreadable();
          await writer.write(part);
          offset += part.length;
        }
        return await this.#keep(writer, mime, staged.sha256);
      } finally {
        await writer.discard();
      }
    });
  }

  /** Checks what was written and gives it its name; discards it otherwise. */
  async #keep(
    writer: CopyWriter,
    mime: string,
    sha256: string | null,
  ): Promise<Result<SealedCopy & { sizeBytes: number }, Notice>> {
    try {
      const file = await writer.check();
      try {
        const read = async (offset: number, length: number) => (await file.read(offset, length)) ?? new Uint8Array();
        const inspected = await inspectContent(file.sizeBytes, read);
        if (!inspected.ok) return inspected;
        if (inspected.value.mime !== mime) return fail({ code: 'file-type-unknown' });
      } finally {
        await file.close();
      }
      if (sha256 !== null && writer.sha256 !== sha256) return unreadable();
      return ok({ ...(await this.#name(writer)), sizeBytes: writer.sizeBytes });
    } finally {
      await writer.discard();
    }
  }

  async #name(writer: CopyWriter): Promise<SealedCopy> {
    // Remembered first: a blob on disk that nobody sends would be missing for every partner.
    const copy = await writer.keep((blobId) => this.transfers.rememberUpload(blobId));
    this.transfers.poke();
    return copy;
  }

  async #createWriter(sizeBytes: number): Promise<CopyWriter> {
    await this.transfers.ready();
    return CopyWriter.create(this.#blobsPath, this.#ciphers, sizeBytes);
  }

  async #dropReplacement(stagingId: string): Promise<void> {
    const writer = this.#replacements.get(stagingId);
    this.#replacements.delete(stagingId);
    await writer?.discard();
  }

  async #openStaged(stagingId: string): Promise<Result<Response<'exhibits/open-file'>, Notice>> {
    const staged = this.staging.find(stagingId);
    if (!staged) return unreadable();
    return reading(staged.path, async (file) => {
      const sha256 = await hashOf(file, staged.sizeBytes);
      if (sha256 === null) return unreadable();
      staged.sha256 = sha256;
      return ok({ sizeBytes: staged.sizeBytes, sha256 });
    });
  }

  async #openOriginal(originalId: string): Promise<Result<Response<'exhibits/open-file'>, Notice>> {
    const entry = localOriginalSchema.safeParse(await this.#store.getJson(ORIGINAL + originalId));
    if (!entry.success) return fail({ code: 'blob-not-here' });
    const { sizeBytes, sha256 } = entry.data;
    const path = join(this.#originalsPath, originalId);
    try {
      const { ino, mtimeMs, size } = await stat(path);
      const stamp = `${sha256}/${ino}/${mtimeMs}/${size}`;
      if (this.#wholeOriginals.get(originalId) !== stamp) {
        const hash = createHash('sha256');
        for await (const chunk of openOriginal(path, originalId, this.#sealer, sizeBytes)) {
          if (!chunk) return fail({ code: 'blob-damaged' });
          hash.update(chunk);
        }
        if (hash.digest('hex') !== sha256) return fail({ code: 'blob-damaged' });
        this.#wholeOriginals.set(originalId, stamp);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'blob-not-here' });
      throw error;
    }
    return ok({ sizeBytes, sha256 });
  }
}

function unreadable(): Result<never, Notice> {
  return fail({ code: 'file-unreadable' });
}

/** Whatever the system says about a file of the person's own that does not open, it is 'file-unreadable'. */
async function reading<T>(
  path: string,
  read: (file: FileHandle) => Promise<Result<T, Notice>>,
): Promise<Result<T, Notice>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return unreadable();
  }
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}
