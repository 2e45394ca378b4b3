import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCoverage } from '../features/claims/useCoverage.ts';
import { ask } from '../ui/bridge.ts';
import { commandAria, commandKeys, commandTitle } from '../ui/commands/commandWords.ts';
import { useMeta, useStatus } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { describeSync } from './describeStatus.ts';
import { PresenceBadges } from './PresenceBadges.tsx';
import './top-bar.css';

const TONE_CLASS = { fine: 'proved', waiting: 'thin', stopped: 'missing' } as const;

function EditableTitle() {
  const { t } = useTranslation();
  const { session } = useWorkbench();
  const { title } = useMeta(session);
  const [draft, setDraft] = useState<string | null>(null);
  const shown = title || t('library.untitled');
  const commit = () => {
    const next = draft?.trim();
    setDraft(null);
    if (!next || next === title) return;
    session.writeMeta({ title: next });
    void ask('library/rename', { complaintId: session.complaintId, title: next });
  };
  if (session.readOnly) return <h1 className="bar-title">{shown}</h1>;
  if (draft !== null) {
    return (
      <input
        className="input bar-title-input"
        aria-label={t('shell.title')}
        value={draft}
        maxLength={200}
        spellCheck={false}
        ref={(element) => {
          if (element && document.activeElement !== element && !element.dataset['opened']) {
            element.dataset['opened'] = 'yes';
            element.select();
          }
        }}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    );
  }
  return (
    <h1 className="bar-title">
      <button
        type="button"
        title={t('shell.rename')}
        onClick={() => setDraft(title)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setDraft(title);
        }}
      >
        {shown}
        <span className="visually-hidden"> ({t('shell.rename')})</span>
      </button>
    </h1>
  );
}

/** Title, state in words, who is here, and the next real steps. */
export function TopBar({ onPalette, onClose }: { onPalette(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { session, open } = useWorkbench();
  const meta = useMeta(session);
  const unsupportedCount = [...useCoverage().values()].filter((coverage) => coverage === 'missing').length;
  const status = useStatus(session);
  const sync = describeSync(status);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: outside of any section a header is the banner
    <header className="top-bar" aria-label={t('shell.topBar')} data-region tabIndex={-1}>
      <button
        type="button"
        className="button quiet"
        aria-label={t('shell.library')}
        title={t('shell.library')}
        onClick={onClose}
      >
        <span aria-hidden="true">‹</span>
        <span className="wide-only">{t('library.title')}</span>
      </button>
      <EditableTitle />
      <span className="soft template-line">{t('shell.template')}</span>
      {meta.sample && <span className="chip">{t('shell.sample')}</span>}
      {(status.role === 'reader' || status.role === 'reviewer') && !status.removed && (
        <span className="chip" data-role={status.role} title={t(`roleMeanings.${status.role}`)}>
          {t(`roles.${status.role}`)}
        </span>
      )}
      {session.readOnly && <span className="chip thin">{t('shell.readOnly')}</span>}
      <span className={`chip sync-chip ${TONE_CLASS[sync.tone]}`} data-sync={sync.key} title={t(sync.key)}>
        {t(sync.key)}
      </span>
      <span className="grow" />
      <PresenceBadges session={session} />
      {status.role !== null && (
        <button
          type="button"
          className="button wide-only"
          title={t('members.openHint')}
          onClick={() => open({ kind: 'members' })}
        >
          {t('members.open')}
        </button>
      )}
      <button
        type="button"
        className="button"
        onClick={onPalette}
        aria-keyshortcuts={commandAria('palette')}
        title={commandTitle(t, 'palette')}
      >
        {t('shell.search')} <kbd>{commandKeys('palette')}</kbd>
      </button>
      <button type="button" className="button" onClick={() => open({ kind: 'invite' })}>
        {t('shell.invite')}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => open({ kind: 'unsupported' })}
        aria-label={t('shell.check', { count: unsupportedCount })}
        title={t('shell.check', { count: unsupportedCount })}
      >
        {t('shell.checkWord')} <span className="soft">{unsupportedCount}</span>
      </button>
      <button type="button" className="button primary" onClick={() => open({ kind: 'filing' })}>
        {t('shell.build')}
      </button>
    </header>
  );
}
