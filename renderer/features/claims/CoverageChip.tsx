import { useTranslation } from 'react-i18next';
import type { Coverage } from '../../../shared/filing/buildCoverage.ts';
import './claims.css';

/** The state of a claim in words, with the same shape as the dot in the margin: filled, half, hollow. */
export function CoverageChip({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation();
  return (
    <span className={`chip ${coverage}`} title={t(`claims.coverageHints.${coverage}`)}>
      <i className={`coverage-dot coverage-dot--${coverage}`} aria-hidden="true" />
      {t(`claims.coverage.${coverage}`)}
    </span>
  );
}
