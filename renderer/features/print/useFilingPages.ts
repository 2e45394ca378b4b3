import { useEffect, useState } from 'react';
import { buildFiling } from '../../../shared/filing/buildFiling.ts';
import type { FilingModel } from '../../../shared/filing/FilingModel.ts';
import { type FilingPage, layOutFiling } from '../../../shared/filing/pages/layOutFiling.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useDocumentIndex } from '../../ui/useSession.ts';

export interface FilingPages {
  pages: readonly FilingPage[];
  head: Pick<FilingModel, 'title' | 'legend'>;
}

/** What partners change meanwhile is laid out again this long after. */
const AGAIN_MS = 800;

/** The pages of the filing as the complaint is now; null while they are laid out for the first time. */
export function useFilingPages(session: ComplaintSession): FilingPages | null {
  const index = useDocumentIndex();
  const [laidOut, setLaidOut] = useState<FilingPages | null>(null);
  const first = laidOut === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the index is why the text is read again
  useEffect(() => {
    let idle = 0;
    const timer = setTimeout(
      () => {
        idle = requestIdleCallback(() => {
          const model = buildFiling(session.takeSnapshot());
          setLaidOut({ pages: layOutFiling(model), head: { title: model.title, legend: model.legend } });
        });
      },
      first ? 0 : AGAIN_MS,
    );
    return () => {
      clearTimeout(timer);
      cancelIdleCallback(idle);
    };
  }, [session, index, first]);
  return laidOut;
}
