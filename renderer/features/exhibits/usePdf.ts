import { useEffect, useState } from 'react';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { FileParts } from './FileParts.ts';
import { type OpenPdf, openPdf, type PdfFailure } from './openPdf.ts';

/** An open PDF for as long as the component shows it. `lost`: a part of the file did not come. */
export function usePdf(file: FileParts): {
  pdf: OpenPdf | null;
  failure: Exclude<PdfFailure, 'cancelled'> | null;
  lost: Notice | null;
} {
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [failure, setFailure] = useState<Exclude<PdfFailure, 'cancelled'> | null>(null);
  const [lost, setLost] = useState<Notice | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let opened: OpenPdf | null = null;
    void openPdf(file, stop.signal, ({ notice }) => setLost(notice)).then((answer) => {
      if (answer.ok && stop.signal.aborted) answer.value.close();
      else if (answer.ok) setPdf((opened = answer.value));
      else if (answer.error.code !== 'cancelled') setFailure(answer.error.code);
    });
    return () => {
      stop.abort();
      opened?.close();
      setPdf(null);
      setFailure(null);
      setLost(null);
    };
  }, [file]);
  return { pdf, failure, lost };
}
