import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { useMembers } from '../../ui/useMembers.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { useComputerName } from './useComputerName.ts';
import './members.css';

/** What partners are known to have written and is not here: whose, since when, why perhaps, and what to do. */
export function MissingPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { language, open } = useWorkbench();
  const { missing, relay, role } = useStatus(session);
  const { reading } = useMembers(session);
  const computerName = useComputerName();
  const organizations = reading.state === 'ready' ? reading.members.organizations : [];
  const computerOf = (number: number) => {
    const devices = organizations.find((one) => one.devices.some((device) => device.number === number))?.devices ?? [];
    const device = devices.find((one) => one.number === number);
    return device ? computerName(device, devices) : t('members.computer', { number });
  };
  const names = [...new Set(missing.map(({ organization }) => organization || t('missing.somebody')))].join(', ');
  return (
    <section className="members" aria-label={t('missing.title')}>
      <h2 className="panel-title">{t('missing.title')}</h2>
      {missing.length === 0 ? (
        <p className="empty" role="status">
          {t('missing.nothing')}
        </p>
      ) : (
        <>
          <ul className="missing-lines">
            {missing.map(({ organization, deviceNumber, count, sinceMs }) => (
              <li key={deviceNumber} className="note-line missing">
                {t('missing.line', {
                  name: organization || t('missing.somebody'),
                  computer: computerOf(deviceNumber),
                  count,
                  time: formatSinceMoment(sinceMs, Date.now(), language),
                })}
              </li>
            ))}
          </ul>
          <p>{t('missing.known')}</p>
          <p>
            {t(relay === 'online' ? 'missing.relayHere' : relay === 'none' ? 'missing.alone' : 'missing.relayAway')}
          </p>
          <p>{t('missing.safe')}</p>
          <h3 className="label">{t('missing.whatToDo')}</h3>
          <ol className="numbered-facts">
            <li>{t('missing.phone', { names })}</li>
            <li>{t('missing.stick')}</li>
            <li>{t('missing.move')}</li>
            <li>{t('missing.wait')}</li>
          </ol>
          <div className="actions member-ways">
            <button type="button" className="button" onClick={() => open({ kind: 'bundle' })}>
              {t('missing.openBundle')}
            </button>
            {role === 'owner' && (
              <button type="button" className="button" onClick={() => open({ kind: 'move-relay' })}>
                {t('missing.moveRelay')}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
