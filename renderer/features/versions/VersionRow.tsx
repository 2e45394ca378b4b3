import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { formatNumber, formatTime } from '../../i18n/format.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { RenameVersion } from './RenameVersion.tsx';
import { readNames } from './readReached.ts';
import type { Version } from './useVersions.ts';

/** One version: when, what it is called, who changed what since the one before, and what it can be compared with. */
export function VersionRow({
  session,
  version,
  chosen,
  onChoose,
  onCompare,
}: {
  session: ComplaintSession;
  version: Version;
  /** The first of two, while the second is being chosen. */
  chosen: Version | null;
  onChoose(): void;
  onCompare(other: Version | null): void;
}) {
  const { t } = useTranslation();
  const { language } = useWorkbench();
  const [naming, setNaming] = useState(false);
  const time = formatTime(version.atMs, language);
  const kind =
    version.from === 'partner'
      ? t('versions.kinds.shared', {
          organization: readNames(session.doc).get(version.shared.by) || t('versions.somebody'),
        })
      : t(`versions.kinds.${version.stored.kind}`);
  const named = version.name !== '';
  const title = named ? version.name : `${kind}, ${time}`;
  const stored = version.from === 'here' ? version.stored : null;
  return (
    <li className={`version ${named ? 'named' : ''}`}>
      <p className="version-title">
        {named && (
          <span className="version-mark" aria-hidden="true">
            ◆
          </span>
        )}
        {named ? version.name : time}
      </p>
      <p className="version-facts">{named ? `${time} · ${kind}` : kind}</p>
      {stored && stored.organizations.length > 0 && (
        <p className="version-facts">{t('versions.by', { names: stored.organizations.join(', ') })}</p>
      )}
      {stored && stored.insertedWords + stored.deletedWords > 0 && (
        <p className="version-facts">
          {t('versions.words', {
            inserted: formatNumber(stored.insertedWords, language),
            deleted: formatNumber(stored.deletedWords, language),
          })}
        </p>
      )}
      {naming && <RenameVersion session={session} versionId={version.id} onDone={() => setNaming(false)} />}
      <p className="version-actions">
        {chosen && chosen.id !== version.id ? (
          <button
            type="button"
            className="link-button"
            aria-label={t('versions.comparePairOf', { name: title })}
            onClick={() => onCompare(chosen)}
          >
            {t('versions.comparePair')}
          </button>
        ) : (
          <>
            <button
              type="button"
              className="link-button"
              aria-label={t('versions.compareNowOf', { name: title })}
              onClick={() => onCompare(null)}
            >
              {t('versions.compareNow')}
            </button>
            {!chosen && (
              <button
                type="button"
                className="link-button"
                aria-label={t('versions.chooseOf', { name: title })}
                onClick={onChoose}
              >
                {t('versions.choose')}
              </button>
            )}
            {stored && !named && !naming && (
              <button
                type="button"
                className="link-button"
                aria-label={t('versions.renameOf', { name: title })}
                onClick={() => setNaming(true)}
              >
                {t('versions.rename')}
              </button>
            )}
          </>
        )}
      </p>
    </li>
  );
}
