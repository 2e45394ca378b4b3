import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalOriginal } from '../../../shared/ipc/contract.ts';
import { formatSize } from '../../i18n/format.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { HashLine } from './HashLine.tsx';

/** An original that stays on this computer: it can be looked at, and linking says why it cannot be linked. */
export function OriginalRow({ original, onView }: { original: LocalOriginal; onView(): void }) {
  const { t } = useTranslation();
  const { notify, language } = useWorkbench();
  const reason = useId();
  return (
    <li className="original-row">
      {original.thumbnail.startsWith('data:image/png;base64,') && (
        <img className="exhibit-thumbnail" src={original.thumbnail} alt="" />
      )}
      <div>
        <p className="break-anywhere">{original.fileName}</p>
        <p className="soft">
          {t('exhibits.pagesAndSize', { count: original.pageCount, size: formatSize(original.sizeBytes, language) })}
        </p>
        <HashLine sha256={original.sha256} />
        <div className="actions">
          <button
            type="button"
            className="link-button"
            onClick={onView}
            aria-label={t('exhibits.viewNamed', { name: original.fileName })}
          >
            {t('exhibits.view')}
          </button>
          <button
            type="button"
            className="link-button original-row__blocked"
            aria-disabled="true"
            aria-describedby={reason}
            onClick={() => notify({ code: 'original-not-linkable' })}
          >
            {t('exhibits.link')}
          </button>
        </div>
        <p id={reason} className="hint">
          {t('exhibits.cannotLink')}
        </p>
      </div>
    </li>
  );
}
