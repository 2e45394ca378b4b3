import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../shared/domain/result.ts';
import type { Members, Notice } from '../../../shared/ipc/contract.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** Says what a step that cannot be taken back does and does not do; the second press does it. Escape goes back. */
export function MemberQuestion({
  title,
  facts,
  action,
  acting,
  failed,
  saysAll,
  run,
  onCancel,
  onDone,
}: {
  title: string;
  facts: readonly string[];
  action: string;
  acting: string;
  /** What did not happen, before the reason. */
  failed: string;
  /** A reason whose sentence says that too. */
  saysAll: NoticeCode;
  run(): Promise<Result<Members, Notice>>;
  onCancel(): void;
  onDone(members: Members): void;
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
  const act = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await run();
    setBusy(false);
    if (answer.ok) onDone(answer.value);
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
      <h4 id={`${id}-title`}>{title}</h4>
      <ul className="plain-facts" id={`${id}-facts`}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {problem && (
        <p className="note-line missing" role="alert">
          {problem.code === saysAll ? '' : `${failed} `}
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" disabled={busy} onClick={onCancel}>
          {t('common.cancel')}
        </button>
        <button type="button" className="button danger wrap" disabled={busy} onClick={() => void act()}>
          {busy ? acting : action}
        </button>
      </div>
    </div>
  );
}
