import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileState } from '../../../shared/ipc/contract.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { describeFile, settledWords } from './describeFile.ts';
import { ExhibitDetails } from './ExhibitDetails.tsx';
import type { RegisterRow } from './groupExhibits.ts';

interface Props {
  row: RegisterRow;
  /** Undefined while it is not known. */
  file: FileState | undefined;
  paused: boolean;
  opened: boolean;
  onToggle(): void;
}

/** One exhibit of the register: its label, title and how often the text cites it; opens in the right panel. */
export const ExhibitRow = memo(
  function ExhibitRow({ row, file, paused, opened, onToggle }: Props) {
    const { t } = useTranslation();
    const { session, open, place } = useWorkbench();
    const shared = useStatus(session).relay !== 'none';
    const { exhibit, label, citedCount } = row;
    const title = exhibit.title || t('exhibits.untitled');
    const where = file && shared ? describeFile(file, paused, shared) : null;
    const settled = where && settledWords(where.sentence);
    const shown = place?.kind === 'exhibit' && place.exhibitId === exhibit.id;
    return (
      <li
        className={`exhibit-row${citedCount === 0 ? ' exhibit-row--uncited' : ''}${opened ? ' exhibit-row--opened' : ''}`}
      >
        <div className={`exhibit-row__line${shown ? ' exhibit-row__line--shown' : ''}`}>
          <button
            type="button"
            className="exhibit-row__open"
            aria-current={shown || undefined}
            onClick={() => open({ kind: 'exhibit', exhibitId: exhibit.id })}
          >
            <b className="exhibit-label">{t('exhibits.label', { label })}</b>
            <span className="exhibit-row__text">
              <span className={exhibit.title ? '' : 'exhibit-row__untitled'}>{title}</span>
              <span className="exhibit-row__state">
                {exhibit.blobId
                  ? t('exhibits.held', { count: exhibit.pageCount })
                  : t(`exhibits.statuses.${exhibit.status}`)}
                {settled && (
                  <>
                    {' · '}
                    <span className="exhibit-row__where">{t(`exhibits.file.settled.${settled}`)}</span>
                  </>
                )}
              </span>
              {file && where && !settled && (
                <span
                  className={`exhibit-row__state exhibit-row__where${where.stuck ? ' exhibit-row__state--stuck' : ''}`}
                >
                  {t(`exhibits.file.states.${where.sentence}`, { who: file.alsoWith.join(', ') })}
                </span>
              )}
            </span>
            <span className="exhibit-row__count" title={t('exhibits.citedTimes', { count: citedCount })}>
              <span aria-hidden="true">{citedCount}×</span>
              <span className="visually-hidden">{t('exhibits.citedTimes', { count: citedCount })}</span>
            </span>
          </button>
          <button
            type="button"
            className="link-button exhibit-row__more"
            aria-expanded={opened}
            onClick={onToggle}
            aria-label={t('exhibits.detailsNamed', { label, title })}
          >
            {opened ? t('exhibits.less') : t('exhibits.details')}
          </button>
        </div>
        {opened && (
          <ExhibitDetails exhibit={exhibit} file={file} paused={paused} label={label} citedCount={citedCount} />
        )}
      </li>
    );
  },
  (before, after) =>
    before.opened === after.opened &&
    before.file === after.file &&
    before.paused === after.paused &&
    before.row.exhibit === after.row.exhibit &&
    before.row.label === after.row.label &&
    before.row.citedCount === after.row.citedCount,
);
