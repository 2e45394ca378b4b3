import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, WaitingJoin } from '../../../shared/ipc/contract.ts';
import { NOTICE_CODES } from '../../../shared/ipc/notices.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { InlineConfirm } from '../../ui/InlineConfirm.tsx';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';

/** An invitation that was pasted here and waits: for whom, since when, and how to stop. */
export function WaitingJoinRow({
  join,
  language,
  takesFocus,
  onStop,
}: {
  join: WaitingJoin;
  language: Language;
  takesFocus: boolean;
  onStop(): void;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const [asking, setAsking] = useState(false);
  const refused = join.state === 'refused';
  const words =
    join.state === 'refused'
      ? sentence({ code: NOTICE_CODES.find((code) => code === join.reason) ?? 'relay-refused' })
      : t(`waiting.${join.state}`, { time: formatSinceMoment(join.sinceMs, Date.now(), language) });
  return (
    <li
      className="library-row waiting-row"
      data-join={join.id}
      data-state={join.state}
      tabIndex={-1}
      ref={(element) => {
        if (takesFocus && element && !element.dataset['opened']) {
          element.dataset['opened'] = 'yes';
          element.focus();
        }
      }}
    >
      <div className="grow">
        <p className="library-title">{t('waiting.title')}</p>
        <p className={`waiting-state ${refused ? 'missing' : ''}`} role="status">
          <span className={`dot ${refused ? 'square' : 'hollow'}`} aria-hidden="true" /> {words}
        </p>
        <p className="library-facts break-anywhere">
          {t('waiting.as', { name: join.organizationName, relay: join.relayUrl })}
        </p>
        {!refused && <p className="library-facts">{t('waiting.goOn')}</p>}
        {asking && (
          <InlineConfirm
            question={t('waiting.stopQuestion')}
            action={t('waiting.stop')}
            onConfirm={onStop}
            onCancel={() => setAsking(false)}
          />
        )}
      </div>
      {!asking && (
        <div className="actions">
          <button type="button" className="button quiet" onClick={refused ? onStop : () => setAsking(true)}>
            {t(refused ? 'waiting.remove' : 'waiting.stop')}
          </button>
        </div>
      )}
    </li>
  );
}
