import { type RefObject, useEffect, useRef } from 'react';
import type { ComplaintSession } from './ComplaintSession.ts';

/** Keeps what is in view when another session takes the place of the one on screen; the editor keeps the caret. */
export function usePagePlace(session: ComplaintSession, page: RefObject<HTMLElement | null>): void {
  const scrollTop = useRef(0);
  const shown = useRef(session);
  useEffect(() => {
    const area = page.current;
    const note = () => {
      scrollTop.current = area?.scrollTop ?? 0;
    };
    area?.addEventListener('scroll', note, { passive: true });
    return () => area?.removeEventListener('scroll', note);
  }, [page]);
  useEffect(() => {
    if (shown.current === session) return;
    shown.current = session;
    const top = scrollTop.current;
    const put = () => {
      if (page.current) page.current.scrollTop = top;
    };
    put();
    // Once more when everything beside the text has its size.
    requestAnimationFrame(put);
  }, [session, page]);
}
