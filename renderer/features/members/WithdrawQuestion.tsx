import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Members, Notice } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** Says what taking an invitation back does; the second press does it. Escape goes back. */
export function WithdrawQuestion({
  complaintId,
  invitationId,
  name,
  onCancel,
  onWithdrawn,
}: {
  complaintId: string;
  invitationId: string;
  name: string;
  onCancel(): void;
  onWithdrawn(members: Members): void;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.focus();
  }, []);
  const withdraw = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask('members/withdraw', { complaintId, invitationId });
    setBusy(false);
    if (answer.ok) onWithdrawn(answer.value);
    else setProblem(answer.error);
  };
  return (
    <div
      className="card remove-question"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-facts`}
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || busy) return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <h4 id={`${id}-title`}>{t('members.withdrawTitle', { name })}</h4>
      <ul className="plain-facts" id={`${id}-facts`}>
        <li>{t('members.withdrawWhat')}</li>
        <li>{t('members.withdrawLate')}</li>
      </ul>
      {problem && (
        <p className="note-line missing" role="alert">
          {problem.code === 'invitation-in-use' ? '' : `${t('members.withdrawFailed')} `}
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" disabled={busy} onClick={onCancel}>
          {t('common.cancel')}
        </button>
        <button type="button" className="button danger wrap" disabled={busy} onClick={() => void withdraw()}>
          {busy ? t('members.withdrawing') : t('members.withdrawAction')}
        </button>
      </div>
    </div>
  );
}
