import { useTranslation } from 'react-i18next';
import { commandTitle } from '../../ui/commands/commandWords.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { useActivity } from './useActivity.ts';
import './activity.css';

/** In the status bar: there is something new; nothing when there is not. */
export function NewsButton() {
  const { t } = useTranslation();
  const { session, open } = useWorkbench();
  const count = useActivity(session)?.count ?? 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="bar-button news-button"
      aria-keyshortcuts="Control+Shift+L"
      title={commandTitle(t, 'activity')}
      onClick={() => open({ kind: 'activity' })}
    >
      {t('activity.news', { count })}
    </button>
  );
}
