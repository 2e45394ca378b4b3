import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Settings } from '../../shared/ipc/contract.ts';
import { LibraryScreen } from '../features/library/LibraryScreen.tsx';
import { HostingStrip } from '../features/meeting/HostingStrip.tsx';
import { PassphraseAsk } from '../features/security/PassphraseAsk.tsx';
import { takeRestored } from '../features/security/restoreMark.ts';
import { SecuritySection } from '../features/security/SecuritySection.tsx';
import { SettingsPanel } from '../features/settings/SettingsPanel.tsx';
import { JoinForm } from '../features/sharing/JoinForm.tsx';
import { LetIn } from '../features/sharing/LetIn.tsx';
import { ReceivedInvitation } from '../features/sharing/ReceivedInvitation.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useMeta, useStatus } from '../ui/useSession.ts';
import { openSession } from './BridgedSession.ts';
import { ComplaintScreen } from './ComplaintScreen.tsx';
import type { ComplaintSession } from './ComplaintSession.ts';
import { LiveRegion, useAnnouncements } from './LiveRegion.tsx';
import { readLastScreen, writeLastScreen } from './lastScreen.ts';
import { NoticeStack } from './NoticeStack.tsx';
import { useAppSettings } from './useAppSettings.ts';
import { useLetIn } from './useLetIn.ts';
import { useNotices } from './useNotices.ts';
import { useReopening } from './useReopening.ts';

type Screen = { kind: 'library' } | { kind: 'opening' } | { kind: 'complaint'; session: ComplaintSession };

/** A shared complaint that is not the sample asks for a passphrase as long as there is none. */
function SharedAsk({ session }: { session: ComplaintSession }) {
  const shared = useStatus(session).relay !== 'none';
  const { sample } = useMeta(session);
  return shared && !sample ? <PassphraseAsk kind="shared" /> : null;
}

/** The window: the library, or one open complaint; notices and invitations reach it everywhere. */
export function App({ settings: initial, sampleId }: { settings: Settings; sampleId: string | null }) {
  const { t } = useTranslation();
  const [settings, writeSettings] = useAppSettings(initial);
  const [screen, setScreen] = useState<Screen>({ kind: 'opening' });
  const { announcement, announce } = useAnnouncements();
  const { notices, notify, dismiss } = useNotices(announce);
  const [invitation, setInvitation] = useState<string | null>(null);
  const [joining, setJoining] = useState<string | null>(null);
  /** The invitation that began to wait last; each gives the library a form of its own. */
  const [waitingId, setWaitingId] = useState<string | null>(null);
  const letIn = useLetIn(announce);

  const show = useCallback(async (complaintId: string): Promise<Notice | null> => {
    setScreen({ kind: 'opening' });
    const opened = await openSession(complaintId);
    if (opened.ok) {
      writeLastScreen(complaintId);
      setScreen({ kind: 'complaint', session: opened.value });
      return null;
    }
    setScreen({ kind: 'library' });
    return opened.error;
  }, []);
  const openComplaint = useCallback(
    async (complaintId: string) => {
      const problem = await show(complaintId);
      if (problem) notify(problem);
    },
    [show, notify],
  );
  const closeComplaint = useCallback(async (session: ComplaintSession) => {
    writeLastScreen('library');
    setScreen({ kind: 'library' });
    await session.close();
  }, []);

  const session = screen.kind === 'complaint' ? screen.session : null;
  const shown = useRef(session);
  shown.current = session;
  const replace = useCallback((old: ComplaintSession, next: ComplaintSession): boolean => {
    if (shown.current !== old) return false;
    shown.current = next;
    setScreen({ kind: 'complaint', session: next });
    return true;
  }, []);
  const onLost = useCallback(
    (old: ComplaintSession, notice: Notice) => {
      if (shown.current !== old) return;
      setScreen({ kind: 'library' });
      notify(notice);
      announce(t('rebuilt.failed'));
      old.abandon();
    },
    [notify, announce, t],
  );
  const { reopening, reopenRemoved } = useReopening({ session, replace, onLost, announce });

  // Once: `notify` is a new function in another language, and that must not open the complaint again.
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    if (takeRestored()) notify({ code: 'library-restored' });
    const last = readLastScreen();
    if (last === 'library' || (last === null && sampleId === null)) setScreen({ kind: 'library' });
    else
      void show(last ?? sampleId ?? '').then((problem) => {
        if (problem && problem.code !== 'complaint-missing') notify(problem);
      });
  }, [sampleId, show, notify]);
  useEffect(() => window.alegato.on('notice', notify), [notify]);
  useEffect(() => window.alegato.on('invite/received', ({ link }) => setInvitation(link)), []);

  const join = (
    <>
      <PassphraseAsk kind="before" />
      <JoinForm
        organizationName={settings.organizationName}
        link={joining ?? ''}
        onJoined={async (summary, organizationName) => {
          setJoining(null);
          writeSettings({ organizationName });
          await openComplaint(summary.id);
        }}
        onWaiting={({ id, organizationName }) => {
          setJoining(null);
          setWaitingId(id);
          letIn.expect(id);
          writeSettings({ organizationName });
          announce(t('waiting.begun'));
        }}
      />
    </>
  );
  const strips = (
    <>
      {invitation !== null && (
        <ReceivedInvitation
          onRefuse={() => setInvitation(null)}
          onAccept={async () => {
            setJoining(invitation);
            setInvitation(null);
            if (screen.kind === 'complaint') await closeComplaint(screen.session);
          }}
        />
      )}
      {screen.kind === 'complaint' && <SharedAsk session={screen.session} />}
      <PassphraseAsk kind="reset" />
      {screen.kind === 'library' && <HostingStrip />}
      {letIn.joined && (
        <LetIn
          title={letIn.joined.title}
          onDismiss={letIn.dismiss}
          onOpen={async () => {
            const complaintId = letIn.joined?.complaintId;
            letIn.dismiss();
            if (screen.kind === 'complaint') await closeComplaint(screen.session);
            if (complaintId) await openComplaint(complaintId);
          }}
        />
      )}
      <NoticeStack notices={notices} onDismiss={dismiss} />
    </>
  );
  return (
    <div className="app">
      <LiveRegion announcement={announcement} />
      {screen.kind === 'opening' && (
        <main className="opening" aria-busy="true">
          <h1 className="visually-hidden">{t('shell.opening')}</h1>
          <Skeleton label={t('shell.opening')} lines={6} />
        </main>
      )}
      {screen.kind === 'library' && (
        <LibraryScreen
          key={`${joining ?? ''} ${waitingId ?? ''}`}
          waitingId={waitingId}
          announce={announce}
          joinForm={join}
          startJoining={joining !== null}
          strips={strips}
          language={settings.language}
          onOpen={openComplaint}
          notify={notify}
          settingsPanel={
            <>
              <SettingsPanel settings={settings} writeSettings={writeSettings} />
              <SecuritySection language={settings.language} />
            </>
          }
        />
      )}
      {screen.kind === 'complaint' && (
        <ComplaintScreen
          key={screen.session.complaintId}
          session={screen.session}
          settings={settings}
          writeSettings={writeSettings}
          strips={strips}
          notify={notify}
          announce={announce}
          reopening={reopening}
          onRemoved={reopenRemoved}
          onClose={() => void closeComplaint(screen.session)}
        />
      )}
    </div>
  );
}
