import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatNumber } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { useMeta, useRecords, useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** What the Word document of a redline will hold, said before it is written. [FI93] [FI94] */
export function ExportRedline({
  session,
  before,
  after,
  deletedWords,
  name,
  onDone,
}: {
  session: ComplaintSession;
  before: Uint8Array<ArrayBuffer>;
  after: Uint8Array<ArrayBuffer>;
  deletedWords: number;
  /** Of the old version. */
  name: string;
  onDone(): void;
}) {
  const { t } = useTranslation();
  const { notify, announce, language } = useWorkbench();
  const { title } = useMeta(session);
  const { heldBack, missing } = useStatus(session);
  const organizations = useRecords(session, 'organizations');
  const [busy, setBusy] = useState(false);
  const author = organizations.find(({ id }) => id === session.organizationId)?.name ?? '';
  const refused = heldBack !== null ? 'redline-held' : missing.length > 0 ? 'redline-missing' : null;
  if (refused)
    return (
      <div className="redline-ask" role="alert">
        <p className="note-line missing">{t(`notices.${refused}`)}</p>
        <div className="actions end">
          <button type="button" className="button" onClick={onDone}>
            {t('common.close')}
          </button>
        </div>
      </div>
    );
  const write = async () => {
    if (busy) return;
    setBusy(true);
    announce(t('versions.exporting'));
    const answer = await ask('versions/export-redline', {
      complaintId: session.complaintId,
      before,
      after,
      author,
      suggestedName: t('versions.exportName', { title }).slice(0, 200),
    });
    setBusy(false);
    if (!answer.ok) notify(answer.error);
    else notify({ code: answer.value === null ? 'export-cancelled' : 'redline-saved' });
    onDone();
  };
  return (
    <div className="redline-ask" aria-busy={busy}>
      <InlineConfirm
        question={t('versions.exportAsk', {
          count: deletedWords,
          words: formatNumber(deletedWords, language),
          name,
          author: author || 'Alegato',
        })}
        action={busy ? t('versions.exporting') : t('versions.export')}
        onConfirm={() => void write()}
        onCancel={onDone}
      />
    </div>
  );
}
