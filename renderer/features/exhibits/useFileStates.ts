import { useEffect, useMemo, useState } from 'react';
import type { Events, FileState } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';

export interface FileStates {
  /** By blob id; a file that main has not spoken of yet is missing. */
  byBlob: ReadonlyMap<string, FileState>;
  paused: boolean;
}

type Told = Pick<Events['exhibits/files'], 'paused' | 'files'>;

/** Where the files of a complaint's exhibits are, kept up to date by main. A state that stays equal stays the same object. */
export function useFileStates(complaintId: string): FileStates {
  const [told, setTold] = useState<Told>({ paused: false, files: [] });
  useEffect(() => {
    let stale = false;
    let heard = false;
    const take = (next: Told) =>
      setTold((before) => {
        const known = new Map(before.files.map((file) => [file.blobId, file]));
        const files = next.files.map((file) => {
          const same = known.get(file.blobId);
          return same && JSON.stringify(same) === JSON.stringify(file) ? same : file;
        });
        return { paused: next.paused, files };
      });
    const unsubscribe = window.alegato.on('exhibits/files', (event) => {
      if (event.complaintId !== complaintId) return;
      heard = true;
      take(event);
    });
    void ask('exhibits/file-states', { complaintId }).then((answer) => {
      if (!stale && !heard && answer.ok) take(answer.value);
    });
    return () => {
      stale = true;
      unsubscribe();
    };
  }, [complaintId]);
  return useMemo(
    () => ({ byBlob: new Map(told.files.map((file) => [file.blobId, file])), paused: told.paused }),
    [told],
  );
}
