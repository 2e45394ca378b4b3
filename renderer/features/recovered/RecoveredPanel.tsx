import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recovered } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import './recovered.css';

/** Own passages that lost their place in the text when somebody was removed: put back, copy, discard. */
export function RecoveredPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { recovered } = useStatus(session);
  const { complaintId } = session;
  const [passages, setPassages] = useState<readonly Recovered[] | 'loading' | 'failed'>('loading');
  const read = useCallback(async () => {
    const answer = await ask('recovered/list', { complaintId });
    setPassages(answer.ok ? answer.value : 'failed');
  }, [complaintId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of passages is why they are read again
  useEffect(() => void read(), [read, recovered]);
  return (
    <section aria-label={t('recovered.title')}>
      <h2 className="panel-title">{t('recovered.title')}</h2>
      {passages === 'loading' && <Skeleton label={t('common.loading')} lines={4} />}
      {passages === 'failed' && (
        <p className="note-line missing" role="alert">
          {t('recovered.failed')}
        </p>
      )}
      {Array.isArray(passages) &&
        (passages.length === 0 ? (
          <p className="empty">{t('recovered.empty')}</p>
        ) : (
          <>
            <p className="note-line">{t(session.readOnly ? 'recovered.readOnly' : 'recovered.what')}</p>
            <ul>
              {passages.map((passage: Recovered) => (
                <li key={passage.id}>
                  <Passage session={session} passage={passage} onDiscarded={read} />
                </li>
              ))}
            </ul>
          </>
        ))}
    </section>
  );
}

function Passage({
  session,
  passage,
  onDiscarded,
}: {
  session: ComplaintSession;
  passage: Recovered;
  onDiscarded(): Promise<void>;
}) {
  const { t } = useTranslation();
  const { editor, language, announce, notify } = useWorkbench();
  const [state, setState] = useState<'apart' | 'back' | 'no-caret'>('apart');
  const [asking, setAsking] = useState(false);
  const start = passage.text.slice(0, 60);
  const putBack = () => {
    const done = editor?.insertWords(passage.text) ?? false;
    setState(done ? 'back' : 'no-caret');
    if (done) announce(t('recovered.done'));
  };
  const discard = async () => {
    const answer = await ask('recovered/discard', { complaintId: session.complaintId, recoveredId: passage.id });
    if (!answer.ok) {
      notify(answer.error);
      return;
    }
    announce(t('recovered.discarded'));
    await onDiscarded();
  };
  return (
    <article className="recovered" data-recovered={passage.id}>
      <p className="serif recovered-text">{passage.text}</p>
      <p className="soft recovered-since">
        {t('recovered.since', { time: formatSinceMoment(passage.sinceMs, Date.now(), language) })}{' '}
        {state === 'back' && <span className="chip proved">{t('recovered.isBack')}</span>}
      </p>
      {state === 'back' && <p className="note-line">{t('recovered.done')}</p>}
      {state === 'no-caret' && (
        <p className="note-line missing" role="alert">
          {t('toolbar.cannotInsert')}
        </p>
      )}
      {asking ? (
        <InlineConfirm
          question={t('recovered.discardQuestion')}
          action={t('recovered.discard')}
          onConfirm={() => void discard()}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div className="actions">
          {!session.readOnly && (
            <button
              type="button"
              className="button"
              aria-label={t('recovered.putBackNamed', { text: start })}
              onClick={putBack}
            >
              {t('recovered.putBack')}
            </button>
          )}
          <CopyButton
            text={passage.text.slice(0, 100_000)}
            label={t('common.copy')}
            name={t('recovered.copyNamed', { text: start })}
          />
          <button
            type="button"
            className="button quiet"
            aria-label={t('recovered.discardNamed', { text: start })}
            onClick={() => setAsking(true)}
          >
            {t('recovered.discard')}
          </button>
        </div>
      )}
    </article>
  );
}
