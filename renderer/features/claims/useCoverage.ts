import { useMemo } from 'react';
import type { ClaimId } from '../../../shared/domain/ids.ts';
import { buildCoverage, type Coverage } from '../../../shared/filing/buildCoverage.ts';
import { useIndexPart, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** How well each claim is proved, in reading order; claims without words in the text come last. */
export function useCoverage(): Map<ClaimId, Coverage> {
  const { session } = useWorkbench();
  const claims = useRecords(session, 'claims');
  const links = useRecords(session, 'links');
  const exhibits = useRecords(session, 'exhibits');
  const placed = useIndexPart(({ claims: all }) => all);
  return useMemo(
    () => buildCoverage({ claims, links, exhibits, placedClaims: placed.keys() }),
    [claims, links, exhibits, placed],
  );
}
