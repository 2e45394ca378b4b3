import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PasteProgress } from './PasteRun.ts';
import './paste.css';

/** How far a long paste is, with the way to end it. It has the focus, so that Escape ends it. */
export function PasteStrip({ progress, onCancel }: { progress: PasteProgress; onCancel(): void }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const { done, total } = progress;
  return (
    <div
      className="paste-strip"
      role="group"
      aria-label={t('paste.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <span>{total === 0 ? t('paste.reading') : t('paste.progress', { done, total })}</span>
      <progress aria-label={t('paste.label')} max={1} value={total === 0 ? undefined : done / total} />
      <button type="button" className="button" ref={button} onClick={onCancel}>
        {t('paste.cancel')}
      </button>
    </div>
  );
}
