import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibrarySummary, Notice, WaitingJoin } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { TextArea, TextField } from '../../ui/Field.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** Paste an invitation link and say who joins. A refusal is explained in place; what was typed stays. */
export function JoinForm({
  organizationName,
  link: initialLink,
  onJoined,
  onWaiting,
}: {
  organizationName: string;
  link: string;
  onJoined(summary: LibrarySummary, organizationName: string): Promise<void>;
  /** Nobody has answered yet; the program goes on asking. */
  onWaiting(join: WaitingJoin): void;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [link, setLink] = useState(initialLink);
  const [name, setName] = useState(organizationName);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  const aboutLink =
    problem?.code.startsWith('link-') || problem?.code === 'invitation-unknown' ? sentence(problem) : null;
  const join = async () => {
    setTried(true);
    setProblem(null);
    if (!link.trim() || !name.trim() || busy) return;
    setBusy(true);
    const answer = await ask('invite/accept', { link: link.trim().slice(0, 4_000), organizationName: name.trim() });
    setBusy(false);
    if (!answer.ok) setProblem(answer.error);
    else if (answer.value.state === 'joined') await onJoined(answer.value.summary, name.trim());
    else onWaiting(answer.value.join);
  };
  return (
    <form
      aria-label={t('join.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <h2 className="panel-title">{t('join.title')}</h2>
      <div className="label" aria-hidden="true" />
      <TextArea
        label={t('join.link')}
        hint={t('join.linkHint')}
        error={aboutLink ?? (tried && !link.trim() ? t('common.required') : null)}
        value={link}
        rows={3}
        onChange={(value) => {
          setLink(value);
          setProblem(null);
        }}
      />
      <TextField
        label={t('join.organization')}
        hint={t('join.organizationHint')}
        error={tried && !name.trim() ? t('common.required') : null}
        value={name}
        maxLength={120}
        onChange={setName}
      />
      {problem && !aboutLink && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? t('join.joining') : t('join.action')}
        </button>
      </div>
    </form>
  );
}
