import { isCleanImage } from '../../../shared/domain/images/cleanImage.ts';
import { IMAGE_LIMITS } from '../../../shared/domain/images/imageRules.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { findFiledImages } from '../../../shared/filing/findFiledImages.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { SealedCopy } from '../exhibits/CopyWriter.ts';

/** Files of images by their SHA-256. */
export type ImageBytes = ReadonlyMap<string, Uint8Array>;

export interface CopySource {
  readCopy(copy: SealedCopy, maxBytes: number): Promise<Result<Uint8Array, Notice>>;
}

/**
 * The files of all images that a filing of the snapshot prints; fetched when they are not here. Fails as a whole when one
 * does not come or is not what its record says: a filing never loses a picture in silence. [DO83] [FI111]
 */
export async function readFiledImages(source: CopySource, snapshot: unknown): Promise<Result<ImageBytes, Notice>> {
  const files = new Map<string, Uint8Array>();
  let missing = 0;
  for (const image of findFiledImages(snapshot)) {
    if (files.has(image.sha256)) continue;
    const read = await source.readCopy(image, IMAGE_LIMITS.fileBytes);
    if (read.ok && isCleanImage(read.value, image)) files.set(image.sha256, read.value);
    else missing += 1;
  }
  return missing > 0 ? fail({ code: 'filing-without-image', params: { count: missing } }) : ok(files);
}
