import { cleanImage } from '../../../shared/domain/images/cleanImage.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { SealedImage } from '../../../shared/ipc/images.ts';
import type { SealedCopy } from '../exhibits/CopyWriter.ts';

/** Where a sealed image goes. */
export interface ImageStore {
  sealCopy(bytes: Uint8Array): Promise<SealedCopy>;
}

/** [DO82] Seals what draws the image and nothing else, to be sent once the complaint is shared. It is not decoded here. */
export async function sealImage(store: ImageStore, bytes: Uint8Array): Promise<Result<SealedImage, Notice>> {
  const clean = cleanImage(bytes);
  if (!clean.ok) return fail(clean.error);
  const { mime, widthPx, heightPx, bytes: kept } = clean.value;
  return ok({ mime, widthPx, heightPx, sizeBytes: kept.length, ...(await store.sealCopy(kept)) });
}
