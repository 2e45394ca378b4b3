import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Zoom } from './zoom.ts';

/** An image exhibit: one page, shown to the given width. */
export function ImagePage({
  bytes,
  mime,
  alt,
  zoom,
  fitWidthPx,
}: {
  bytes: Uint8Array<ArrayBuffer>;
  mime: string;
  alt: string;
  zoom: Zoom;
  fitWidthPx: number;
}) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('');
  const [naturalWidthPx, setNaturalWidthPx] = useState(0);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mime }));
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mime]);
  if (broken)
    return (
      <p className="note-line missing" role="alert">
        {t('exhibits.imageUnreadable')}
      </p>
    );
  const widthPx = zoom === 'fit' ? Math.min(fitWidthPx, naturalWidthPx || fitWidthPx) : (naturalWidthPx * zoom) / 100;
  return (
    <div className="pdf-page">
      {url && (
        <img
          className="image-page"
          src={url}
          alt={alt}
          style={{ width: widthPx }}
          onLoad={(event) => setNaturalWidthPx(event.currentTarget.naturalWidth)}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}
