import { useCallback, useEffect, useState } from 'react';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';

/** The originals of this computer; null while they are being read. `reload` after one was added. */
export function useOriginals(complaintId: string): {
  originals: readonly LocalOriginal[] | null;
  failed: boolean;
  reload(): void;
} {
  const [originals, setOriginals] = useState<readonly LocalOriginal[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after `reload`
  useEffect(() => {
    let stale = false;
    void ask('exhibits/originals', { complaintId }).then((answer) => {
      if (stale) return;
      setFailed(!answer.ok);
      if (answer.ok) setOriginals(answer.value);
    });
    return () => {
      stale = true;
    };
  }, [complaintId, round]);
  return { originals, failed, reload: useCallback(() => setRound((before) => before + 1), []) };
}
