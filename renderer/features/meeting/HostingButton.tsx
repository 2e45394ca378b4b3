import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../ui/workbench.ts';
import { useMeeting } from './useMeeting.ts';
import './meeting.css';

/** In the status bar while this computer hosts; nothing when it does not. */
export function HostingButton() {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  const meeting = useMeeting();
  if (meeting?.phase !== 'hosting') return null;
  return (
    <button
      type="button"
      className="bar-button hosting-button"
      title={t('meeting.title')}
      onClick={() => open({ kind: 'meeting' })}
    >
      {t('meeting.status', { count: meeting.connections })}
    </button>
  );
}
