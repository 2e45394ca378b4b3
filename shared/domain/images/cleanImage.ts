import { fail, ok, type Result } from '../result.ts';
import { type CleanImage, type ImageRefusal, joinBytes } from './ImageReading.ts';
import { IMAGE_LIMITS, type ImageLimits } from './imageRules.ts';
import { isJpeg, readJpeg } from './readJpeg.ts';
import { isPng, readPng } from './readPng.ts';

/**
 * Checks a PNG or JPEG by its container, without decoding it, and writes it anew from the parts that draw it [DO82].
 * The same bytes in give the same bytes out, and a clean image comes out as it went in.
 */
export function cleanImage(bytes: Uint8Array, limits: ImageLimits = IMAGE_LIMITS): Result<CleanImage, ImageRefusal> {
  if (bytes.length > limits.fileBytes) return fail({ code: 'image-file-large' });
  const mime = isPng(bytes) ? 'image/png' : isJpeg(bytes) ? 'image/jpeg' : null;
  if (mime === null) return fail({ code: 'image-kind' });
  const read = mime === 'image/png' ? readPng(bytes) : readJpeg(bytes);
  if (!read || read.widthPx === 0 || read.heightPx === 0) return fail({ code: 'image-broken' });
  const { widthPx, heightPx, parts, redraw } = read;
  if (Math.max(widthPx, heightPx) > limits.sidePx || widthPx * heightPx > limits.pixels)
    return fail({
      code: 'image-too-large',
      params: { width: widthPx, height: heightPx, limitMegapixels: Math.floor(limits.pixels / 1_000_000) },
    });
  return ok({ mime, widthPx, heightPx, bytes: joinBytes(parts), redraw });
}

/** [DO83] Whether bytes from somebody else are the image that its record promises, with nothing else in them. */
export function isCleanImage(
  bytes: Uint8Array,
  promised: { mime: string; widthPx: number; heightPx: number },
): boolean {
  const read = cleanImage(bytes);
  return (
    read.ok &&
    read.value.bytes.length === bytes.length &&
    read.value.bytes.every((byte, at) => byte === bytes[at]) &&
    read.value.mime === promised.mime &&
    read.value.widthPx === promised.widthPx &&
    read.value.heightPx === promised.heightPx
  );
}
