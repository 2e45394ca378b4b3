import { useEffect, useRef, useState } from 'react';
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
  now,
  onDone,
}: {
  session: ComplaintSession;
  before: Uint8Array<ArrayBuffer>;
  after: Uint8Array<ArrayBuffer>;
  deletedWords: number;
  /** Of the old version and of what it is compared with. */
  name: string;
  now: string;
  onDone(): void;
}) {
  const { t } = useTranslation();
  const { notify, announce, language } = useWorkbench();
  const { title } = useMeta(session);
  const { heldBack, missing } = useStatus(session);
  const organizations = useRecords(session, 'organizations');
  const [busy, setBusy] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (path !== null) done.current?.focus();
  }, [path]);
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
    else if (answer.value) {
      setPath(answer.value.path);
      announce(t('notices.redline-saved'));
      return;
    } else announce(t('notices.export-cancelled'));
    onDone();
  };
  const show = async () => {
    const answer = await ask('filing/show-in-folder', { path: path ?? '' });
    if (!answer.ok) notify(answer.error);
  };
  if (path !== null)
    return (
      <div className="redline-ask">
        <div className="card">
          <p>{t('notices.redline-saved')}</p>
          <p className="soft break-anywhere">{path}</p>
          <div className="actions end">
            <button type="button" className="button" onClick={() => void show()}>
              {t('filing.show')}
            </button>
            <button type="button" className="button" ref={done} onClick={onDone}>
              {t('common.close')}
            </button>
          </div>
        </div>
      </div>
    );
  return (
    <div className="redline-ask" aria-busy={busy}>
      <InlineConfirm
        question={t('versions.exportAsk', {
          count: deletedWords,
          words: formatNumber(deletedWords, language),
          name,
          now,
          author: author || 'Alegato',
        })}
        action={busy ? t('versions.exporting') : t('versions.export')}
        onConfirm={() => void write()}
        onCancel={onDone}
      />
    </div>
  );
}
