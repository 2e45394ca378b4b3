import { useTranslation } from 'react-i18next';
import type { MemberDevice } from '../../../shared/ipc/contract.ts';
import { formatDate, formatSinceTime, formatTime, isSameDay } from '../../i18n/format.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** One computer: its role, when it was seen, and whether it has everything. */
export function DeviceRow({
  device,
  computer,
  organization,
  asking,
  onRemove,
}: {
  device: MemberDevice;
  computer: string;
  organization: string;
  /** The question whether to remove it stands below. */
  asking: boolean;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const seen = useSeen(device);
  const removed = device.state === 'removed';
  const facts = removed
    ? [t('members.removedComputer')]
    : device.own
      ? []
      : [seen, t(device.upToDate ? 'members.hasEverything' : 'members.lacksSome')];
  return (
    <div className="member-device">
      <span className={`dot ${removed ? 'none' : device.present ? '' : 'away'}`} aria-hidden="true" />
      <div className="grow">
        <p>
          {computer} <span className="soft">· {t(`roles.${device.role}`)}</span>
        </p>
        {facts.length > 0 && <p className="soft member-facts">{facts.join(' · ')}</p>}
      </div>
      {device.removable && !removed && (
        <button
          type="button"
          className="button quiet"
          aria-label={t('members.removeNamed', { computer, name: organization })}
          aria-expanded={asking}
          onClick={onRemove}
        >
          {t('members.remove')}
        </button>
      )}
    </div>
  );
}

function useSeen(device: MemberDevice): string {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const { present, lastSeenMs } = device;
  if (present) return t('members.here');
  if (lastSeenMs === null) return t('members.neverSeen');
  if (isSameDay(lastSeenMs, Date.now()))
    return t('members.lastSeenToday', { time: formatSinceTime(lastSeenMs, language) });
  const moment = `${formatDate(lastSeenMs, language)}, ${formatTime(lastSeenMs, language)}`;
  return t('members.lastSeen', { time: language === 'es' ? `el ${moment}` : moment });
}
