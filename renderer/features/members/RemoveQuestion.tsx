import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Members, Notice } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** Says what a removal does and does not do; the second press does it. Escape goes back. */
export function RemoveQuestion({
  complaintId,
  deviceNumber,
  computer,
  organization,
  onCancel,
  onRemoved,
}: {
  complaintId: string;
  deviceNumber: number;
  computer: string;
  organization: string;
  onCancel(): void;
  onRemoved(members: Members): void;
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
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await ask('members/remove', { complaintId, deviceNumber });
    setBusy(false);
    if (answer.ok) onRemoved(answer.value);
    else setProblem(answer.error);
  };
  const who = { computer, name: organization };
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
      <h4 id={`${id}-title`}>{t('members.removeTitle', who)}</h4>
      <ul className="plain-facts" id={`${id}-facts`}>
        <li>{t('members.removeKeeps')}</li>
        <li>{t('members.removeNothingNew')}</li>
        <li>{t('members.removeWork')}</li>
        <li>{t('members.removeKeys')}</li>
        <li>
          {t('members.removeTold')} {t('members.removeAgain')}
        </li>
      </ul>
      {problem && (
        <p className="note-line missing" role="alert">
          {problem.code === 'member-not-removable' ? '' : `${t('members.removeFailed')} `}
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" disabled={busy} onClick={onCancel}>
          {t('common.cancel')}
        </button>
        <button type="button" className="button danger wrap" disabled={busy} onClick={() => void remove()}>
          {busy ? t('members.removing') : t('members.removeAction', who)}
        </button>
      </div>
    </div>
  );
}
