import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberInvitation, Members } from '../../../shared/ipc/contract.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useWorkbench } from '../../ui/workbench.ts';
import { WithdrawQuestion } from './WithdrawQuestion.tsx';

/** One invitation: for whom, as what, until when, and what can still be done about it. */
export function InvitationRow({
  complaintId,
  invitation,
  ours,
  mayInvite,
  onWithdrawn,
}: {
  complaintId: string;
  invitation: MemberInvitation;
  /** For a further computer of this organization. */
  ours: boolean;
  mayInvite: boolean;
  onWithdrawn(name: string, members: Members): void;
}) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const [asking, setAsking] = useState(false);
  const [goesBack, setGoesBack] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (goesBack) button.current?.focus();
    setGoesBack(false);
  }, [goesBack]);
  const { label, role, expiresMs, state, link } = invitation;
  const name = label || t('members.forSomebody');
  const until = t('members.until', { time: formatSinceMoment(expiresMs, Date.now(), language) });
  const facts = [t(`roles.${role}`), ...(ours ? [t('members.forOurs')] : []), ...(state === 'open' ? [until] : [])];
  const withdrawable = invitation.withdrawable && mayInvite;
  return (
    <li className="invitation" data-invitation={state}>
      <div className="grow">
        <p className="invitation-name">{label ? t('members.forWhom', { name: label }) : t('members.forSomebody')}</p>
        <p className="soft member-facts">{facts.join(' · ')}</p>
        {(state === 'used' || state === 'expired' || state === 'withdrawn') && (
          <p className="soft member-facts">{t(`members.${state}`)}</p>
        )}
        {state === 'used-twice' && (
          <>
            <span className="chip missing">{t('members.usedTwice')}</span>
            <p className="note-line missing">{t('members.usedTwiceHint', { name })}</p>
          </>
        )}
        {state === 'open' && !link && mayInvite && <p className="soft member-facts">{t('members.elsewhere')}</p>}
        {asking && withdrawable && (
          <WithdrawQuestion
            complaintId={complaintId}
            invitationId={invitation.id}
            name={name}
            onCancel={() => {
              setAsking(false);
              setGoesBack(true);
            }}
            onWithdrawn={(members) => onWithdrawn(name, members)}
          />
        )}
      </div>
      {!asking && (
        <div className="invitation-ways">
          {link && <CopyButton text={link} label={t('members.copyLink')} name={t('members.copyLinkNamed', { name })} />}
          {withdrawable && (
            <button
              type="button"
              className="button quiet"
              ref={button}
              aria-label={t('members.withdrawNamed', { name })}
              onClick={() => setAsking(true)}
            >
              {t('members.withdraw')}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
