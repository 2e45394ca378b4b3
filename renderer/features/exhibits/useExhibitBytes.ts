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

type ExhibitFile = Pick<Exhibit, 'blobId' | 'blobKey' | 'sha256'>;

/** Reads the anonymized copy of an exhibit, and again by itself when it has arrived. */
export function useExhibitBytes(
  complaintId: string,
  { blobId, blobKey, sha256 }: ExhibitFile,
): { file: ExhibitBytes /** It is on its way here. */; coming: boolean; retry(): void } {
  const [file, setFile] = useState<ExhibitBytes>({ state: 'loading' });
  const [coming, setComing] = useState(false);
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
    setComing(false);
    return window.alegato.on('exhibits/transfer', (transfer) => {
      if (transfer.blobId !== blobId || transfer.direction !== 'down') return;
      setComing(!transfer.done);
      if (transfer.done) setRound((before) => before + 1);
    });
  }, [blobId]);

  return { file, coming, retry: () => setRound((before) => before + 1) };
}
