import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Claim } from '../../../shared/domain/records.ts';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';
import { ask } from '../../ui/bridge.ts';
import { linkClaim } from '../../ui/linkClaim.ts';
import { useIndexPart, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { listPicks, type Pick } from './listPicks.ts';

/** Chooses an exhibit and a page for the claim. Only anonymized copies can be chosen; the rest say why not. */
export function ExhibitPicker({ claim, onDone }: { claim: Claim; onDone(): void }) {
  const { t } = useTranslation();
  const { session, announce, notify, open } = useWorkbench();
  const { complaintId } = session;
  const exhibits = useRecords(session, 'exhibits');
  const labels = useIndexPart((index) => index.labels);
  const [originals, setOriginals] = useState<readonly LocalOriginal[]>([]);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<Extract<Pick, { kind: 'exhibit' }> | null>(null);
  const [page, setPage] = useState('1');
  const list = useId();
  const search = useRef<HTMLInputElement>(null);
  const pageField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let stale = false;
    void ask('exhibits/originals', { complaintId }).then((answer) => {
      if (!stale && answer.ok) setOriginals(answer.value);
    });
    return () => {
      stale = true;
    };
  }, [complaintId]);
  useEffect(() => {
    (chosen ? pageField : search).current?.focus();
  }, [chosen]);

  const picks = listPicks(exhibits, originals, labels, query);
  const at = Math.min(active, picks.length - 1);
  const activeId = picks[at] ? `${list}-${at}` : undefined;
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const choose = (pick: Pick | undefined) => {
    if (!pick) return;
    if (pick.kind === 'original') return notify({ code: 'original-not-linkable' });
    if (pick.exhibit.blobId === '') return announce(t('claims.noFileReason'));
    setChosen(pick);
  };
  const link = () => {
    if (!chosen) return;
    const wanted = Number.parseInt(page, 10);
    if (!(wanted >= 1 && wanted <= chosen.exhibit.pageCount)) {
      pageField.current?.focus();
      return;
    }
    const { cited } = linkClaim(session, { claimId: claim.id, exhibitId: chosen.exhibit.id, page: wanted, quote: '' });
    announce(t(cited ? 'exhibits.linked' : 'exhibits.linkedNotCited', { page: wanted }));
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, picks.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
    else if (event.key === 'Enter') choose(picks[at]);
    else return;
    event.preventDefault();
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (chosen) setChosen(null);
    else onDone();
  };

  if (chosen) {
    const wanted = Number.parseInt(page, 10);
    const valid = wanted >= 1 && wanted <= chosen.exhibit.pageCount;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes one step back from anywhere inside
      <div className="card exhibit-picker" onKeyDown={onEscape}>
        <p>
          <b className="exhibit-label">{t('exhibits.label', { label: chosen.label })}</b>{' '}
          {chosen.exhibit.title || t('exhibits.untitled')}
        </p>
        <div className="field">
          <label htmlFor={`${list}-page`}>{t('claims.pageOf', { count: chosen.exhibit.pageCount })}</label>
          <input
            ref={pageField}
            id={`${list}-page`}
            className="input exhibit-picker__page"
            inputMode="numeric"
            value={page}
            aria-invalid={!valid}
            aria-describedby={valid ? undefined : `${list}-bad`}
            onChange={(event) => setPage(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Linking hands the focus to the text: the rest of this key would break the claim's words there.
              event.preventDefault();
              link();
            }}
          />
          {!valid && (
            <p id={`${list}-bad`} className="error">
              {t('claims.pageOutside', { count: chosen.exhibit.pageCount })}
            </p>
          )}
        </div>
        <div className="actions">
          <button type="button" className="button primary" disabled={!valid} onClick={link}>
            {t('claims.link')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => open({ kind: 'exhibit', exhibitId: chosen.exhibit.id, page: valid ? wanted : 1 })}
          >
            {t('claims.chooseOnPage')}
          </button>
          <button type="button" className="button quiet" onClick={() => setChosen(null)}>
            {t('common.back')}
          </button>
        </div>
      </div>
    );
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div className="card exhibit-picker" onKeyDown={onEscape}>
      <input
        ref={search}
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        aria-label={t('claims.findExhibit')}
        placeholder={t('claims.findExhibit')}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
      />
      <div id={list} className="exhibit-picker__list" role="listbox" aria-label={t('exhibits.title')}>
        {picks.map((pick, position) => {
          const blocked = pick.kind === 'original' || pick.exhibit.blobId === '';
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox, which keeps the focus
            <div
              key={pick.kind === 'original' ? pick.original.id : pick.exhibit.id}
              id={`${list}-${position}`}
              role="option"
              tabIndex={-1}
              aria-selected={position === at}
              aria-disabled={blocked}
              className="exhibit-picker__option"
              onClick={() => choose(pick)}
              onPointerMove={() => setActive(position)}
            >
              {pick.kind === 'original' ? (
                <>
                  <span className="break-anywhere">{pick.original.fileName}</span>
                  <span className="exhibit-picker__reason">{t('claims.originalReason')}</span>
                </>
              ) : (
                <>
                  <span>
                    <b className="exhibit-label">{t('exhibits.label', { label: pick.label })}</b>{' '}
                    {pick.exhibit.title || t('exhibits.untitled')}
                  </span>
                  <span className="exhibit-picker__reason">
                    {blocked ? t('claims.noFileReason') : t('exhibits.held', { count: pick.exhibit.pageCount })}
                  </span>
                </>
              )}
            </div>
          );
        })}
      </div>
      {picks.length === 0 && (
        <p className="soft">{query ? t('exhibits.nothingFound', { filter: query }) : t('claims.noExhibits')}</p>
      )}
      <div className="actions">
        <button type="button" className="button quiet" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </div>
    </div>
  );
}
