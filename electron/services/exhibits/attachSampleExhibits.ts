import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { z } from 'zod';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { SealedCopy } from './CopyWriter.ts';

/** Exhibit id to a path inside the sample's folder. */
const listSchema = z.record(z.string(), z.string());

/**
 * Seals the placeholder files of the sample complaint, as if a person had added them: each exhibit record that names a
 * file of the sample by its hash and has no blob yet gets one. `attach` writes the two fields of the record.
 */
export async function attachSampleExhibits(options: {
  samplePath: string;
  exhibits: readonly Exhibit[];
  seal: (bytes: Uint8Array) => Promise<SealedCopy>;
  attach: (exhibitId: string, blob: SealedCopy) => void;
}): Promise<void> {
  const files = listSchema.parse(JSON.parse(await readFile(join(options.samplePath, 'exhibits.json'), 'utf8')));
  for (const exhibit of options.exhibits) {
    const file = files[exhibit.id];
    if (!file || exhibit.blobId !== '' || normalize(file).startsWith('..')) continue;
    const blob = await options.seal(new Uint8Array(await readFile(join(options.samplePath, file))));
    if (blob.sha256 === exhibit.sha256) options.attach(exhibit.id, blob);
  }
}
