import { useCallback, useEffect, useState } from 'react';
import type { Members, Notice } from '../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import { ask } from './bridge.ts';
import { useStatus } from './useSession.ts';

export type MembersReading =
  | { state: 'loading' }
  | { state: 'failed'; notice: Notice }
  | { state: 'ready'; members: Members };

const asked = new Map<string, ReturnType<typeof ask<'members/list'>>>();

/** One question for all who ask in the same step. */
function askOnce(complaintId: string): ReturnType<typeof ask<'members/list'>> {
  let answer = asked.get(complaintId);
  if (!answer) {
    asked.set(complaintId, (answer = ask('members/list', { complaintId })));
    queueMicrotask(() => asked.delete(complaintId));
  }
  return answer;
}

/** Who is in the complaint, read again whenever main says so or a partner came, went or caught up. */
export function useMembers(session: ComplaintSession): {
  reading: MembersReading;
  /** Shows what an answer of main brought, or reads anew. */
  show(members?: Members): void;
} {
  const { complaintId } = session;
  const [reading, setReading] = useState<MembersReading>({ state: 'loading' });
  const { role, partners, partnersUpToDate, relay } = useStatus(session);
  const read = useCallback(async () => {
    const answer = await askOnce(complaintId);
    const next: MembersReading = answer.ok
      ? { state: 'ready', members: answer.value }
      : { state: 'failed', notice: answer.error };
    // The same reading while it says the same: partners catch up with every few keys.
    setReading((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  }, [complaintId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of these is why it is read again
  useEffect(() => void read(), [read, role, partners, partnersUpToDate, relay]);
  useEffect(
    () =>
      window.alegato.on('members/changed', (event) => {
        if (event.complaintId === complaintId) void read();
      }),
    [complaintId, read],
  );
  const show = useCallback(
    (members?: Members) => {
      if (members) setReading({ state: 'ready', members });
      else void read();
    },
    [read],
  );
  return { reading, show };
}
