import { useTranslation } from 'react-i18next';
import { formatIsoDate } from '../../i18n/format.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { isStale } from './isStale.ts';

/** When an entry was last checked, with a warning when that is long ago or never. */
export function AsOfLine({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  if (!asOf) return <p className="as-of stale">{t('filing.never')}</p>;
  const date = formatIsoDate(asOf, language);
  return isStale(asOf, Date.now()) ? (
    <p className="as-of stale">{t('filing.stale', { date })}</p>
  ) : (
    <p className="as-of">{t('filing.checkedOn', { date })}</p>
  );
}
