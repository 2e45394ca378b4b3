import { useEffect } from 'react';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { EditorApi } from '../../editor/EditorApi.ts';
import { keepVersion } from './keepVersion.ts';

const EVERY_MS = 10 * 60_000;
/** After the complaint is on screen: opening it must not wait for this. */
const OPENED_MS = 3_000;

/**
 * Keeps versions by itself: as the complaint was when it was opened (which is how the session before ended, however it
 * ended), and every ten minutes in which something changed. Main keeps none that repeats the newest.
 */
export function useKeeping(session: ComplaintSession, editor: EditorApi | null): void {
  useEffect(() => {
    if (!editor) return;
    let changed = false;
    const onUpdate = () => {
      changed = true;
    };
    session.doc.on('update', onUpdate);
    const opened = setTimeout(() => void keepVersion(session, 'opened'), OPENED_MS);
    const often = setInterval(() => {
      if (!changed) return;
      changed = false;
      void keepVersion(session, 'time').then((kept) => {
        // A full disk is told by whatever writes the text itself; the next round tries again.
        if (!kept.ok) changed = true;
      });
    }, EVERY_MS);
    return () => {
      clearTimeout(opened);
      clearInterval(often);
      session.doc.off('update', onUpdate);
    };
  }, [session, editor]);
}
