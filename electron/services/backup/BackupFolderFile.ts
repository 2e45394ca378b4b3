import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../storage/atomicWrite.ts';
import type { Sealer } from '../storage/Sealer.ts';

const CONTEXT = 'backup-folder-v1';
const schema = z.object({ folder: z.string().max(4_096) });

/** Where backups go, sealed on disk: the path may hold a person's name. */
export class BackupFolderFile {
  readonly #path: string;
  readonly #sealer: Sealer;
  #folder: string;

  private constructor(path: string, sealer: Sealer, folder: string) {
    this.#path = path;
    this.#sealer = sealer;
    this.#folder = folder;
  }

  /** A file that is missing or does not open gives the default folder. */
  static async open(path: string, root: Sealer, defaultFolder: string): Promise<BackupFolderFile> {
    const sealer = root.derive('backup-settings');
    let folder = defaultFolder;
    try {
      const plain = sealer.open(await readFile(path), CONTEXT);
      const parsed = plain ? schema.safeParse(JSON.parse(new TextDecoder().decode(plain))) : null;
      if (parsed?.success && isAbsolute(parsed.data.folder)) folder = parsed.data.folder;
    } catch {
      // Backups in the default folder are better than a start that fails over where they should go.
    }
    return new BackupFolderFile(path, sealer, folder);
  }

  read(): string {
    return this.#folder;
  }

  async write(folder: string): Promise<void> {
    await atomicWrite(this.#path, this.#sealer.seal(new TextEncoder().encode(JSON.stringify({ folder })), CONTEXT));
    this.#folder = folder;
  }
}
