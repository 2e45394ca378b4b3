import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityReading } from '../../../shared/domain/activity/ActivityReading.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatDate, formatTime } from '../../i18n/format.ts';
import { findOrganization } from '../../ui/findOrganization.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { RecordRow } from './RecordRow.tsx';
import { TextRow } from './TextRow.tsx';
import { useActivity } from './useActivity.ts';
import './activity.css';

/** What the others changed since this person was last here, by organization; each entry leads to its place. */
export function ActivityPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { language, announce } = useWorkbench();
  const reading = useActivity(session);
  const [compared, setCompared] = useState<boolean | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void session.activity.refresh().then(setCompared);
  }, [session]);

  const seen = reading
    ? { date: formatDate(reading.seenMs, language), time: formatTime(reading.seenMs, language) }
    : null;
  const markSeen = async () => {
    const marked = await session.activity.markSeen();
    setFailed(!marked);
    announce(t(marked ? 'activity.marked' : 'activity.notMarked'));
  };
  return (
    <section className="activity" aria-label={t('activity.title')}>
      <h2 className="panel-title">{t('activity.title')}</h2>
      {!reading || !seen ? (
        <p className="empty" role="status">
          {t(compared === null ? 'activity.nothingYet' : compared ? 'activity.firstVisit' : 'activity.notCompared')}
        </p>
      ) : reading.count === 0 ? (
        <p className="empty" role="status">
          {t('activity.nothing', seen)}
        </p>
      ) : (
        <>
          <p className="note-line">{t('activity.lastHere', seen)}</p>
          <button type="button" className="button" onClick={() => void markSeen()}>
            {t('activity.markRead')}
          </button>
          {failed && (
            <p className="note-line missing" role="alert">
              {t('activity.notMarked')}
            </p>
          )}
          {reading.groups.map((group) => (
            <Group key={group.organization ?? 0} session={session} group={group} />
          ))}
        </>
      )}
    </section>
  );
}

function Group({ session, group }: { session: ComplaintSession; group: ActivityReading['groups'][number] }) {
  const { t } = useTranslation();
  const arrival = useArrival(group.arrived);
  const organization = findOrganization(session.doc, useRecords(session, 'organizations'), group.organization);
  const name = organization?.name || t('activity.somebody');
  const counts = [
    group.texts.length > 0 ? t('activity.passages', { count: group.texts.length }) : null,
    group.records.length > 0 ? t('activity.records', { count: group.records.length }) : null,
  ];
  return (
    <section className="activity-group" aria-label={name}>
      <h3 className="activity-name">
        {organization && (
          <span
            className="activity-color"
            aria-hidden="true"
            style={{ background: `var(--org-${(organization.color % 8) + 1})` }}
          />
        )}
        {name}
      </h3>
      <p className="soft activity-when">{[...counts, arrival].filter((words) => words !== null).join(' · ')}</p>
      {!organization && <p className="soft activity-when">{t('activity.somebodyHint')}</p>}
      <ul>
        {group.texts.map((change, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole, and rows keep no state
          <li key={`${change.place}-${change.kind}-${position}`}>
            <TextRow change={change} />
          </li>
        ))}
        {group.records.map((change) => (
          <li key={`${change.collection}-${change.id}-${change.kind}`}>
            <RecordRow change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function useArrival(arrived: { firstMs: number; lastMs: number } | null): string | null {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  if (!arrived) return null;
  const date = formatDate(arrived.firstMs, language);
  const time = formatTime(arrived.firstMs, language);
  const until = formatTime(arrived.lastMs, language);
  return time === until ? t('activity.arrivedAt', { date, time }) : t('activity.arrivedBetween', { date, time, until });
}
