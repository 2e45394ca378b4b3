import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  getDocument,
  InvalidPDFException,
  PasswordException,
  PDFWorker,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { createWorker } from '../../ui/trustedTypes.ts';
import { imageDecoders } from './imageDecoders.ts';
import { StandardFonts } from './StandardFonts.ts';
import { whenAborted } from './whenAborted.ts';

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly pageCount: number;
  /** Ends its worker; whatever still runs in it is dropped. */
  close(): void;
}
export type PdfFailure = 'pdf-encrypted' | 'pdf-broken' | 'pdf-no-pages' | 'cancelled';

/**
 * Opens a PDF in a worker of its own, so that a file that never ends can be dropped. `bytes` are moved to the
 * worker: the caller's array is empty afterwards. An abort of `signal` answers 'cancelled' and ends the worker.
 */
export async function openPdf(bytes: Uint8Array, signal: AbortSignal): Promise<Result<OpenPdf, { code: PdfFailure }>> {
  if (signal.aborted) return fail({ code: 'cancelled' });
  const port = createWorker(workerUrl);
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });
  const task = getDocument({
    data: bytes,
    worker,
    verbosity: VerbosityLevel.ERRORS,
    BinaryDataFactory: StandardFonts,
    useWorkerFetch: false,
    useSystemFonts: false,
    ...imageDecoders,
    enableXfa: false,
    disableAutoFetch: true,
    maxImageSize: 64 * 1024 * 1024,
    canvasMaxAreaInBytes: 256 * 1024 * 1024,
  });
  // pdf.js would wait for a password forever; an encrypted file is refused instead.
  const encrypted = new Promise<never>((_, reject) => {
    task.onPassword = (_retry: unknown, reason: number) => reject(new PasswordException('', reason));
  });
  const crashed = new Promise<never>((_, reject) => {
    port.addEventListener('error', () => reject(new Error('worker failed')));
  });
  const aborted = whenAborted(signal);
  const close = () => {
    void task.destroy().catch(() => {});
    worker.destroy();
    port.terminate();
  };
  try {
    const document = await Promise.race([task.promise, encrypted, aborted.promise, crashed]);
    if (document.numPages < 1) {
      close();
      return fail({ code: 'pdf-no-pages' });
    }
    return ok({ document, pageCount: document.numPages, close });
  } catch (error) {
    close();
    return fail({ code: pdfFailureOf(error) });
  } finally {
    aborted.forget();
  }
}

/** The word for what pdf.js threw. */
export function pdfFailureOf(error: unknown): PdfFailure {
  if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
  if (error instanceof PasswordException) return 'pdf-encrypted';
  if (error instanceof InvalidPDFException && /page/i.test(error.message)) return 'pdf-no-pages';
  return 'pdf-broken';
}
