import { useTranslation } from 'react-i18next';
import './guide.css';

/** What a claim, an exhibit and a protected person are; stays until dismissed, blocks nothing. */
export function GuideStrip({ onDismiss }: { onDismiss(): void }) {
  const { t } = useTranslation();
  return (
    <section className="guide" aria-label={t('guide.title')}>
      <h2 className="panel-title">{t('guide.title')}</h2>
      <dl>
        <div>
          <dt>
            <span className="guide-mark claim" aria-hidden="true" />
            {t('guide.claimTerm')}
          </dt>
          <dd>{t('guide.claim')}</dd>
        </div>
        <div>
          <dt>
            <span className="guide-mark exhibit serif" aria-hidden="true">
              Ex.
            </span>
            {t('guide.exhibitTerm')}
          </dt>
          <dd>{t('guide.exhibit')}</dd>
        </div>
        <div>
          <dt>
            <span className="guide-mark person serif" aria-hidden="true">
              *
            </span>
            {t('guide.personTerm')}
          </dt>
          <dd>{t('guide.person')}</dd>
        </div>
      </dl>
      <button type="button" className="button" onClick={onDismiss}>
        {t('guide.dismiss')}
      </button>
    </section>
  );
}
