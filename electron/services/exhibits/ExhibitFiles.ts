import { createHash } from 'node:crypto';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBlob, sealBlob } from '../../../shared/crypto/blob.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import {
  type LocalOriginal,
  localOriginalSchema,
  type Notice,
  type Request,
  type SealedFile,
} from '../../../shared/ipc/contract.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import type { BlobTransfers } from './BlobTransfers.ts';
import { inspectBytes, MAX_ANONYMIZED_BYTES, tooLarge } from './inspectFile.ts';
import { openOriginal, sealOriginal } from './originalFile.ts';
import { Staging } from './Staging.ts';

const ORIGINAL = 'original/';

/** Where an anonymized copy lies and how it opens, as its record in the shared document says. */
export type SealedCopy = Pick<SealedFile, 'sha256' | 'blobId' | 'blobKey'>;

/**
 * Files of one complaint's exhibits on this computer: originals, which stay here, and anonymized copies, sealed blobs
 * addressed by the hash of their ciphertext.
 */
export class ExhibitFiles {
  readonly staging = new Staging();
  readonly #originalsPath: string;
  readonly #blobsPath: string;
  readonly #store: ComplaintStore;
  readonly #sealer: Sealer;
  readonly #ciphers: Ciphers;
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
    this.transfers = options.transfers;
  }

  async readStaged(stagingId: string): Promise<Result<Uint8Array, Notice>> {
    const staged = this.staging.find(stagingId);
    if (!staged) return fail({ code: 'file-unreadable' });
    try {
      return ok(new Uint8Array(await readFile(staged.path)));
    } catch {
      return fail({ code: 'file-unreadable' });
    }
  }

  /** Seals the staged file as an original and enters it in the register, which no partner ever gets. */
  async keepOriginal(request: Request<'exhibits/keep-original'>): Promise<Result<LocalOriginal, Notice>> {
    const staged = this.staging.find(request.stagingId);
    if (!staged) return fail({ code: 'file-unreadable' });
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

  async readOriginal(originalId: string): Promise<Result<{ bytes: Uint8Array; mime: string }, Notice>> {
    const entry = localOriginalSchema.safeParse(await this.#store.getJson(ORIGINAL + originalId));
    if (!entry.success) return fail({ code: 'blob-not-here' });
    const bytes = new Uint8Array(entry.data.sizeBytes);
    let filled = 0;
    try {
      for await (const chunk of openOriginal(
        join(this.#originalsPath, originalId),
        originalId,
        this.#sealer,
        entry.data.sizeBytes,
      )) {
        if (!chunk) return fail({ code: 'blob-damaged' });
        bytes.set(chunk, filled);
        filled += chunk.length;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fail({ code: 'blob-not-here' });
      throw error;
    }
    if (sha256Of(bytes) !== entry.data.sha256) return fail({ code: 'blob-damaged' });
    return ok({ bytes, mime: entry.data.mime });
  }

  /**
   * Seals an anonymized copy under a key of its own, writes it, reads it back, and remembers that the relay has still
   * to get it. The record for the shared document is the caller's to write.
   */
  async sealAnonymized(request: Request<'exhibits/seal-anonymized'>): Promise<Result<SealedFile, Notice>> {
    const staged = this.staging.find(request.stagingId);
    if (!staged) return fail({ code: 'file-unreadable' });
    if (!request.bytes && staged.sizeBytes > MAX_ANONYMIZED_BYTES) return fail(tooLarge(MAX_ANONYMIZED_BYTES));
    let bytes: Uint8Array | undefined = request.bytes;
    if (!bytes) {
      const read = await this.readStaged(request.stagingId);
      if (!read.ok) return read;
      bytes = read.value;
    }
    if (bytes.length > MAX_ANONYMIZED_BYTES) return fail(tooLarge(MAX_ANONYMIZED_BYTES));
    const inspected = await inspectBytes(bytes);
    if (!inspected.ok) return inspected;
    if (inspected.value.mime !== request.mime) return fail({ code: 'file-type-unknown' });

    const copy = await this.sealCopy(bytes);
    this.staging.discard(request.stagingId);
    return ok({
      mime: request.mime,
      sizeBytes: bytes.length,
      pageCount: request.pageCount,
      thumbnail: request.thumbnail,
      ...copy,
    });
  }

  /** Seals bytes as an anonymized copy on disk, checked by reading back, to be sent once the complaint is shared. */
  async sealCopy(bytes: Uint8Array): Promise<SealedCopy> {
    const { sealed, blobId, blobKey } = sealBlob(this.#ciphers, bytes);
    const sha256 = sha256Of(bytes);
    await mkdir(this.#blobsPath, { recursive: true, mode: 0o700 });
    // Remembered first: a blob on disk that nobody sends would be missing for every partner.
    await this.transfers.rememberUpload(blobId);
    await atomicWrite(this.#blobPath(blobId), sealed);
    const readBack = await this.#openFromDisk(blobId, blobKey, sha256);
    if (!readBack?.ok) throw new Error('sealed blob does not read back');
    this.transfers.poke();
    return { sha256, blobId, blobKey };
  }

  /** From disk, else from the relay while it is online. Both hashes are checked. */
  async read(request: Request<'exhibits/read'>): Promise<Result<Uint8Array, Notice>> {
    const here = await this.#openFromDisk(request.blobId, request.blobKey, request.sha256);
    if (here?.ok) return here;
    // A damaged file on disk is fetched again: the relay may still have a good one.
    const fetched = await this.transfers.fetchNow(request.blobId);
    if (!fetched.ok) return here ?? fetched;
    return (
      (await this.#openFromDisk(request.blobId, request.blobKey, request.sha256)) ?? fail({ code: 'blob-not-here' })
    );
  }

  /** Null when there is no such file. */
  async #openFromDisk(blobId: string, blobKey: string, sha256: string): Promise<Result<Uint8Array, Notice> | null> {
    const path = this.#blobPath(blobId);
    try {
      await access(path);
    } catch {
      return null;
    }
    const opened = openBlob(this.#ciphers, new Uint8Array(await readFile(path)), blobId, blobKey);
    if (!opened.ok) return opened;
    return sha256Of(opened.value) === sha256 ? opened : fail({ code: 'blob-damaged' });
  }

  #blobPath(blobId: string): string {
    return join(this.#blobsPath, blobId);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
