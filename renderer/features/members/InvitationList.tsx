import { useTranslation } from 'react-i18next';
import type { MemberInvitation, Members } from '../../../shared/ipc/contract.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useWorkbench } from '../../ui/workbench.ts';
import { sortInvitations } from './sortInvitations.ts';

/** Who has been invited: what somebody has to look at first, then what is open, then the past. */
export function InvitationList({ members, mayInvite }: { members: Members; mayInvite: boolean }) {
  const { t } = useTranslation();
  const { open: openPlace } = useWorkbench();
  const { usedTwice, open, past } = sortInvitations(members.invitations);
  const ownNumber = members.organizations.find(({ own }) => own)?.number;
  const list = (some: readonly MemberInvitation[]) => (
    <ul className="invitations">
      {some.map((invitation) => (
        <InvitationRow
          key={invitation.id}
          invitation={invitation}
          ours={invitation.organizationNumber === ownNumber}
          mayInvite={mayInvite}
        />
      ))}
    </ul>
  );
  return (
    <>
      <h3 className="label">{t('members.invitations')}</h3>
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

function InvitationRow({
  invitation,
  ours,
  mayInvite,
}: {
  invitation: MemberInvitation;
  ours: boolean;
  mayInvite: boolean;
}) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const { label, role, expiresMs, state, link } = invitation;
  const name = label || t('members.forSomebody');
  const until = t('members.until', { time: formatSinceMoment(expiresMs, Date.now(), language) });
  const facts = [t(`roles.${role}`), ...(ours ? [t('members.forOurs')] : []), ...(state === 'open' ? [until] : [])];
  return (
    <li className="invitation" data-invitation={state}>
      <div className="grow">
        <p className="invitation-name">{label ? t('members.forWhom', { name: label }) : t('members.forSomebody')}</p>
        <p className="soft member-facts">{facts.join(' · ')}</p>
        {state === 'used' && <p className="soft member-facts">{t('members.used')}</p>}
        {state === 'expired' && <p className="soft member-facts">{t('members.expired')}</p>}
        {state === 'used-twice' && (
          <>
            <span className="chip missing">{t('members.usedTwice')}</span>
            <p className="note-line missing">{t('members.usedTwiceHint', { name })}</p>
          </>
        )}
        {state === 'open' && !link && mayInvite && <p className="soft member-facts">{t('members.elsewhere')}</p>}
      </div>
      {link && <CopyButton text={link} label={t('members.copyLink')} name={t('members.copyLinkNamed', { name })} />}
    </li>
  );
}
