import { useEffect, useState } from 'react';
import type { Notice, StagedFile } from '../../../shared/ipc/contract.ts';
import { openFileParts } from './FileParts.ts';
import { type InspectedFile, inspectFile } from './inspectFile.ts';

/** Reads a staged file once. Null while it is being read; a failure is the notice to show. */
export function useInspection(
  complaintId: string,
  file: StagedFile,
  onFailure: (notice: Notice) => void,
): InspectedFile | null {
  const [inspected, setInspected] = useState<InspectedFile | null>(null);
  const { stagingId, mime } = file;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `onFailure` must not read the file again
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      const opened = await openFileParts(complaintId, { kind: 'staged', stagingId });
      if (stop.signal.aborted) return;
      if (!opened.ok) return onFailure(opened.error);
      const answer = await inspectFile(opened.value, mime, stop.signal);
      if (stop.signal.aborted) return;
      if (answer.ok) setInspected(answer.value);
      else if (answer.error.code !== 'cancelled') onFailure({ code: answer.error.code });
    })().catch(() => {
      if (!stop.signal.aborted) onFailure({ code: 'unexpected' });
    });
    return () => stop.abort();
  }, [complaintId, stagingId, mime]);
  return inspected;
}
