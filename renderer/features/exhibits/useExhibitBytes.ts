import { useEffect, useState } from 'react';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';

/** Where the file of an exhibit is. `waiting`: a partner added it and it is not on this computer yet. */
export type ExhibitBytes =
  | { state: 'loading' }
  | { state: 'waiting' }
  | { state: 'failed'; notice: Notice }
  | { state: 'ready'; bytes: Uint8Array<ArrayBuffer> };

/** Bytes that came so far, for the exhibit that is on its way; null when nothing moves. */
export interface TransferProgress {
  received: number;
  total: number;
}

type ExhibitFile = Pick<Exhibit, 'blobId' | 'blobKey' | 'sha256'>;

/** Reads the anonymized copy of an exhibit, and again by itself when it has arrived. */
export function useExhibitBytes(
  complaintId: string,
  { blobId, blobKey, sha256 }: ExhibitFile,
): { file: ExhibitBytes; progress: TransferProgress | null; retry(): void } {
  const [file, setFile] = useState<ExhibitBytes>({ state: 'loading' });
  const [progress, setProgress] = useState<TransferProgress | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let stale = false;
    setFile((before) => (before.state === 'waiting' && round > 0 ? before : { state: 'loading' }));
    void ask('exhibits/read', { complaintId, blobId, blobKey, sha256 }).then((answer) => {
      if (stale) return;
      if (answer.ok) setFile({ state: 'ready', bytes: new Uint8Array(answer.value.bytes) });
      else if (answer.error.code === 'blob-not-here') setFile({ state: 'waiting' });
      else setFile({ state: 'failed', notice: answer.error });
    });
    return () => {
      stale = true;
    };
  }, [complaintId, blobId, blobKey, sha256, round]);

  useEffect(() => {
    setProgress(null);
    return window.alegato.on('exhibits/transfer', (transfer) => {
      if (transfer.blobId !== blobId || transfer.direction !== 'down') return;
      setProgress(transfer.done ? null : { received: transfer.received, total: transfer.total });
      if (transfer.done) setRound((before) => before + 1);
    });
  }, [blobId]);

  return { file, progress, retry: () => setRound((before) => before + 1) };
}
