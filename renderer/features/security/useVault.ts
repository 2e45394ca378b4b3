import { useEffect, useState } from 'react';
import type { VaultState } from '../../../shared/ipc/security.ts';
import { ask } from '../../ui/bridge.ts';

/** How the key is kept, as main last said; null until it has. */
export function useVault(): VaultState | null {
  const [vault, setVault] = useState<VaultState | null>(null);
  useEffect(() => {
    let gone = false;
    void ask('vault/state', undefined).then((answer) => {
      if (answer.ok && !gone) setVault(answer.value);
    });
    const stop = window.alegato.on('vault/changed', setVault);
    return () => {
      gone = true;
      stop();
    };
  }, []);
  return vault;
}
