import { useCallback } from 'react';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { RedlinePage } from './RedlinePage.tsx';
import { useKeeping } from './useKeeping.ts';
import './versions.css';

/** Over the page: keeps versions by itself, and shows the redline while two are compared. */
export function VersionsHost({ session }: { session: ComplaintSession }) {
  const { editor, place, open } = useWorkbench();
  useKeeping(session, editor);
  const close = useCallback(() => {
    open({ kind: 'versions' });
    requestAnimationFrame(() => editor?.focus());
  }, [open, editor]);
  const compare = place?.kind === 'versions' ? place.compare : undefined;
  if (!compare || !editor) return null;
  return <RedlinePage session={session} old={compare.old} now={compare.now} onClose={close} />;
}
