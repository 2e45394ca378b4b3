import { useTranslation } from 'react-i18next';
import { useDocumentIndex } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

/** The images that will be filed, each a step from its place: no program sees who can be recognized in them. [DO85] */
export function FiledImages() {
  const { t } = useTranslation();
  const { editor } = useWorkbench();
  const { images } = useDocumentIndex();
  if (images.length === 0) return null;
  const unnamed = images.filter(({ alt }) => alt === '').length;
  return (
    <>
      <h3 className="label">{t('images.filing', { count: images.length })}</h3>
      <p className="soft">{t('images.filingHint')}</p>
      {unnamed > 0 && (
        <p className="filing-check">
          <span className="chip missing">{t('images.filingUnnamed', { count: unnamed })}</span>
        </p>
      )}
      <ul className="filing-images">
        {images.map(({ nodeKey, alt, number }) => (
          <li key={nodeKey}>
            <span>
              {number === null ? '' : `¶\u00a0${number}: `}
              {alt || t('images.noAlt')}
            </span>
            <button
              type="button"
              className="link-button"
              aria-label={t('images.seeNamed', { alt: alt || t('images.noAlt') })}
              onClick={() => editor?.reveal({ nodeKey })}
            >
              {t('images.see')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
