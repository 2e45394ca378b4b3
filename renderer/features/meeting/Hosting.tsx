import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../shared/ipc/meeting.ts';
import { ask } from '../../ui/bridge.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';

/** While it runs: who is there, what to tell them, and the end of it. */
export function Hosting({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const stopping = meeting.phase === 'stopping';
  return (
    <>
      <p>
        <span className="dot" aria-hidden="true" /> {t('meeting.hosting')}{' '}
        <span role="status">{t('meeting.connected', { count: meeting.connections })}</span>
      </p>
      <p className="hint">{t('meeting.connectedHint')}</p>
      <h3 className="label" id="meeting-addresses">
        {t('meeting.addresses')}
      </h3>
      <ul className="meeting-addresses" aria-labelledby="meeting-addresses">
        {meeting.addresses.map(({ url, kind, interfaceName }) => (
          <li key={url}>
            <div className="grow">
              <span className="mono break-anywhere">{url}</span>
              <span className="hint">
                {t(`meeting.${kind}`)}
                {interfaceName && ` (${interfaceName})`}
              </span>
            </div>
            <CopyButton text={url} label={t('common.copy')} name={t('meeting.copyAddress', { address: url })} />
          </li>
        ))}
      </ul>
      <p className="hint">{t('meeting.addressesHint')}</p>
      {meeting.scope === 'network' && (
        <>
          <p className="note-line">{t('meeting.onNetwork')}</p>
          <p className="note-line">{t('meeting.firewall', { port: meeting.port })}</p>
        </>
      )}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={stopping}
          onClick={() => void ask('meeting/stop', undefined)}
        >
          {stopping ? t('meeting.stopping') : t('meeting.stop')}
        </button>
      </div>
    </>
  );
}
