import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { StagedFile } from '../../../shared/ipc/contract.ts';
import { type FileParts, readBlob } from './FileParts.ts';
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
  rewritten?: Blob;
}
export type InspectFailure = PdfFailure | 'image-broken';

const TIME_LIMIT_MS = 30_000;
/** Pages are painted at most this wide before they are scaled down to a thumbnail. */
const PAINT_WIDTH_PX = 480;
const JPEG_QUALITY = 0.92;

/**
 * Reads what an exhibit's record needs from a chosen file. A file that takes longer than the time limit counts as
 * broken; an abort of `signal` answers 'cancelled'.
 */
export async function inspectFile(
  file: FileParts,
  mime: StagedFile['mime'],
  signal: AbortSignal,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<Result<InspectedFile, { code: InspectFailure }>> {
  const limit = AbortSignal.timeout(timeLimitMs);
  const either = AbortSignal.any([signal, limit]);
  const answer = mime === 'application/pdf' ? await inspectPdf(file, either) : await inspectImage(file, mime, either);
  if (answer.ok) return ok({ ...answer.value, mime, chosenSha256: file.sha256 });
  if (answer.error.code === 'cancelled' && !signal.aborted) {
    return fail({ code: mime === 'application/pdf' ? 'pdf-broken' : 'image-broken' });
  }
  return answer;
}

type Inspected = Omit<InspectedFile, 'mime' | 'chosenSha256'>;

async function inspectPdf(file: FileParts, signal: AbortSignal): Promise<Result<Inspected, { code: PdfFailure }>> {
  const opened = await openPdf(file, signal);
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
  file: FileParts,
  mime: 'image/png' | 'image/jpeg',
  signal: AbortSignal,
): Promise<Result<Inspected, { code: 'image-broken' | 'cancelled' }>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(await readBlob(file, mime, signal));
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
      rewritten: blob,
    });
  } finally {
    bitmap.close();
  }
}
