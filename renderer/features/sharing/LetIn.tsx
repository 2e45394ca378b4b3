import { useTranslation } from 'react-i18next';

/** A waiting invitation became a complaint while the person was elsewhere. */
export function LetIn({ title, onOpen, onDismiss }: { title: string; onOpen(): void; onDismiss(): void }) {
  const { t } = useTranslation();
  return (
    <section className="notice good" aria-label={t('waiting.list')} data-let-in>
      <span className="mark" aria-hidden="true">
        ✓
      </span>
      <p className="grow">{t('waiting.joined', { title })}</p>
      <button type="button" className="button" onClick={onOpen}>
        {t('waiting.open')}
      </button>
      <button type="button" className="button quiet" onClick={onDismiss}>
        {t('common.dismiss')}
      </button>
    </section>
  );
}
