import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuggestionView } from '../../../shared/domain/resolveSuggestions.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { OpenSuggestion } from '../../editor/SuggestionApi.ts';
import { formatDate, formatTime } from '../../i18n/format.ts';
import { SelectField } from '../../ui/Field.tsx';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import {
  describeSuggestion,
  type SuggestionOwner,
  useOwnerOf,
  useSuggestionRecords,
  useSuggestions,
} from './useSuggestions.ts';
import './suggestions.css';

const VIEWS = ['marked', 'accepted', 'rejected'] as const;
type Row = OpenSuggestion & { owner: SuggestionOwner; atMs: number };

/** Every open suggestion by organization, with its answers. */
export function SuggestionsPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { editor, announce } = useWorkbench();
  const { role } = useStatus(session);
  const records = useSuggestionRecords(session);
  const ownerOf = useOwnerOf(session, t('suggestions.somebody'));
  const list = useSuggestions();
  const [from, setFrom] = useState('all');
  const [view, setView] = useState<(typeof VIEWS)[number]>('marked');
  const api = editor?.suggestions ?? null;
  useEffect(() => {
    api?.setView(view);
    return () => api?.setView('marked');
  }, [api, view]);
  useEffect(() => () => api?.show(null), [api]);

  const rows: Row[] = list.map((entry) => {
    const record = records.get(entry.id);
    return { ...entry, owner: ownerOf(record?.by ?? 0), atMs: record?.at ?? 0 };
  });
  const owners = [...new Map(rows.map(({ owner }) => [owner.number, owner])).values()].sort(
    (a, b) => a.number - b.number,
  );
  const shown = owners.filter(({ number }) => from === 'all' || String(number) === from);
  const mayAnswer = !session.readOnly && role !== 'reviewer';
  const answer = (answered: SuggestionView, ids: readonly string[]) => {
    const count = api?.answer(answered, ids) ?? 0;
    announce(count === 0 ? t('suggestions.gone') : t(`suggestions.${answered}`, { count }));
  };
  const idsOf = (owner: SuggestionOwner) => rows.filter((row) => row.owner.number === owner.number).map(({ id }) => id);
  const shownIds = shown.flatMap(idsOf);
  return (
    <section className="suggestions" aria-label={t('suggestions.title')}>
      <h2 className="panel-title">{t('suggestions.title')}</h2>
      <p className="soft" role="status">
        {rows.length === 0 ? t('suggestions.none') : t('suggestions.count', { count: rows.length })}
      </p>
      <SelectField
        label={t('suggestions.view')}
        hint={view === 'marked' ? undefined : t('suggestions.viewHint')}
        value={view}
        onChange={(value) => setView(value as (typeof VIEWS)[number])}
        options={VIEWS.map((value) => ({ value, title: t(`suggestions.views.${value}`) }))}
      />
      {owners.length > 1 && (
        <SelectField
          label={t('suggestions.filter')}
          value={from}
          onChange={setFrom}
          options={[
            { value: 'all', title: t('suggestions.everybody') },
            ...owners.map(({ number, name }) => ({ value: String(number), title: name })),
          ]}
        />
      )}
      {mayAnswer && rows.length > 0 && (
        <div className="actions">
          <button type="button" className="button" onClick={() => answer('accepted', shownIds)}>
            {t('suggestions.acceptAll')}
          </button>
          <button type="button" className="button" onClick={() => answer('rejected', shownIds)}>
            {t('suggestions.rejectAll')}
          </button>
        </div>
      )}
      {!mayAnswer && rows.length > 0 && <p className="note-line">{t('suggestions.whoAnswers')}</p>}
      {shown.map((owner) => (
        <section key={owner.number} className="suggestion-group" aria-label={owner.name}>
          <h3 className="suggestion-owner">
            <span className={`suggestion-color org-${(owner.color % 8) + 1}`} aria-hidden="true" />
            <span className="grow">{owner.name}</span>
          </h3>
          {mayAnswer && owners.length > 1 && (
            <div className="actions">
              <button type="button" className="button quiet" onClick={() => answer('accepted', idsOf(owner))}>
                {t('suggestions.acceptAllOf', { name: owner.name })}
              </button>
              <button type="button" className="button quiet" onClick={() => answer('rejected', idsOf(owner))}>
                {t('suggestions.rejectAllOf', { name: owner.name })}
              </button>
            </div>
          )}
          <ul>
            {rows
              .filter((row) => row.owner.number === owner.number)
              .map((row) => (
                <SuggestionRow
                  key={row.id}
                  row={row}
                  {...(mayAnswer ? { onAnswer: (answered: SuggestionView) => answer(answered, [row.id]) } : {})}
                />
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function SuggestionRow({ row, onAnswer }: { row: Row; onAnswer?: (view: SuggestionView) => void }) {
  const { t } = useTranslation();
  const { editor, language, announce } = useWorkbench();
  const what = describeSuggestion(row, t);
  return (
    <li className="suggestion-row">
      <button
        type="button"
        className="suggestion-what"
        onFocus={() => editor?.suggestions.show(row.id)}
        onClick={() => {
          if (!editor?.suggestions.reveal(row.id)) announce(t('suggestions.gone'));
        }}
      >
        <span className="suggestion-words">{what}</span>
        {row.atMs > 0 && (
          <span className="soft suggestion-when">
            {t('suggestions.when', { date: formatDate(row.atMs, language), time: formatTime(row.atMs, language) })}
          </span>
        )}
      </button>
      {onAnswer && (
        <span className="suggestion-answers">
          <button
            type="button"
            className="button quiet"
            aria-label={t('suggestions.acceptNamed', { what })}
            onClick={() => onAnswer('accepted')}
          >
            {t('suggestions.accept')}
          </button>
          <button
            type="button"
            className="button quiet"
            aria-label={t('suggestions.rejectNamed', { what })}
            onClick={() => onAnswer('rejected')}
          >
            {t('suggestions.reject')}
          </button>
        </span>
      )}
    </li>
  );
}
