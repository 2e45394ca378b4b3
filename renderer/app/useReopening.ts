import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../shared/ipc/contract.ts';
import { ask } from '../ui/bridge.ts';
import { leaveToNext, openSession } from './BridgedSession.ts';
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
 * meets elsewhere now), and when this computer was removed, because it is read only from then on. The person goes on
 * typing meanwhile; the exchange itself is one step, in which no key can come.
 */
export function useReopening({ session, replace, onLost, announce }: Options): {
  /** What is typed now is kept in this window until the other session is here. */
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
          leaveToNext(current);
          onLost(current, opened.error);
          break;
        }
        const next = opened.value;
        const shown = current;
        await composed();
        if (replaced.current) replaced.current.abandon();
        replaced.current = current;
        next.succeed(shown);
        if (!flushSync(() => replace(shown, next))) {
          replaced.current = null;
          await next.close();
          break;
        }
        current = next;
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

const COMPOSING_MS = 3_000;
let composing = false;
document.addEventListener('compositionstart', () => (composing = true), { capture: true });
document.addEventListener('compositionend', () => (composing = false), { capture: true });

/** Resolves when no word is half composed, as accents and Asian scripts are; it would break off with its editor. */
function composed(): Promise<void> {
  if (!composing) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, COMPOSING_MS);
    function done(): void {
      clearTimeout(timer);
      document.removeEventListener('compositionend', done);
      resolve();
    }
    document.addEventListener('compositionend', done);
  });
}
