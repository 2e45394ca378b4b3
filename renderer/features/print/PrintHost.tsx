import { useCallback } from 'react';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { PrintPreview } from './PrintPreview.tsx';

/** Over the page: the preview of the filing's pages while it is open. */
export function PrintHost({ session }: { session: ComplaintSession }) {
  const { editor, place, open } = useWorkbench();
  const close = useCallback(() => {
    open({ kind: 'filing' });
    requestAnimationFrame(() => editor?.focus());
  }, [open, editor]);
  if (place?.kind !== 'filing' || !place.preview || !editor) return null;
  return <PrintPreview session={session} onClose={close} />;
}
