import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberInvitation, Members } from '../../../shared/ipc/contract.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { InvitationRow } from './InvitationRow.tsx';
import { sortInvitations } from './sortInvitations.ts';

/** Who has been invited: what somebody has to look at first, then what is open, then the past. */
export function InvitationList({
  complaintId,
  members,
  mayInvite,
  show,
  say,
}: {
  complaintId: string;
  members: Members;
  mayInvite: boolean;
  show(members?: Members): void;
  /** Tells a result in the panel. */
  say(sentence: string): void;
}) {
  const { t } = useTranslation();
  const { open: openPlace, announce } = useWorkbench();
  const heading = useRef<HTMLHeadingElement>(null);
  const { usedTwice, open, past } = sortInvitations(members.invitations);
  const ownNumber = members.organizations.find(({ own }) => own)?.number;
  const list = (some: readonly MemberInvitation[]) => (
    <ul className="invitations">
      {some.map((invitation) => (
        <InvitationRow
          key={invitation.id}
          complaintId={complaintId}
          invitation={invitation}
          ours={invitation.organizationNumber === ownNumber}
          mayInvite={mayInvite}
          onWithdrawn={(name, now) => {
            const result = t('members.withdrawnNow', { name });
            say(result);
            announce(result);
            show(now);
            heading.current?.focus(); // its row is about to go
          }}
        />
      ))}
    </ul>
  );
  return (
    <>
      <h3 className="label" tabIndex={-1} ref={heading}>
        {t('members.invitations')}
      </h3>
      {list([...usedTwice, ...open])}
      {usedTwice.length + open.length === 0 && <p className="soft">{t('members.noInvitations')}</p>}
      {past.length > 0 && (
        <details className="past-invitations">
          <summary>{t('members.pastInvitations', { count: past.length })}</summary>
          {list(past)}
        </details>
      )}
      {mayInvite && (
        <div className="actions member-ways">
          <button type="button" className="button" onClick={() => openPlace({ kind: 'invite' })}>
            {t('members.invite')}
          </button>
        </div>
      )}
    </>
  );
}
