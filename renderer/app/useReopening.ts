import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../shared/ipc/contract.ts';
import { ask } from '../ui/bridge.ts';
import { openSession } from './BridgedSession.ts';
import type { ComplaintSession } from './ComplaintSession.ts';

interface Options {
  /** The complaint on screen; null for none. */
  session: ComplaintSession | null;
  /** Puts another session of the same complaint in its place; false when it is no longer on screen. */
  replace(old: ComplaintSession, next: ComplaintSession): boolean;
  /** It could not be opened again. */
  onLost(old: ComplaintSession, notice: Notice): void;
  announce(sentence: string): void;
}

/**
 * Opens the complaint on screen again in its place: when main has built it anew (what counts in it has changed, or it
 * meets elsewhere now), and when this computer was removed, because it is read only from then on.
 */
export function useReopening({ session, replace, onLost, announce }: Options): {
  /** Nothing typed now would be kept. */
  reopening: boolean;
  reopenRemoved(): void;
} {
  const { t } = useTranslation();
  const [reopening, setReopening] = useState(false);
  const running = useRef(false);
  const again = useRef(false);
  /** Let go of once the window has stopped showing it. */
  const replaced = useRef<ComplaintSession | null>(null);
  useEffect(() => {
    if (!replaced.current || replaced.current === session) return;
    replaced.current.abandon();
    replaced.current = null;
  }, [session]);

  const reopen = useCallback(
    async (old: ComplaintSession, sentence: string) => {
      again.current = true;
      if (running.current) return;
      running.current = true;
      setReopening(true);
      let current = old;
      while (again.current) {
        again.current = false;
        const opened = await openSession(current.complaintId);
        if (!opened.ok) {
          onLost(current, opened.error);
          break;
        }
        if (replaced.current) replaced.current.abandon();
        replaced.current = current;
        if (!replace(current, opened.value)) {
          replaced.current = null;
          await opened.value.close();
          break;
        }
        current = opened.value;
        announce(sentence);
      }
      running.current = false;
      setReopening(false);
    },
    [replace, onLost, announce],
  );
  const complaintId = session?.complaintId;
  useEffect(
    () =>
      window.alegato.on('complaint/rebuilt', (event) => {
        if (session && event.complaintId === complaintId) void reopen(session, t('rebuilt.again'));
      }),
    [session, complaintId, reopen, t],
  );
  const reopenRemoved = useCallback(() => {
    if (!session) return;
    void ask('complaint/flush', { complaintId: session.complaintId }).then(() => reopen(session, t('rebuilt.removed')));
  }, [session, reopen, t]);
  return { reopening, reopenRemoved };
}
