import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { isRelayUrl } from '../../ui/isRelayUrl.ts';
import { useMembers } from '../../ui/useMembers.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import './members.css';

/** Lets this computer meet the others at another relay. */
export function MoveRelayPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { announce, writeSettings } = useWorkbench();
  const { reading, show } = useMembers(session);
  const [address, setAddress] = useState('');
  const [token, setToken] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [moved, setMoved] = useState('');
  const [problem, setProblem] = useState<Notice | null>(null);
  const members = reading.state === 'ready' ? reading.members : null;
  const next = address.trim();
  // The same relay once more, when all it lacked was the word.
  const same = members !== null && next !== '' && next === members.relayUrl && !moved && token.trim() === '';
  const error = same
    ? t('moveRelay.same')
    : problem?.code === 'relay-address-invalid'
      ? sentence(problem)
      : tried && !isRelayUrl(next)
        ? t('settings.badRelay')
        : null;
  const move = async () => {
    setTried(true);
    setProblem(null);
    if (!isRelayUrl(next) || same || busy) return;
    setBusy(true);
    const answer = await ask('members/move-relay', {
      complaintId: session.complaintId,
      relayUrl: next,
      roomToken: token.trim(),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    writeSettings({ relayUrl: next });
    setMoved(next);
    setAddress('');
    setToken('');
    setTried(false);
    announce(t('moveRelay.moved', { relay: next }));
    show();
  };
  return (
    <section className="members" aria-label={t('moveRelay.title')}>
      <h2 className="panel-title">{t('moveRelay.title')}</h2>
      {members?.relayUrl && (
        <p className="note-line break-anywhere">{t('moveRelay.now', { relay: members.relayUrl })}</p>
      )}
      {members && members.role !== 'owner' ? (
        <p className="empty">{t(members.role === null ? 'members.aloneHint' : 'moveRelay.ownersOnly')}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void move();
          }}
        >
          <ul className="plain-facts">
            <li>{t('moveRelay.what')}</li>
            <li>{t('moveRelay.others')}</li>
          </ul>
          <TextField
            label={t('moveRelay.address')}
            error={error}
            value={address}
            placeholder="wss://"
            autoFocus
            onChange={(value) => {
              setAddress(value);
              setProblem(null);
            }}
          />
          <TextField
            label={t('moveRelay.token')}
            hint={t('moveRelay.tokenHint')}
            value={token}
            maxLength={200}
            mono
            onChange={(value) => {
              setToken(value);
              setProblem(null);
            }}
          />
          {problem && problem.code !== 'relay-address-invalid' && (
            <p className="note-line missing" role="alert">
              {sentence(problem)}
            </p>
          )}
          {moved && <p className="note-line break-anywhere">{t('moveRelay.moved', { relay: moved })}</p>}
          <div className="actions">
            <button type="submit" className="button" disabled={busy}>
              {busy ? t('moveRelay.moving') : t('moveRelay.action')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
