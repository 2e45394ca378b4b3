import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REASON_MAX_CHARACTERS, REASON_MIN_CHARACTERS } from '../../../shared/domain/filingLog.ts';
import type { ComplaintStatus } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatSinceMoment } from '../../i18n/format.ts';
import { TextArea } from '../../ui/Field.tsx';
import { useMembers } from '../../ui/useMembers.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** Changes of partners are missing: first and in red. An owner goes on after a written reason, nobody else does. */
export function MissingGate({
  session,
  status,
  busy,
  onGoOn,
}: {
  session: ComplaintSession;
  status: ComplaintStatus;
  busy: boolean;
  onGoOn(reason: string): void;
}) {
  const { t } = useTranslation();
  const { open, language } = useWorkbench();
  const { reading } = useMembers(session);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < REASON_MIN_CHARACTERS;
  const owners =
    reading.state === 'ready'
      ? reading.members.organizations
          .filter(
            ({ name, devices }) =>
              name && devices.some((device) => device.role === 'owner' && device.state === 'active'),
          )
          .map(({ name }) => name)
          .join(', ')
      : '';
  const lines = status.missing.map(({ organization, count, sinceMs, deviceNumber }) => (
    <li key={deviceNumber}>
      {t('filingGap.line', {
        name: organization || t('missing.somebody'),
        count,
        time: formatSinceMoment(sinceMs, Date.now(), language),
      })}
    </li>
  ));
  return (
    <section className="filing-gap" aria-labelledby="filing-gap-title" role="alert">
      <h3 id="filing-gap-title">{t('filingGap.title')}</h3>
      <ul>{lines}</ul>
      <p>
        {t('filingGap.without')}{' '}
        <button type="button" className="link-button" onClick={() => open({ kind: 'missing' })}>
          {t('filingGap.details')}
        </button>
      </p>
      {status.role === 'owner' && !session.readOnly ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!short && !busy) onGoOn(reason.trim());
          }}
        >
          <TextArea
            label={t('filingGap.reason')}
            hint={t('filingGap.reasonHint')}
            error={tried && short ? t('filingGap.needed') : null}
            value={reason}
            rows={2}
            maxLength={REASON_MAX_CHARACTERS}
            onChange={setReason}
          />
          <button type="submit" className="button danger" disabled={busy} aria-busy={busy}>
            {busy ? t('filing.exporting') : t('filingGap.action')}
          </button>
        </form>
      ) : (
        <p>{owners ? t('filingGap.ownersOnly', { names: owners }) : t('filingGap.ownersOnlyNobody')}</p>
      )}
    </section>
  );
}
