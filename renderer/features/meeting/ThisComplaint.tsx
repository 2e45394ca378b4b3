import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { MeetingState } from '../../../shared/ipc/meeting.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { isRelayUrl } from '../../ui/isRelayUrl.ts';
import { useMembers } from '../../ui/useMembers.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { noteRelayBefore, readRelayBefore } from './relayBefore.ts';

/** The open complaint's way to the relay of the meeting, whoever hosts it, and back afterwards. */
export function ThisComplaint({ session, meeting }: { session: ComplaintSession; meeting: MeetingState }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { settings, writeSettings, open, announce } = useWorkbench();
  const { reading, show } = useMembers(session);
  const [address, setAddress] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  if (reading.state !== 'ready') return null;
  const { relayUrl, role } = reading.members;
  const hosted = meeting.addresses.map(({ url }) => url);
  const [best] = hosted;
  const isHere = hosted.includes(relayUrl);
  const before = readRelayBefore(session.complaintId) ?? settings.relayUrl;
  const next = address.trim();

  const move = async (to: string) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const from = relayUrl;
    const answer = await ask('members/move-relay', { complaintId: session.complaintId, relayUrl: to });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    noteRelayBefore(session.complaintId, from);
    setAddress('');
    setTried(false);
    announce(t('meeting.moved', { address: to }));
    show();
  };
  return (
    <section aria-label={t('meeting.complaint')}>
      <h3 className="label">{t('meeting.complaint')}</h3>
      {role === null ? (
        <>
          <p className="soft">{t('meeting.notShared')}</p>
          {best && !session.readOnly && (
            <div className="actions">
              <button
                type="button"
                className="button"
                onClick={() => {
                  writeSettings({ relayUrl: best });
                  open({ kind: 'invite' });
                }}
              >
                {t('meeting.useForInvitation')}
              </button>
            </div>
          )}
        </>
      ) : (
        <>
          <p className="break-anywhere">
            {isHere ? t('meeting.travelsHere') : t('meeting.travels', { address: relayUrl })}
          </p>
          {best && !isHere && (
            <>
              <p className="hint">{t('meeting.moveWhat')}</p>
              <div className="actions">
                <button type="button" className="button" disabled={busy} onClick={() => void move(best)}>
                  {t('meeting.move')}
                </button>
              </div>
            </>
          )}
          {before && before !== relayUrl && isRelayUrl(before) && !hosted.includes(before) && (
            <div className="actions">
              <button type="button" className="button break-anywhere" disabled={busy} onClick={() => void move(before)}>
                {t('meeting.moveBack', { address: before })}
              </button>
            </div>
          )}
          {problem && (
            <p className="note-line missing" role="alert">
              {sentence(problem)}
            </p>
          )}
          {meeting.phase === 'off' && (
            <details>
              <summary>{t('meeting.moveOther')}</summary>
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  setTried(true);
                  if (isRelayUrl(next)) void move(next);
                }}
              >
                <TextField
                  label={t('meeting.moveField')}
                  error={tried && !isRelayUrl(next) ? t('settings.badRelay') : null}
                  value={address}
                  placeholder="ws://"
                  onChange={setAddress}
                />
                <div className="actions">
                  <button type="submit" className="button" disabled={busy}>
                    {t('meeting.moveAction')}
                  </button>
                </div>
              </form>
            </details>
          )}
        </>
      )}
    </section>
  );
}
