import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Notice } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** What meetings left on this disk, and its end. `keptBytes` null: nothing. */
export function KeptFromMeetings({ keptBytes, language }: { keptBytes: number | null; language: Language }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [asking, setAsking] = useState(false);
  const [deleted, setDeleted] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  const remove = async () => {
    setAsking(false);
    const answer = await ask('meeting/delete', undefined);
    setProblem(answer.ok ? null : answer.error);
    setDeleted(answer.ok);
  };
  return (
    <>
      {keptBytes !== null && (
        <>
          <p className="soft meeting-kept">{t('meeting.kept', { size: formatSize(keptBytes, language) })}</p>
          {asking ? (
            <InlineConfirm
              question={t('meeting.deleteQuestion')}
              action={t('meeting.deleteAction')}
              onConfirm={() => void remove()}
              onCancel={() => setAsking(false)}
            />
          ) : (
            <div className="actions">
              <button type="button" className="button quiet" onClick={() => setAsking(true)}>
                {t('meeting.delete')}
              </button>
            </div>
          )}
        </>
      )}
      <p className="meeting-said" role="status">
        {deleted && keptBytes === null && t('meeting.deleted')}
      </p>
      {problem && (
        <p className="note-line missing" role="alert">
          {sentence(problem)}
        </p>
      )}
    </>
  );
}
