import { useCallback, useState } from 'react';
import type { Answer, Response, StagedFile } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { useWorkbench } from '../../ui/workbench.ts';

export type RefusedFile = Response<'exhibits/stage'>['refused'][number] & { key: number };

let nextKey = 0;

/** Files that were chosen or dropped and wait for the person's decision, and those that were refused. */
export interface Staging {
  staged: readonly StagedFile[];
  refused: readonly RefusedFile[];
  choosing: boolean;
  choose(): Promise<void>;
  drop(files: readonly File[]): Promise<void>;
  /** Takes a file off the list (after it was kept, or refused with a reason). */
  settle(stagingId: string, refusal?: Omit<RefusedFile, 'key'>): void;
  discard(stagingId: string): void;
  dismiss(key: number): void;
}

export function useStaging(): Staging {
  const { session, notify } = useWorkbench();
  const { complaintId } = session;
  const [staged, setStaged] = useState<readonly StagedFile[]>([]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [choosing, setChoosing] = useState(false);

  const take = useCallback(
    (answer: Answer<Response<'exhibits/stage'>>) => {
      if (!answer.ok) return notify(answer.error);
      setStaged((before) => [...before, ...answer.value.staged]);
      setRefused((before) => [...before, ...answer.value.refused.map((file) => ({ ...file, key: nextKey++ }))]);
    },
    [notify],
  );

  return {
    staged,
    refused,
    choosing,
    choose: async () => {
      setChoosing(true);
      take(await ask('exhibits/pick', { complaintId }));
      setChoosing(false);
    },
    drop: async (files) => {
      try {
        take(await window.alegato.stageDropped(complaintId, files));
      } catch {
        notify({ code: 'unexpected' });
      }
    },
    settle: (stagingId, refusal) => {
      setStaged((before) => before.filter((file) => file.stagingId !== stagingId));
      if (refusal) setRefused((before) => [...before, { ...refusal, key: nextKey++ }]);
    },
    discard: (stagingId) => {
      setStaged((before) => before.filter((file) => file.stagingId !== stagingId));
      void ask('exhibits/discard-staged', { complaintId, stagingId });
    },
    dismiss: (key) => setRefused((before) => before.filter((file) => file.key !== key)),
  };
}
