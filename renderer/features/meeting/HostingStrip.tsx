import { useTranslation } from 'react-i18next';
import { ask } from '../../ui/bridge.ts';
import { useMeeting } from './useMeeting.ts';
import './meeting.css';

/** Where no complaint is open and so no status bar either: this computer hosts, and the way to end it. */
export function HostingStrip() {
  const { t } = useTranslation();
  const meeting = useMeeting();
  if (meeting?.phase !== 'hosting') return null;
  return (
    <div className="hosting-strip">
      <p>{t('meeting.status', { count: meeting.connections })}</p>
      <button type="button" className="button" onClick={() => void ask('meeting/stop', undefined)}>
        {t('meeting.stop')}
      </button>
    </div>
  );
}
