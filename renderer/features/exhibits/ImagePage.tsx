import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileParts, readBlob } from './FileParts.ts';
import type { Zoom } from './zoom.ts';

/** An image exhibit: one page, shown to the given width. */
export function ImagePage({
  file,
  mime,
  alt,
  zoom,
  fitWidthPx,
}: {
  file: FileParts;
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
    const stop = new AbortController();
    let made = '';
    setBroken(false);
    readBlob(file, mime, stop.signal).then(
      (blob) => {
        if (!stop.signal.aborted) setUrl((made = URL.createObjectURL(blob)));
      },
      () => {
        if (!stop.signal.aborted) setBroken(true);
      },
    );
    return () => {
      stop.abort();
      setUrl('');
      if (made) URL.revokeObjectURL(made);
    };
  }, [file, mime]);
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
