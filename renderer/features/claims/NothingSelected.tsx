import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useIndexPart, useSelectionState } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { CoverageChip } from './CoverageChip.tsx';
import { makeClaim } from './makeClaim.ts';
import { useCoverage } from './useCoverage.ts';

/** The right panel while the caret is on no claim: the one action that makes one, and the paragraph's claims. */
export function NothingSelected({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { notify, open } = useWorkbench();
  const { collapsed, blockKey } = useSelectionState();
  const coverage = useCoverage();
  const claims = useIndexPart((index) => index.claims);
  const here = useIndexPart(({ blocks }) => blocks.find((block) => block.key === blockKey)?.claimIds) ?? [];
  const missing = [...coverage.values()].filter((state) => state === 'missing').length;
  const make = () => {
    const claimId = makeClaim(session);
    if (claimId) open({ kind: 'claim', claimId });
    else notify({ code: 'select-words-first' });
  };
  return (
    <section className="claims-panel" aria-label={t('claims.title')}>
      <div className="empty">
        <p>{t('claims.none')}</p>
        {!session.readOnly && !collapsed && !session.editor?.suggestions.isReviewer() && (
          <button type="button" className="button" onPointerDown={(event) => event.preventDefault()} onClick={make}>
            {t('claims.make')}
          </button>
        )}
      </div>
      {here.length > 0 && (
        <>
          <h3 className="label">{t('claims.inParagraph')}</h3>
          <ul>
            {here.map((claimId) => (
              <li key={claimId}>
                <button
                  type="button"
                  className="card unsupported-list__claim"
                  onClick={() => open({ kind: 'claim', claimId })}
                >
                  <span className="unsupported-list__words">{claims.get(claimId)?.text}</span>
                  <CoverageChip coverage={coverage.get(claimId) ?? 'missing'} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {missing > 0 && (
        <button type="button" className="link-button" onClick={() => open({ kind: 'unsupported' })}>
          {t('claims.unsupportedLink', { count: missing })}
        </button>
      )}
    </section>
  );
}
