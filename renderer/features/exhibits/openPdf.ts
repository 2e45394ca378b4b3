import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import {
  getDocument,
  InvalidPDFException,
  PasswordException,
  PDFDataRangeTransport,
  PDFWorker,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { createWorker } from '../../ui/trustedTypes.ts';
import { type FileParts, PartFailure } from './FileParts.ts';
import { imageDecoders } from './imageDecoders.ts';
import { StandardFonts } from './StandardFonts.ts';
import { whenAborted } from './whenAborted.ts';

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly pageCount: number;
  /** Ends its worker; whatever still runs in it is dropped. */
  close(): void;
}
/** What pdf.js asks for at once: the size of a sealed chunk, so that each is opened once. */
const RANGE_BYTES = 256 * 1024;

export type PdfFailure = 'pdf-encrypted' | 'pdf-broken' | 'pdf-no-pages' | 'cancelled';

/**
 * Opens a PDF in a worker of its own, so that a file that never ends can be dropped; the worker gets the parts of the
 * file that it asks for. An abort of `signal` answers 'cancelled' and ends the worker. `onLost`: a part of the file did
 * not come, now or later; nothing more will be painted of it.
 */
export async function openPdf(
  file: FileParts,
  signal: AbortSignal,
  onLost: (failure: PartFailure) => void = () => {},
): Promise<Result<OpenPdf, { code: PdfFailure }>> {
  if (signal.aborted) return fail({ code: 'cancelled' });
  let tellLost: (failure: PartFailure) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    tellLost = reject;
  });
  lost.catch(() => {}); // after it was opened only `onLost` is told
  const range = new FileRange(file, (error) => {
    tellLost(error);
    if (!signal.aborted) onLost(error);
  });
  const port = createWorker(workerUrl);
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });
  const task = getDocument({
    range,
    rangeChunkSize: RANGE_BYTES,
    disableStream: true,
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
    const document = await Promise.race([task.promise, encrypted, aborted.promise, crashed, lost]);
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

/** Brings the worker the parts of a file that it asks for. */
class FileRange extends PDFDataRangeTransport {
  readonly #file: FileParts;
  readonly #onLost: (failure: PartFailure) => void;
  #ended = false;

  constructor(file: FileParts, onLost: (failure: PartFailure) => void) {
    super(file.sizeBytes, null);
    this.#file = file;
    this.#onLost = onLost;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#file.read(begin, end - begin).then(
      (bytes) => {
        if (!this.#ended) this.onDataRange(begin, bytes);
      },
      (error: unknown) => {
        if (!this.#ended) this.#onLost(error instanceof PartFailure ? error : new PartFailure({ code: 'unexpected' }));
      },
    );
  }

  override abort(): void {
    this.#ended = true;
  }
}

/** The word for what pdf.js threw. */
export function pdfFailureOf(error: unknown): PdfFailure {
  if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
  if (error instanceof PasswordException) return 'pdf-encrypted';
  if (error instanceof InvalidPDFException && /page/i.test(error.message)) return 'pdf-no-pages';
  return 'pdf-broken';
}
