import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Notice, ROLES, type Role } from '../../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatDate } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { Choice } from '../../ui/Choice.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { isRelayUrl } from '../../ui/isRelayUrl.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useMembers } from '../../ui/useMembers.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { InviteLink, type MadeLink } from './InviteLink.tsx';
import './sharing.css';

const DAYS = ['1', '3', '7', '30'] as const;
type Days = (typeof DAYS)[number];
const DAY_MS = 86_400_000;

/** Makes an invitation: for whom, with which role, for how long; only an owner's computer does. */
export function InvitePanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { role } = useStatus(session);
  const { reading } = useMembers(session);
  if (session.readOnly) return <p className="empty">{t('invite.readOnly')}</p>;
  if (role !== null && role !== 'owner') {
    const owners =
      reading.state === 'ready'
        ? reading.members.organizations.filter(
            ({ name, devices }) =>
              name && devices.some((device) => device.role === 'owner' && device.state === 'active'),
          )
        : [];
    const names = owners.map(({ name }) => name).join(', ');
    return <p className="empty">{names ? t('invite.ownersOnly', { names }) : t('invite.ownersOnlyNobody')}</p>;
  }
  if (reading.state === 'loading') return <Skeleton label={t('common.loading')} lines={5} />;
  const members = reading.state === 'ready' ? reading.members : null;
  const own = members?.organizations.find((organization) => organization.own);
  return (
    <InviteForm
      session={session}
      shared={role !== null}
      relayUrl={members?.relayUrl ?? ''}
      ownNumber={own?.number ?? null}
      ownName={own?.name ?? ''}
    />
  );
}

function InviteForm({
  session,
  shared,
  relayUrl,
  ownNumber,
  ownName,
}: {
  session: ComplaintSession;
  shared: boolean;
  relayUrl: string;
  ownNumber: number | null;
  ownName: string;
}) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const { settings, writeSettings, open, language } = useWorkbench();
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [whose, setWhose] = useState<'new' | 'own'>('new');
  const [days, setDays] = useState<Days>('7');
  const [name, setName] = useState(ownName || settings.organizationName);
  const [relay, setRelay] = useState(relayUrl || settings.relayUrl);
  const [token, setToken] = useState('');
  const [made, setMade] = useState<MadeLink | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Notice | null>(null);
  // Once there is a room its relay is fixed; it is moved elsewhere.
  const asksWhere = !shared || !relayUrl;

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
    const where = relay.trim();
    if (!organizationName || !isRelayUrl(where) || busy) return;
    setBusy(true);
    const expiresMs = Date.now() + Number(days) * DAY_MS;
    const answer = await ask('invite/create', {
      complaintId: session.complaintId,
      relayUrl: where,
      roomToken: token.trim(),
      organizationName,
      role,
      label: label.trim(),
      organizationNumber: whose === 'own' ? (ownNumber ?? 1) : null,
      expiresMs,
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    writeSettings({ organizationName, relayUrl: where });
    setMade({ link: answer.value.link, role, label: label.trim(), until: formatDate(expiresMs, language) });
  };
  return (
    <section aria-label={t('invite.title')}>
      <h2 className="panel-title">{t('invite.title')}</h2>
      {made ? (
        <InviteLink
          made={made}
          onAnother={() => {
            setMade(null);
            setTried(false);
            setLabel('');
          }}
        />
      ) : (
        <form
          className="invite-form"
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          {!shared && <p className="note-line">{t('invite.consent')}</p>}
          <TextField
            label={t('invite.forWhom')}
            hint={t('invite.forWhomHint')}
            value={label}
            maxLength={120}
            autoFocus
            onChange={setLabel}
          />
          <Choice
            label={t('invite.role')}
            value={role}
            onChange={setRole}
            options={ROLES.map((value) => ({
              value,
              title: t(`roles.${value}`),
              hint: t(`roleMeanings.${value}`),
            }))}
          />
          <Choice
            label={t('invite.whose')}
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'new', title: t('invite.newOrganization') },
              { value: 'own', title: t('invite.ownFurther'), hint: t('invite.ownFurtherHint') },
            ]}
          />
          <SelectField
            label={t('invite.expires')}
            value={days}
            onChange={setDays}
            options={DAYS.map((value) => ({ value, title: t('invite.days', { count: Number(value) }) }))}
          />
          {asksWhere ? (
            <>
              <TextField
                label={t('invite.organization')}
                hint={t('invite.organizationHint')}
                error={tried && !name.trim() ? t('common.required') : null}
                value={name}
                maxLength={120}
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
              <TextField
                label={t('invite.token')}
                hint={t('invite.tokenHint')}
                value={token}
                maxLength={200}
                mono
                onChange={(value) => {
                  setToken(value);
                  setProblem(null);
                }}
              />
            </>
          ) : (
            <p className="note-line break-anywhere">{t('invite.through', { relay: relayUrl })}</p>
          )}
          {problem && problem.code !== 'relay-address-invalid' && (
            <p className="note-line missing" role="alert">
              {sentence(problem)}
            </p>
          )}
          <div className="actions">
            <button type="submit" className="button" disabled={busy}>
              {busy ? t('invite.making') : t('invite.make')}
            </button>
            {shared && (
              <button type="button" className="button quiet" onClick={() => open({ kind: 'members' })}>
                {t('invite.seeMembers')}
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
