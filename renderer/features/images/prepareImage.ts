import { cleanImage } from '../../../shared/domain/images/cleanImage.ts';
import { CHOSEN_IMAGE_LIMITS, IMAGE_LIMITS } from '../../../shared/domain/images/imageRules.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';

/** An image that may be sealed as it is. */
export interface PreparedImage {
  blob: Blob;
  bytes: Uint8Array<ArrayBuffer>;
  widthPx: number;
  heightPx: number;
}

const JPEG_QUALITY = 0.9;

/**
 * Makes a chosen picture ready to be sealed [DO82]: checked by its container first, then decoded here, in the sandbox. It
 * is drawn anew, upright and in common colours, when it is larger than a page needs or looks otherwise without its notes.
 */
export async function prepareImage(file: Blob): Promise<Result<PreparedImage, Notice>> {
  if (file.size > CHOSEN_IMAGE_LIMITS.fileBytes) return fail({ code: 'image-file-large' });
  let chosen: Uint8Array<ArrayBuffer>;
  try {
    chosen = new Uint8Array(await file.arrayBuffer());
  } catch {
    return fail({ code: 'file-unreadable' });
  }
  const clean = cleanImage(chosen, CHOSEN_IMAGE_LIMITS);
  if (!clean.ok) return fail(clean.error);
  const { mime, redraw, widthPx, heightPx } = clean.value;
  const bitmap = await decode(new Blob([chosen], { type: mime }));
  if (!bitmap) return fail({ code: 'image-broken' });
  try {
    const kept = redraw ? null : cleanImage(chosen);
    if (kept?.ok && bitmap.width === widthPx && bitmap.height === heightPx) {
      const bytes = new Uint8Array(kept.value.bytes);
      return ok({ bytes, blob: new Blob([bytes], { type: mime }), widthPx, heightPx });
    }
    return (await draw(bitmap, mime)) ?? (await draw(bitmap, 'image/jpeg')) ?? fail({ code: 'image-file-large' });
  } finally {
    bitmap.close();
  }
}

async function decode(blob: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob);
  } catch {
    return null;
  }
}

/** Null when what comes out is more than may be sealed. */
async function draw(
  bitmap: ImageBitmap,
  mime: 'image/png' | 'image/jpeg',
): Promise<Result<PreparedImage, Notice> | null> {
  const scale = Math.min(1, IMAGE_LIMITS.sidePx / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return fail({ code: 'image-broken' });
  context.imageSmoothingQuality = 'high';
  if (mime === 'image/jpeg') {
    // What is see-through would turn black.
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, mime, JPEG_QUALITY));
  // A canvas beyond the system's limit gives no blob, or one of another type.
  if (blob?.type !== mime) return fail({ code: 'image-broken' });
  const clean = cleanImage(new Uint8Array(await blob.arrayBuffer()));
  if (!clean.ok) return clean.error.code === 'image-file-large' ? null : fail(clean.error);
  const bytes = new Uint8Array(clean.value.bytes);
  const { widthPx, heightPx } = clean.value;
  return ok({ bytes, blob: new Blob([bytes], { type: mime }), widthPx, heightPx });
}
