import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { CoverageChip } from './CoverageChip.tsx';
import { useCoverage } from './useCoverage.ts';
import './claims.css';

/** Claims that no exhibit supports, in reading order; each is one click from its place in the text. */
export function UnsupportedList({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, open } = useWorkbench();
  const claims = new Map(useRecords(session, 'claims').map((claim) => [claim.id, claim]));
  const index = useDocumentIndex();
  const coverage = useCoverage();
  const missing = [...coverage].filter(([, state]) => state === 'missing').map(([id]) => id);
  return (
    <section className="unsupported-list" aria-label={t('claims.unsupported')}>
      <header className="claims-panel__head">
        <h2 className="panel-title">{t('claims.unsupported')}</h2>
      </header>
      {coverage.size === 0 ? (
        <p className="empty">{t('claims.noClaims')}</p>
      ) : missing.length === 0 ? (
        <p className="empty">{t('claims.allSupported', { count: coverage.size })}</p>
      ) : (
        <>
          <p className="soft">{t('claims.unsupportedCount', { missing: missing.length, count: coverage.size })}</p>
          <ul>
            {missing.map((id) => {
              const placed = index.claims.get(id);
              return (
                <li key={id}>
                  <button
                    type="button"
                    className="card unsupported-list__claim"
                    onClick={() => {
                      editor?.reveal({ claimId: id }, { focus: true });
                      open({ kind: 'claim', claimId: id });
                    }}
                  >
                    <span className="unsupported-list__head">
                      <b>{placed?.number ? `¶ ${placed.number}` : t('claims.title')}</b>
                      <CoverageChip coverage="missing" />
                    </span>
                    <span className="unsupported-list__words">{placed?.text ?? t('claims.withoutWords')}</span>
                    {claims.get(id)?.note && <span className="hint">{claims.get(id)?.note}</span>}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
