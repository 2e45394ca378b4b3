import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Field, TextField } from '../../ui/Field.tsx';
import { isRelayUrl } from '../../ui/isRelayUrl.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** Makes an invitation link and says what it can do. */
export function InvitePanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { settings, writeSettings } = useWorkbench();
  const [name, setName] = useState(settings.organizationName);
  const [relay, setRelay] = useState(settings.relayUrl);
  const [link, setLink] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  if (session.readOnly) return <p className="empty">{t('invite.readOnly')}</p>;

  const relayError =
    problem?.code === 'relay-address-invalid'
      ? sentence(problem)
      : tried && !isRelayUrl(relay.trim())
        ? t('settings.badRelay')
        : null;
  const make = async () => {
    setTried(true);
    setProblem(null);
    const organizationName = name.trim();
    const relayUrl = relay.trim();
    if (!organizationName || !isRelayUrl(relayUrl) || busy) return;
    setBusy(true);
    const answer = await ask('invite/create', { complaintId: session.complaintId, relayUrl, organizationName });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    writeSettings({ organizationName, relayUrl });
    setLink(answer.value.link);
  };
  return (
    <section aria-label={t('invite.title')}>
      <h2 className="panel-title">{t('invite.title')}</h2>
      {link === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <p className="note-line">{t('invite.consent')}</p>
          <TextField
            label={t('invite.organization')}
            hint={t('invite.organizationHint')}
            error={tried && !name.trim() ? t('common.required') : null}
            value={name}
            maxLength={120}
            autoFocus
            onChange={setName}
          />
          <TextField
            label={t('invite.relay')}
            hint={t('invite.relayHint')}
            error={relayError}
            value={relay}
            placeholder="wss://"
            onChange={(value) => {
              setRelay(value);
              setProblem(null);
            }}
          />
          {problem && problem.code !== 'relay-address-invalid' && (
            <p className="note-line missing" role="alert">
              {sentence(problem)}
            </p>
          )}
          <div className="actions">
            <button type="submit" className="button" disabled={busy}>
              {busy ? t('invite.making') : t('invite.make')}
            </button>
          </div>
        </form>
      ) : (
        <>
          <p className="note-line thin">{t('invite.what')}</p>
          <Field label={t('invite.link')} hint={t('invite.shown')}>
            {(control) => (
              <textarea
                {...control}
                className="input mono break-anywhere"
                rows={5}
                readOnly
                value={link}
                onFocus={(event) => event.currentTarget.select()}
              />
            )}
          </Field>
          <div className="actions">
            <CopyButton text={link} label={t('common.copy')} />
            <button
              type="button"
              className="button"
              onClick={() => {
                setLink(null);
                setTried(false);
              }}
            >
              {t('invite.another')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
