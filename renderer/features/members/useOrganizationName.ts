import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberOrganization } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';

/**
 * What the organization calls itself. One of readers only cannot write that into the complaint: it is known while one
 * of its computers is here, from what that computer says.
 */
export function useOrganizationName(session: ComplaintSession, organization: MemberOrganization): string {
  const { t } = useTranslation();
  const [heard, setHeard] = useState('');
  const { name, devices } = organization;
  useEffect(() => {
    if (name) return;
    const numbers = new Set(devices.map(({ number }) => number));
    const listen = () => {
      for (const state of session.awareness.getStates().values()) {
        const { deviceNumber, name: said } = state as Record<string, unknown>;
        if (typeof said === 'string' && said && numbers.has(deviceNumber as number)) setHeard(said.slice(0, 120));
      }
    };
    listen();
    session.awareness.on('change', listen);
    return () => session.awareness.off('change', listen);
  }, [session, name, devices]);
  return name || heard || t('members.nameless');
}
