import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, LibrarySummary, Notice } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { TextField } from '../../ui/Field.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { LibraryRow } from './LibraryRow.tsx';
import { useJoins } from './useJoins.ts';
import { WaitingJoinRow } from './WaitingJoinRow.tsx';
import './library.css';

type List =
  | { state: 'loading' }
  | { state: 'failed'; notice: Notice }
  | { state: 'ready'; complaints: readonly LibrarySummary[] };
type Side = 'none' | 'create' | 'join' | 'settings';

interface Props {
  /** The form that joins a complaint, and whether it stands open from the start. */
  joinForm: ReactNode;
  startJoining: boolean;
  settingsPanel: ReactNode;
  strips: ReactNode;
  /** The row that just began to wait takes the focus; null for none. */
  waitingId: string | null;
  language: Language;
  onOpen(complaintId: string): Promise<void>;
  notify(notice: Notice): void;
  announce(sentence: string): void;
}

/** Every complaint on this computer: open, start, join, rename, archive. */
export function LibraryScreen(props: Props) {
  const { joinForm, startJoining, settingsPanel, strips, waitingId, language, onOpen, notify, announce } = props;
  const { t } = useTranslation();
  const [list, setList] = useState<List>({ state: 'loading' });
  const [side, setSide] = useState<Side>(startJoining ? 'join' : 'none');
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const { joins, load: loadJoins } = useJoins();

  const load = useCallback(async () => {
    const answer = await ask('library/list', undefined);
    setList(answer.ok ? { state: 'ready', complaints: answer.value } : { state: 'failed', notice: answer.error });
  }, []);
  useEffect(() => {
    void load();
    return window.alegato.on('library/changed', () => void load());
  }, [load]);
  const change = async (request: Promise<{ ok: true } | { ok: false; error: Notice }>) => {
    const answer = await request;
    if (!answer.ok) notify(answer.error);
    await load();
  };
  const stopAsking = async (joinId: string) => {
    const answer = await ask('joins/cancel', { joinId });
    if (answer.ok) announce(t('waiting.stopped'));
    else notify(answer.error);
    await loadJoins();
  };
  const create = async () => {
    if (busy) return;
    setBusy(true);
    const answer = await ask('library/create', {
      title: title.trim() || t('library.newTitleDefault'),
      from: 'template',
    });
    setBusy(false);
    if (answer.ok) await onOpen(answer.value.id);
    else notify(answer.error);
  };
  const complaints = list.state === 'ready' ? [...list.complaints].sort((a, b) => b.modifiedMs - a.modifiedMs) : [];
  const active = complaints.filter((complaint) => !complaint.archived);
  const archived = complaints.filter((complaint) => complaint.archived);
  const rows = (some: readonly LibrarySummary[]) => (
    <ul className="library-list">
      {some.map((complaint) => (
        <LibraryRow
          key={complaint.id}
          complaint={complaint}
          language={language}
          onOpen={() => void onOpen(complaint.id)}
          onRename={(next) => void change(ask('library/rename', { complaintId: complaint.id, title: next }))}
          onArchive={(value) => void change(ask('library/archive', { complaintId: complaint.id, archived: value }))}
        />
      ))}
    </ul>
  );
  const sideButton = (which: Side, label: string, primary: boolean) => (
    <button
      type="button"
      className={`button ${primary ? 'primary' : ''}`}
      aria-expanded={side === which}
      aria-controls="library-side"
      onClick={() => setSide(side === which ? 'none' : which)}
    >
      {label}
    </button>
  );
  return (
    <div className="library">
      <header className="library-bar">
        <span className="library-brand">Alegato</span>
        <span className="grow" />
        {sideButton('settings', t('shell.settings'), false)}
      </header>
      {strips}
      <div className="library-body">
        <main className="library-main">
          <div className="library-head">
            <div className="grow">
              <h1>{t('library.title')}</h1>
              <p className="soft">{t('library.subtitle')}</p>
            </div>
            {sideButton('join', t('library.join'), false)}
            {sideButton('create', t('library.create'), side === 'none')}
          </div>
          {joins.length > 0 && (
            <ul className="library-list waiting-list" aria-label={t('waiting.list')}>
              {joins.map((join) => (
                <WaitingJoinRow
                  key={join.id}
                  join={join}
                  language={language}
                  takesFocus={join.id === waitingId}
                  onStop={() => void stopAsking(join.id)}
                />
              ))}
            </ul>
          )}
          {list.state === 'loading' && <Skeleton label={t('common.loading')} />}
          {list.state === 'failed' && (
            <div className="empty" role="alert">
              <p>{t('library.failed')}</p>
              <button type="button" className="button" onClick={() => void load()}>
                {t('library.retry')}
              </button>
            </div>
          )}
          {list.state === 'ready' && (active.length > 0 ? rows(active) : <p className="empty">{t('library.empty')}</p>)}
          {archived.length > 0 && (
            <details className="library-archive">
              <summary>{t('library.showArchive', { count: archived.length })}</summary>
              {rows(archived)}
            </details>
          )}
        </main>
        {side !== 'none' && (
          <aside
            className="library-side"
            id="library-side"
            aria-label={
              side === 'create' ? t('library.create') : side === 'join' ? t('join.title') : t('settings.title')
            }
            onKeyDown={(event) => {
              if (event.key === 'Escape') setSide('none');
            }}
          >
            <div className="actions end">
              <button type="button" className="button quiet" onClick={() => setSide('none')}>
                {t('common.close')}
              </button>
            </div>
            {side === 'join' && joinForm}
            {side === 'settings' && settingsPanel}
            {side === 'create' && (
              <form
                aria-label={t('library.create')}
                onSubmit={(event) => {
                  event.preventDefault();
                  void create();
                }}
              >
                <h2 className="panel-title">{t('library.create')}</h2>
                <div className="label" aria-hidden="true" />
                <TextField
                  label={t('library.newTitle')}
                  value={title}
                  maxLength={200}
                  placeholder={t('library.newTitleDefault')}
                  autoFocus
                  onChange={setTitle}
                />
                <div className="actions">
                  <button type="submit" className="button primary" disabled={busy}>
                    {t('library.createAction')}
                  </button>
                </div>
              </form>
            )}
          </aside>
        )}
      </div>
    </div>
  );
}
