import { useCallback, useEffect, useState } from 'react';
import type { WaitingJoin } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';

/** Invitations that wait for a computer of the coalition, longest waiting first; read again when one moves on. */
export function useJoins(): { joins: readonly WaitingJoin[]; load(): Promise<void> } {
  const [joins, setJoins] = useState<readonly WaitingJoin[]>([]);
  const load = useCallback(async () => {
    const answer = await ask('joins/list', undefined);
    // What is on screen stays when it cannot be read; the next event tries again.
    if (answer.ok) setJoins(answer.value);
  }, []);
  useEffect(() => {
    void load();
    return window.alegato.on('joins/changed', () => void load());
  }, [load]);
  return { joins, load };
}
