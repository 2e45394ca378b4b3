import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimId, ExhibitId } from '../../../shared/domain/ids.ts';
import type { Thread } from '../../../shared/domain/records.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

export interface ThreadPlace {
  /** "¶ 4", "Footnote 2", "Exhibit C", "Claim"; "Without a place" when what it was about is gone. */
  title: string;
  /** The words as they are now, else as they were quoted. */
  words: string;
  /** Shows it in the text or opens the record; null when it is gone. */
  show: (() => void) | null;
}

function titleOf(placed: { number: number | null; noteNumber?: number }, t: TFunction): string {
  if (placed.noteNumber !== undefined) return t('footnotes.name', { number: placed.noteNumber });
  return placed.number === null ? t('comments.inText') : t('comments.inParagraph', { number: placed.number });
}

/** Where a thread stands, and the way there. */
export function useThreadPlace(): (thread: Thread) => ThreadPlace {
  const { t } = useTranslation();
  const { session, editor, open } = useWorkbench();
  const index = useDocumentIndex();
  const exhibits = useRecords(session, 'exhibits');
  const claims = useRecords(session, 'claims');
  return useCallback(
    (thread) => {
      const { id, anchor, target, quote } = thread;
      const gone: ThreadPlace = { title: t('comments.withoutPlace'), words: quote, show: null };
      if (anchor === 'exhibit') {
        const exhibit = exhibits.find((entry) => entry.id === target);
        if (!exhibit) return gone;
        const exhibitId = target as ExhibitId;
        return {
          title: t('comments.onExhibit', { label: index.labels.get(exhibitId) ?? '?' }),
          words: exhibit.title || quote,
          show: () => open({ kind: 'exhibit', exhibitId }),
        };
      }
      if (anchor === 'claim') {
        if (!claims.some((entry) => entry.id === target)) return gone;
        const claimId = target as ClaimId;
        const placed = index.claims.get(claimId);
        return {
          title: placed?.number ? t('comments.onClaimIn', { number: placed.number }) : t('comments.onClaim'),
          words: placed?.text ?? quote,
          show: () => {
            editor?.reveal({ claimId }, { focus: false });
            open({ kind: 'claim', claimId });
          },
        };
      }
      const placed = index.threads.get(id);
      if (!placed) return gone;
      return {
        title: titleOf(placed, t),
        words: placed.text || quote || t('comments.noWords'),
        show: () => void editor?.reveal({ threadId: id }, { focus: true }),
      };
    },
    [t, editor, open, index, exhibits, claims],
  );
}
