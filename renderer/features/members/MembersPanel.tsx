import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Members } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useMembers } from '../../ui/useMembers.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { InvitationList } from './InvitationList.tsx';
import { OrganizationEntry } from './OrganizationEntry.tsx';
import './members.css';

/** Who is in the complaint, whether the digits were compared, and who has been invited. */
export function MembersPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { open } = useWorkbench();
  const { reading, show } = useMembers(session);
  return (
    <section className="members" aria-label={t('members.title')}>
      <h2 className="panel-title">{t('members.title')}</h2>
      {reading.state === 'loading' && <Skeleton label={t('common.loading')} lines={6} />}
      {reading.state === 'failed' && (
        <div className="empty" role="alert">
          <p>
            {t('members.failed')} {reading.notice.code !== 'unexpected' && sentence(reading.notice)}
          </p>
          <button type="button" className="button" onClick={() => show()}>
            {t('members.retry')}
          </button>
        </div>
      )}
      {reading.state === 'ready' &&
        (reading.members.role === null && reading.members.organizations.length === 0 ? (
          <div className="empty">
            <p>{t('members.aloneHint')}</p>
            <button type="button" className="button" onClick={() => open({ kind: 'invite' })}>
              {t('members.invite')}
            </button>
          </div>
        ) : (
          <Roster session={session} members={reading.members} show={show} />
        ))}
    </section>
  );
}

function Roster({
  session,
  members,
  show,
}: {
  session: ComplaintSession;
  members: Members;
  show(members?: Members): void;
}) {
  const { t } = useTranslation();
  const { open } = useWorkbench();
  const { removed } = useStatus(session);
  const [said, setSaid] = useState('');
  const owner = members.role === 'owner' && !removed;
  return (
    <>
      {removed ? (
        <p className="note-line missing">{t('members.removedHere')}</p>
      ) : (
        members.role && (
          <p className="note-line">
            {t('members.roleHere', { role: t(`roles.${members.role}`), meaning: t(`roleMeanings.${members.role}`) })}
          </p>
        )
      )}
      {said && <p className="note-line">{said}</p>}
      <ul className="member-list">
        {members.organizations.map((organization) => (
          <li key={organization.number}>
            <OrganizationEntry session={session} organization={organization} show={show} say={setSaid} />
          </li>
        ))}
      </ul>
      <InvitationList complaintId={session.complaintId} members={members} mayInvite={owner} show={show} say={setSaid} />
      <h3 className="label">{t('members.relay')}</h3>
      <p className="break-anywhere">{members.relayUrl}</p>
      <div className="actions member-ways">
        {owner && (
          <button type="button" className="button" onClick={() => open({ kind: 'move-relay' })}>
            {t('members.moveRelay')}
          </button>
        )}
        <button type="button" className="button" onClick={() => open({ kind: 'bundle' })}>
          {t('members.bundle')}
        </button>
      </div>
    </>
  );
}
