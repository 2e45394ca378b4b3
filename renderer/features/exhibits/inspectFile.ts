import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { StagedFile } from '../../../shared/ipc/contract.ts';
import { openPdf, type PdfFailure, pdfFailureOf } from './openPdf.ts';
import { paintThumbnail } from './paintThumbnail.ts';
import { whenAborted } from './whenAborted.ts';

export interface InspectedFile {
  mime: StagedFile['mime'];
  pageCount: number;
  /** PNG data URL, at most 240 px wide and 64 KB. */
  thumbnail: string;
  /** SHA-256 of the file as it was chosen, lower-case hex. */
  chosenSha256: string;
  /** Set for images: the same pixels written anew, so that no metadata (place, camera, owner) is left. */
  bytes?: Uint8Array<ArrayBuffer>;
}
export type InspectFailure = PdfFailure | 'image-broken';

const TIME_LIMIT_MS = 30_000;
/** Pages are painted at most this wide before they are scaled down to a thumbnail. */
const PAINT_WIDTH_PX = 480;
const JPEG_QUALITY = 0.92;

/**
 * Reads what an exhibit's record needs from a chosen file. A file that takes longer than the time limit counts as
 * broken; an abort of `signal` answers 'cancelled'. `bytes` may be empty afterwards (moved to a worker).
 */
export async function inspectFile(
  bytes: Uint8Array<ArrayBuffer>,
  mime: StagedFile['mime'],
  signal: AbortSignal,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<Result<InspectedFile, { code: InspectFailure }>> {
  const chosenSha256 = await hexSha256(bytes);
  const limit = AbortSignal.timeout(timeLimitMs);
  const either = AbortSignal.any([signal, limit]);
  const answer = mime === 'application/pdf' ? await inspectPdf(bytes, either) : await inspectImage(bytes, mime, either);
  if (answer.ok) return ok({ ...answer.value, mime, chosenSha256 });
  if (answer.error.code === 'cancelled' && !signal.aborted) {
    return fail({ code: mime === 'application/pdf' ? 'pdf-broken' : 'image-broken' });
  }
  return answer;
}

type Inspected = Omit<InspectedFile, 'mime' | 'chosenSha256'>;

async function inspectPdf(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Result<Inspected, { code: PdfFailure }>> {
  const opened = await openPdf(bytes, signal);
  if (!opened.ok) return opened;
  const { document: pdf, pageCount, close } = opened.value;
  // Ending the worker does not settle the calls under way in it: the abort has to.
  const aborted = whenAborted(signal);
  try {
    const painted = (async () => {
      const page = await pdf.getPage(1);
      const natural = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({
        scale: Math.min(PAINT_WIDTH_PX / natural.width, (2 * PAINT_WIDTH_PX) / natural.height),
      });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.ceil(viewport.width));
      canvas.height = Math.max(1, Math.ceil(viewport.height));
      await page.render({ canvas, viewport }).promise;
      return paintThumbnail(canvas, canvas.width, canvas.height);
    })();
    return ok({ pageCount, thumbnail: await Promise.race([painted, aborted.promise]) });
  } catch (error) {
    return fail({ code: pdfFailureOf(error) });
  } finally {
    aborted.forget();
    close();
  }
}

async function inspectImage(
  bytes: Uint8Array<ArrayBuffer>,
  mime: 'image/png' | 'image/jpeg',
  signal: AbortSignal,
): Promise<Result<Inspected, { code: 'image-broken' | 'cancelled' }>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes], { type: mime }));
  } catch {
    return fail({ code: 'image-broken' });
  }
  try {
    if (signal.aborted) return fail({ code: 'cancelled' });
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext('2d');
    if (!context) return fail({ code: 'image-broken' });
    context.drawImage(bitmap, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, mime, JPEG_QUALITY));
    if (signal.aborted) return fail({ code: 'cancelled' });
    // A canvas beyond the system's limit gives no blob, or one of another type.
    if (!blob || blob.type !== mime) return fail({ code: 'image-broken' });
    return ok({
      pageCount: 1,
      thumbnail: paintThumbnail(bitmap, bitmap.width, bitmap.height),
      bytes: new Uint8Array(await blob.arrayBuffer()),
    });
  } finally {
    bitmap.close();
  }
}

async function hexSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
