import { createHash, type Hash } from 'node:crypto';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { ComplaintFolder } from '../library/ComplaintFolder.ts';
import type { Sealer } from '../storage/Sealer.ts';
import { type BackedUpFile, type BackupContents, type BackupEnd, BackupFailure } from './BackupFormat.ts';
import { BackupReader, type BackupRecord } from './BackupReader.ts';
import { createRowCheck } from './checkRow.ts';
import type { FilePool } from './FilePool.ts';

export interface VerifyOptions {
  path: string;
  root: Sealer;
  ciphers: Ciphers;
  /** Where the exhibit files of a backup that is not complete lie; not asked for otherwise. */
  pool: FilePool | null;
  signal: AbortSignal;
  onStep: (done: number) => void;
}

/**
 * [BK3][RS1] Opens everything: seals, order, each row's own seal, each file's hash, the counts. Throws BackupFailure. The
 * contents and every hash that the backup names, when it is whole.
 */
export async function verifyBackup(
  options: VerifyOptions,
): Promise<{ contents: BackupContents; named: ReadonlySet<string> }> {
  const opened = await BackupReader.open(options.path);
  if (!opened.ok) throw new BackupFailure(opened.error.code);
  const reader = opened.value;
  const check = new BackupCheck(options, reader.header.complete);
  try {
    let step = 0;
    for await (const record of reader.records(options.root)) {
      if (options.signal.aborted) throw new BackupFailure('backup-cancelled');
      await check.take(record);
      options.onStep(++step);
    }
    return check.done();
  } finally {
    await reader.close();
  }
}

class BackupCheck {
  readonly #options: VerifyOptions;
  readonly #complete: boolean;
  readonly #counts: BackupEnd = { complaints: 0, rows: 0, damagedRows: 0, files: 0, fileBytes: 0 };
  readonly #named = new Set<string>();
  #contents: BackupContents | null = null;
  #end: BackupEnd | null = null;
  #opens: ((name: string, sealed: Uint8Array) => boolean) | null = null;
  #file: { expected: BackedUpFile; hash: Hash; sizeBytes: number } | null = null;

  constructor(options: VerifyOptions, complete: boolean) {
    this.#options = options;
    this.#complete = complete;
  }

  async take(record: BackupRecord): Promise<void> {
    if (record.kind !== 'part') this.#endFile();
    switch (record.kind) {
      case 'contents':
        this.#contents = record.contents;
        return;
      case 'complaint': {
        const keyId = ComplaintFolder.keyIdOf(record.header);
        if (keyId === null) throw new BackupFailure('backup-damaged');
        this.#opens = createRowCheck(this.#options.ciphers, this.#options.root.derive(`complaint/${keyId}`));
        this.#counts.complaints += 1;
        return;
      }
      case 'rows':
        for (const [name, value] of record.rows) {
          this.#counts.rows += 1;
          if (!this.#opens?.(name, value)) this.#counts.damagedRows += 1;
        }
        return;
      case 'file':
        this.#counts.files += 1;
        this.#counts.fileBytes += record.file.sizeBytes;
        this.#named.add(record.file.sha256);
        if (this.#complete) this.#file = { expected: record.file, hash: createHash('sha256'), sizeBytes: 0 };
        else if (!this.#options.pool) throw new BackupFailure('backup-files-elsewhere');
        else await this.#options.pool.check(record.file, this.#options.signal);
        return;
      case 'part':
        if (!this.#file) throw new BackupFailure('backup-damaged');
        this.#file.hash.update(record.bytes);
        this.#file.sizeBytes += record.bytes.length;
        return;
      case 'end':
        this.#end = record.end;
    }
  }

  done(): { contents: BackupContents; named: ReadonlySet<string> } {
    const end = this.#end;
    const same =
      end !== null && (Object.keys(this.#counts) as (keyof BackupEnd)[]).every((key) => end[key] === this.#counts[key]);
    if (!same || !this.#contents) throw new BackupFailure('backup-damaged');
    return { contents: this.#contents, named: this.#named };
  }

  #endFile(): void {
    const file = this.#file;
    this.#file = null;
    if (file && (file.hash.digest('hex') !== file.expected.sha256 || file.sizeBytes !== file.expected.sizeBytes))
      throw new BackupFailure('backup-damaged');
  }
}
