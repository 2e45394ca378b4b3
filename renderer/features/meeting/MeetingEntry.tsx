import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../ui/workbench.ts';

/** The way from the settings to hosting. */
export function MeetingEntry() {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  return (
    <div className="actions">
      <button type="button" className="button" onClick={() => open({ kind: 'meeting' })}>
        {t('meeting.title')}…
      </button>
    </div>
  );
}
