import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useWorkbench } from '../../ui/workbench.ts';
import { Hosting } from './Hosting.tsx';
import { KeptFromMeetings } from './KeptFromMeetings.tsx';
import { StartForm } from './StartForm.tsx';
import { ThisComplaint } from './ThisComplaint.tsx';
import { useMeeting } from './useMeeting.ts';
import './meeting.css';

/** A relay on this computer for a meeting room: start, addresses, who is there, stop, and what is left afterwards. */
export function MeetingPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const meeting = useMeeting();
  const root = useRef<HTMLElement>(null);
  const phase = meeting?.phase;
  const phaseBefore = useRef(phase);
  useEffect(() => {
    // The button that was pressed is gone with the form it stood in: the keyboard goes on here.
    const changed = phaseBefore.current !== undefined && phaseBefore.current !== phase;
    phaseBefore.current = phase;
    if (changed && document.activeElement === document.body) root.current?.focus();
  }, [phase]);
  return (
    <section className="meeting" aria-label={t('meeting.title')} ref={root} tabIndex={-1}>
      <h2 className="panel-title">{t('meeting.title')}</h2>
      <p className="note-line">{t('meeting.what')}</p>
      {!meeting && <Skeleton label={t('common.loading')} lines={4} />}
      {meeting &&
        (meeting.phase === 'hosting' || meeting.phase === 'stopping' ? (
          <Hosting meeting={meeting} />
        ) : (
          <StartForm meeting={meeting} />
        ))}
      {meeting && <ThisComplaint session={session} meeting={meeting} />}
      {meeting?.phase === 'off' && <KeptFromMeetings keptBytes={meeting.keptBytes} language={language} />}
    </section>
  );
}
