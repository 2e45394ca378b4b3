import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberDevice } from '../../../shared/ipc/contract.ts';

/**
 * "This computer" or "Computer 41327". The room's own number, because it is the same on every screen and for good:
 * two people must be able to name one computer on the phone. An organization's only computer needs none.
 */
export function useComputerName(): (device: MemberDevice, devices: readonly MemberDevice[]) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ own, number }, devices) => {
      if (devices.length === 1) return t(own ? 'members.thisComputer' : 'members.onlyComputer');
      return t(own ? 'members.thisComputerOf' : 'members.computer', { number });
    },
    [t],
  );
}
