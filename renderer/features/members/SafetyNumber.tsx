import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberOrganization, Members } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { groupDigits } from './groupDigits.ts';

const STATES = {
  own: { words: 'members.notCompared', tone: 'neutral' },
  no: { words: 'members.notCompared', tone: 'neutral' },
  yes: { words: 'members.compared', tone: 'proved' },
  changed: { words: 'members.changed', tone: 'missing' },
} as const;

/** The digits that two organizations compare by voice; open by itself when they changed since. */
export function SafetyNumber({
  session,
  organization,
  name,
  show,
}: {
  session: ComplaintSession;
  organization: MemberOrganization;
  name: string;
  show(members?: Members): void;
}) {
  const { t } = useTranslation();
  const { announce } = useWorkbench();
  const id = useId();
  const { safetyNumber, verified, number } = organization;
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [failed, setFailed] = useState(false);
  const open = wanted ?? verified === 'changed';
  const groups = groupDigits(safetyNumber);
  const { words, tone } = STATES[verified];
  const verify = async () => {
    const answer = await ask('members/verify', {
      complaintId: session.complaintId,
      organizationNumber: number,
      safetyNumber,
    });
    setFailed(!answer.ok);
    if (answer.ok) announce(t('members.verifiedNow', { name }));
    show(answer.ok ? answer.value : undefined);
  };
  return (
    <div className="safety">
      <p className="safety-head">
        <button
          type="button"
          className="link-button"
          aria-label={t('members.showSafetyNamed', { name })}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setWanted(!open)}
        >
          {t('members.showSafety')}
        </button>
        <span className={`chip ${tone}`}>{t(words)}</span>
      </p>
      {open && (
        <div id={id} role="group" aria-label={t('members.safety', { name })}>
          {verified === 'changed' && (
            <p className="note-line missing" role="alert">
              {t('members.changedHint', { name })}
            </p>
          )}
          <p className="soft">{t('members.safetyHint')}</p>
          <p className="visually-hidden">{t('members.groups', { digits: groups.join(', ') })}</p>
          <ol className="safety-digits mono" aria-hidden="true" data-safety-number={safetyNumber}>
            {groups.map((group, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place, and two may be alike
              <li key={at}>{group}</li>
            ))}
          </ol>
          {failed && (
            <p className="note-line missing" role="alert">
              {t('members.verifyFailed')}
            </p>
          )}
          {verified === 'yes' ? (
            <p className="soft">{t('members.matched')}</p>
          ) : (
            <button
              type="button"
              className="button"
              aria-label={t('members.matchNamed', { name })}
              onClick={() => void verify()}
            >
              {t('members.match')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
