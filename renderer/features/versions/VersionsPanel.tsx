import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatDate, isSameDay } from '../../i18n/format.ts';
import { TextField } from '../../ui/Field.tsx';
import { useWorkbench } from '../../ui/workbench.ts';
import { keepVersion } from './keepVersion.ts';
import { useVersions, type Version } from './useVersions.ts';
import { VersionRow } from './VersionRow.tsx';
import './versions.css';

/** All versions by day, the field that names this moment, and the choice of two to compare. */
export function VersionsPanel({ session }: { session: ComplaintSession }) {
  const { t } = useTranslation();
  const { language, place, open } = useWorkbench();
  const { versions, damaged } = useVersions(session);
  const [chosen, setChosen] = useState<Version | null>(null);
  const naming = place?.kind === 'versions' && place.naming === true;

  const compare = (one: Version, other: Version | null) => {
    const [old, now] = other && other.atMs < one.atMs ? [other, one] : [one, other];
    setChosen(null);
    open({ kind: 'versions', compare: { old: old.id, now: now?.id ?? 'now' } });
  };
  return (
    <section className="versions" aria-label={t('versions.title')}>
      <h2 className="panel-title">{t('versions.title')}</h2>
      <NameForm session={session} autoFocus={naming} />
      <p className="note-line">{t('versions.hint')}</p>
      {damaged > 0 && <p className="note-line missing">{t('versions.damaged', { count: damaged })}</p>}
      {chosen && (
        <p className="note-line" role="status">
          {t('versions.chosen', { name: chosen.name || formatDate(chosen.atMs, language) })}{' '}
          <button type="button" className="link-button" onClick={() => setChosen(null)}>
            {t('versions.stopChoosing')}
          </button>
        </p>
      )}
      {versions?.length === 0 && (
        <p className="empty" role="status">
          {t('versions.none')}
        </p>
      )}
      {byDay(versions ?? []).map((day) => (
        <section key={day[0]?.id} aria-label={formatDate(day[0]?.atMs ?? 0, language)}>
          <h3 className="versions-day">{formatDate(day[0]?.atMs ?? 0, language)}</h3>
          <ul>
            {day.map((version) => (
              <VersionRow
                key={version.id}
                session={session}
                version={version}
                chosen={chosen}
                onChoose={() => setChosen(version)}
                onCompare={(other) => compare(version, other)}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function NameForm({ session, autoFocus }: { session: ComplaintSession; autoFocus: boolean }) {
  const { t } = useTranslation();
  const { announce, notify } = useWorkbench();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const words = name.trim();
    if (words === '' || busy) return;
    setBusy(true);
    const kept = await keepVersion(session, 'named', words);
    setBusy(false);
    if (!kept.ok) {
      notify(kept.error);
      return;
    }
    const status = session.getStatus();
    const sentence = kept.value?.file
      ? t('versions.keptShared', { name: words })
      : status.relay !== 'none'
        ? t('versions.keptHere')
        : t('versions.kept', { name: words });
    setName('');
    setSaid(sentence);
    announce(sentence);
  };
  return (
    <form className="versions-name" onSubmit={(event) => void keep(event)}>
      <TextField
        // Asked for by its key, the field takes the focus anew.
        key={String(autoFocus)}
        label={t('versions.nameLabel')}
        placeholder={t('versions.namePlaceholder')}
        value={name}
        maxLength={200}
        autoFocus={autoFocus}
        onChange={setName}
      />
      <button type="submit" className="button" disabled={busy || name.trim() === ''}>
        {t('versions.keep')}
      </button>
      {said && <p className="note-line">{said}</p>}
    </form>
  );
}

function byDay(versions: readonly Version[]): Version[][] {
  const days: Version[][] = [];
  for (const version of versions) {
    const day = days.at(-1);
    if (day?.[0] && isSameDay(day[0].atMs, version.atMs)) day.push(version);
    else days.push([version]);
  }
  return days;
}
