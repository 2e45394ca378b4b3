import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../ui/workbench.ts';

/** In the status bar: the list of versions. */
export function VersionsButton() {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  return (
    <button type="button" className="bar-button" onClick={() => open({ kind: 'versions' })}>
      {t('versions.title')}
    </button>
  );
}
