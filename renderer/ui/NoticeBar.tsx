import { useTranslation } from 'react-i18next';
import type { Notice } from '../../shared/ipc/contract.ts';
import { useNoticeSentence } from './useNoticeSentence.ts';

/** A notice that stays until the person dismisses it. */
export function NoticeBar({ notice, onDismiss }: { notice: Notice; onDismiss(): void }) {
  const { t } = useTranslation();
  const sentence = useNoticeSentence();
  const good = notice.code === 'export-saved' || notice.code === 'redline-saved';
  return (
    <div className={`notice ${good ? 'good' : ''}`} data-notice={notice.code}>
      <span className="mark" aria-hidden="true">
        {good ? '✓' : '!'}
      </span>
      <p>{sentence(notice)}</p>
      <button type="button" className="button quiet" onClick={onDismiss}>
        {t('common.dismiss')}
      </button>
    </div>
  );
}
