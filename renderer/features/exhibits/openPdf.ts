import { getDocument, InvalidPDFException, PasswordException, PDFWorker, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { createWorker } from '../../ui/trustedTypes.ts';
import { StandardFonts } from './StandardFonts.ts';

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
    useWasm: false,
    enableXfa: false,
    disableAutoFetch: true,
    maxImageSize: 64 * 1024 * 1024,
    canvasMaxAreaInBytes: 256 * 1024 * 1024,
  });
  // pdf.js would wait for a password forever; an encrypted file is refused instead.
  task.onPassword = (_retry: unknown, reason: number) => {
    void task.destroy();
    encrypted.reject(new PasswordException('', reason));
  };
  const encrypted = Promise.withResolvers<never>();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(new DOMException('', 'AbortError'));
  signal.addEventListener('abort', onAbort, { once: true });
  const crashed = Promise.withResolvers<never>();
  port.addEventListener('error', () => crashed.reject(new Error('worker failed')));
  const close = () => {
    void task.destroy().catch(() => {});
    worker.destroy();
    port.terminate();
  };
  try {
    const document = await Promise.race([task.promise, encrypted.promise, aborted.promise, crashed.promise]);
    if (document.numPages < 1) {
      close();
      return fail({ code: 'pdf-no-pages' });
    }
    return ok({ document, pageCount: document.numPages, close });
  } catch (error) {
    close();
    return fail({ code: pdfFailureOf(error) });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The word for what pdf.js threw. */
export function pdfFailureOf(error: unknown): PdfFailure {
  if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
  if (error instanceof PasswordException) return 'pdf-encrypted';
  if (error instanceof InvalidPDFException && /page/i.test(error.message)) return 'pdf-no-pages';
  return 'pdf-broken';
}
