import { useEffect, useRef } from 'react';
import type { ComplaintStatus, Notice } from '../../shared/ipc/contract.ts';
import { NOTICE_CODES, type NoticeCode } from '../../shared/ipc/notices.ts';

/** A relay that is merely away comes back by itself; the status line says enough. */
const SAID_BY_STATUS: readonly string[] = ['', 'relay-away', 'relay-slow'];

/** Tells once what is wrong with a relay that a person has to do something about; again only after it was well. */
export function useRelayTrouble(status: ComplaintStatus, notify: (notice: Notice) => void): void {
  const told = useRef('');
  const { relay, relayReason } = status;
  useEffect(() => {
    if (relay === 'online') told.current = '';
    if (SAID_BY_STATUS.includes(relayReason) || told.current === relayReason) return;
    const code = NOTICE_CODES.find((known): known is NoticeCode => known === relayReason);
    if (!code) return;
    told.current = code;
    notify({ code });
  }, [relay, relayReason, notify]);
}
