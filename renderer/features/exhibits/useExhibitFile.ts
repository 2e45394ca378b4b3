import { useEffect, useState } from 'react';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { type FileParts, openFileParts } from './FileParts.ts';

/** Where the file of an exhibit is. `waiting`: a partner added it and it is not on this computer yet. */
export type ExhibitFileState =
  | { state: 'loading' }
  | { state: 'waiting' }
  | { state: 'failed'; notice: Notice }
  | { state: 'ready'; parts: FileParts };

type ExhibitFile = Pick<Exhibit, 'blobId' | 'blobKey' | 'sha256'>;

/** Opens the anonymized copy of an exhibit, and again by itself when it has arrived. */
export function useExhibitFile(
  complaintId: string,
  { blobId, blobKey, sha256 }: ExhibitFile,
): { file: ExhibitFileState /** It is on its way here. */; coming: boolean; retry(): void } {
  const [file, setFile] = useState<ExhibitFileState>({ state: 'loading' });
  const [coming, setComing] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let stale = false;
    setFile((before) => (before.state === 'waiting' && round > 0 ? before : { state: 'loading' }));
    void openFileParts(complaintId, { kind: 'copy', blobId, blobKey, sha256 }).then((answer) => {
      if (stale) return;
      if (answer.ok) setFile({ state: 'ready', parts: answer.value });
      else if (answer.error.code === 'blob-not-here') setFile({ state: 'waiting' });
      else setFile({ state: 'failed', notice: answer.error });
    });
    return () => {
      stale = true;
    };
  }, [complaintId, blobId, blobKey, sha256, round]);

  useEffect(() => {
    setComing(false);
    return window.alegato.on('exhibits/transfer', (transfer) => {
      if (transfer.blobId !== blobId || transfer.direction !== 'down') return;
      setComing(!transfer.done);
      if (transfer.done) setRound((before) => before + 1);
    });
  }, [blobId]);

  return { file, coming, retry: () => setRound((before) => before + 1) };
}
