import { useTranslation } from 'react-i18next';
import { ActivityPanel } from '../features/activity/ActivityPanel.tsx';
import { BundlePanel } from '../features/bundle/BundlePanel.tsx';
import { ClaimsPanel } from '../features/claims/ClaimsPanel.tsx';
import { UnsupportedList } from '../features/claims/UnsupportedList.tsx';
import { CommentsPanel } from '../features/comments/CommentsPanel.tsx';
import { ThreadPanel } from '../features/comments/ThreadPanel.tsx';
import { ExhibitViewer } from '../features/exhibits/ExhibitViewer.tsx';
import { FilingPanel } from '../features/filing/FilingPanel.tsx';
import { MeetingEntry } from '../features/meeting/MeetingEntry.tsx';
import { MeetingPanel } from '../features/meeting/MeetingPanel.tsx';
import { MembersPanel } from '../features/members/MembersPanel.tsx';
import { MissingPanel } from '../features/members/MissingPanel.tsx';
import { MoveRelayPanel } from '../features/members/MoveRelayPanel.tsx';
import { PersonCard } from '../features/people/PersonCard.tsx';
import { RecoveredPanel } from '../features/recovered/RecoveredPanel.tsx';
import { PassphraseAsk } from '../features/security/PassphraseAsk.tsx';
import { SecuritySection } from '../features/security/SecuritySection.tsx';
import { SettingsPanel } from '../features/settings/SettingsPanel.tsx';
import { InvitePanel } from '../features/sharing/InvitePanel.tsx';
import { SuggestionsPanel } from '../features/suggestions/SuggestionsPanel.tsx';
import { VersionsPanel } from '../features/versions/VersionsPanel.tsx';
import { commandAria, commandTitle } from '../ui/commands/commandWords.ts';
import { useSelectionState } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';

function PlaceBody() {
  const { session, place, settings, writeSettings } = useWorkbench();
  const { personId, claimIds, threadIds } = useSelectionState();
  switch (place?.kind) {
    case 'exhibit':
      return <ExhibitViewer session={session} />;
    case 'unsupported':
      return <UnsupportedList session={session} />;
    case 'meeting':
      return <MeetingPanel session={session} />;
    case 'activity':
      return <ActivityPanel session={session} />;
    case 'comments':
      return <CommentsPanel session={session} about={place.about} />;
    case 'thread':
      return <ThreadPanel session={session} threadId={place.threadId} />;
    case 'members':
      return <MembersPanel session={session} />;
    case 'move-relay':
      return <MoveRelayPanel session={session} />;
    case 'missing':
      return <MissingPanel session={session} />;
    case 'recovered':
      return <RecoveredPanel session={session} />;
    case 'bundle':
      return <BundlePanel session={session} />;
    case 'versions':
      return <VersionsPanel session={session} />;
    case 'suggestions':
      return <SuggestionsPanel session={session} />;
    case 'filing':
      return <FilingPanel session={session} />;
    case 'invite':
      return (
        <>
          <PassphraseAsk kind="before" />
          <InvitePanel session={session} />
        </>
      );
    case 'settings':
      return (
        <>
          <SettingsPanel settings={settings} writeSettings={writeSettings} />
          <MeetingEntry />
          <SecuritySection language={settings.language} />
        </>
      );
    case 'person':
      return <PersonCard session={session} personId={place.personId} />;
    default:
      if (!place && personId && claimIds.length === 0) return <PersonCard session={session} personId={personId} />;
      if (!place && threadIds[0] && claimIds.length === 0)
        return <ThreadPanel session={session} threadId={threadIds[0]} />;
      return <ClaimsPanel session={session} />;
  }
}

/** What the selection or the opened place is about, with the way back. */
export function RightPanel({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { place, canGoBack, back } = useWorkbench();
  return (
    <>
      {place && (
        <div className="right-head">
          {canGoBack && !(place.kind === 'exhibit' && place.returnTo) && (
            <button type="button" className="button quiet" onClick={back}>
              <span aria-hidden="true">‹</span> {t('common.back')}
            </button>
          )}
          <span className="grow" />
          <button type="button" className="button quiet" onClick={onClose}>
            {t('common.close')}
          </button>
        </div>
      )}
      <div className="right-body">
        <PlaceBody />
      </div>
      {!place && (
        <button
          type="button"
          className="button quiet edge"
          aria-keyshortcuts={commandAria('right')}
          title={commandTitle(t, 'right', t('shell.hideRight'))}
          onClick={onClose}
        >
          {t('shell.hideRight')} <span aria-hidden="true">›</span>
        </button>
      )}
    </>
  );
}
