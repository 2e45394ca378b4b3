import { useEffect, useState } from 'react';
import { type OpenPdf, openPdf, type PdfFailure } from './openPdf.ts';

/** An open PDF for as long as the component shows it. `bytes` is copied. */
export function usePdf(bytes: Uint8Array<ArrayBuffer>): {
  pdf: OpenPdf | null;
  failure: Exclude<PdfFailure, 'cancelled'> | null;
} {
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [failure, setFailure] = useState<Exclude<PdfFailure, 'cancelled'> | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let opened: OpenPdf | null = null;
    void openPdf(bytes.slice(), stop.signal).then((answer) => {
      if (answer.ok && stop.signal.aborted) answer.value.close();
      else if (answer.ok) setPdf((opened = answer.value));
      else if (answer.error.code !== 'cancelled') setFailure(answer.error.code);
    });
    return () => {
      stop.abort();
      opened?.close();
      setPdf(null);
      setFailure(null);
    };
  }, [bytes]);
  return { pdf, failure };
}
