import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { atomicWrite, syncFolder } from '../storage/atomicWrite.ts';
import { readIfThere } from '../storage/KeyFolder.ts';
import type { Sealer } from '../storage/Sealer.ts';

const FORMAT = 'alegato-complaint';
const VERSION = 1;
const HEADER = 'header.json';
const SUMMARY = 'summary';
const CHECK = 'alegato';
/** Prefix of a folder that is still being made. */
export const UNFINISHED = '.new-';

const headerSchema = z.object({
  format: z.string(),
  version: z.number().int(),
  id: z.string(),
  check: z.string().optional(),
  /** Id that the seals belong to, when it is not this folder's: a copy that came back from a backup. */
  keyId: z.string().optional(),
});
const summarySchema = z.object({
  title: z.string(),
  sample: z.boolean(),
  archived: z.boolean(),
  modifiedMs: z.number(),
  shared: z.boolean(),
  roomId: z.string().nullable(),
});
/** What the library list shows without opening the complaint. Sealed on disk. */
export type StoredSummary = z.infer<typeof summarySchema>;

export type FolderErrorCode =
  | 'complaint-damaged'
  | 'complaint-foreign'
  | 'complaint-newer-version'
  | 'complaint-missing';

/** One complaint's folder: a header in clear (format, version, id), a sealed summary, `db/`, `blobs/`, `originals/`. */
export class ComplaintFolder {
  readonly path: string;
  readonly id: string;
  readonly sealer: Sealer;

  private constructor(path: string, id: string, sealer: Sealer) {
    this.path = path;
    this.id = id;
    this.sealer = sealer;
  }

  get storePath(): string {
    return join(this.path, 'db');
  }
  get blobsPath(): string {
    return join(this.path, 'blobs');
  }
  get originalsPath(): string {
    return join(this.path, 'originals');
  }

  /**
   * Makes a folder under a name that the list passes over; `fill` writes what belongs into it, then it gets its real
   * name in one step. A start after a crash in between finds nothing half made.
   */
  static async create(
    library: string,
    id: string,
    root: Sealer,
    summary: StoredSummary,
    fill: (folder: ComplaintFolder) => Promise<void>,
  ): Promise<ComplaintFolder> {
    const folder = new ComplaintFolder(join(library, UNFINISHED + id), id, root.derive(`complaint/${id}`));
    await rm(folder.path, { recursive: true, force: true });
    await mkdir(folder.blobsPath, { recursive: true, mode: 0o700 });
    await mkdir(folder.originalsPath, { recursive: true, mode: 0o700 });
    await folder.writeSummary(summary);
    await folder.#writeHeader(id);
    await fill(folder);
    return folder.#take(library);
  }

  /**
   * Makes a folder for what comes back from a backup: its records and files stay sealed as those of `keyId`. `fill`
   * writes them, summary included.
   */
  static async createFrom(
    library: string,
    id: string,
    keyId: string,
    root: Sealer,
    fill: (folder: ComplaintFolder) => Promise<void>,
  ): Promise<ComplaintFolder> {
    const folder = new ComplaintFolder(join(library, UNFINISHED + id), id, root.derive(`complaint/${keyId}`));
    await rm(folder.path, { recursive: true, force: true });
    await mkdir(folder.blobsPath, { recursive: true, mode: 0o700 });
    await mkdir(folder.originalsPath, { recursive: true, mode: 0o700 });
    await folder.#writeHeader(keyId);
    await fill(folder);
    return folder.#take(library);
  }

  async #writeHeader(keyId: string): Promise<void> {
    const check = Buffer.from(this.sealer.seal(new TextEncoder().encode(CHECK), 'header')).toString('base64');
    const header = { format: FORMAT, version: VERSION, id: this.id, check };
    await atomicWrite(
      join(this.path, HEADER),
      Buffer.from(JSON.stringify(keyId === this.id ? header : { ...header, keyId })),
    );
  }

  /** The folder gets its real name, in one step. */
  async #take(library: string): Promise<ComplaintFolder> {
    await syncFolder(this.path);
    await rename(this.path, join(library, this.id));
    await syncFolder(library);
    return new ComplaintFolder(join(library, this.id), this.id, this.sealer);
  }

  /** The id its seals belong to, from the bytes of a header; null when it is no header of ours. */
  static keyIdOf(header: Uint8Array): string | null {
    const parsed = parseHeader(Buffer.from(header.subarray(0, 4_096)).toString('utf8'));
    return parsed ? (parsed.keyId ?? parsed.id) : null;
  }

  /** Reads the header only. 'complaint-foreign': not ours, or sealed by another library. */
  static async open(
    library: string,
    id: string,
    root: Sealer,
  ): Promise<Result<ComplaintFolder, { code: FolderErrorCode }>> {
    let text: string;
    try {
      text = (await readFile(join(library, id, HEADER))).subarray(0, 4_096).toString('utf8');
    } catch (error) {
      const absent = (error as NodeJS.ErrnoException).code === 'ENOENT' && !(await isFolder(join(library, id)));
      return fail({ code: absent ? 'complaint-missing' : 'complaint-damaged' });
    }
    const header = parseHeader(text);
    if (!header) return fail({ code: 'complaint-damaged' });
    if (header.format !== FORMAT || header.id !== id) return fail({ code: 'complaint-foreign' });
    if (header.version > VERSION) return fail({ code: 'complaint-newer-version' });
    const folder = new ComplaintFolder(join(library, id), id, root.derive(`complaint/${header.keyId ?? id}`));
    if (!folder.sealer.open(Buffer.from(header.check ?? '', 'base64'), 'header'))
      return fail({ code: 'complaint-foreign' });
    return ok(folder);
  }

  /** Null when it is missing or damaged; it can be made again from the complaint itself. */
  async readSummary(): Promise<StoredSummary | null> {
    try {
      return this.openSummary(await readFile(join(this.path, SUMMARY)));
    } catch {
      return null;
    }
  }

  /** Null for bytes that are no summary of this complaint. */
  openSummary(sealed: Uint8Array): StoredSummary | null {
    const plain = this.sealer.open(sealed, SUMMARY);
    if (!plain) return null;
    const parsed = summarySchema.safeParse(JSON.parse(new TextDecoder().decode(plain)));
    return parsed.success ? parsed.data : null;
  }

  /** Header and summary as they lie on disk, for a backup. The summary may be missing. */
  async readSealed(): Promise<{ header: Uint8Array; summary: Uint8Array | null }> {
    return { header: await readFile(join(this.path, HEADER)), summary: await readIfThere(join(this.path, SUMMARY)) };
  }

  async writeSummary(summary: StoredSummary): Promise<void> {
    await atomicWrite(
      join(this.path, SUMMARY),
      this.sealer.seal(new TextEncoder().encode(JSON.stringify(summary)), SUMMARY),
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function parseHeader(text: string): z.infer<typeof headerSchema> | null {
  try {
    const parsed = headerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
