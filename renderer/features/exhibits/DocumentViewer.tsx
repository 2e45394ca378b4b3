import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileParts } from './FileParts.ts';
import { ImagePage } from './ImagePage.tsx';
import { PageInput } from './PageInput.tsx';
import { PdfPage } from './PdfPage.tsx';
import { useOverPage } from './useOverPage.ts';
import { usePdf } from './usePdf.ts';
import { CSS_PX_PER_POINT, nextZoom, type Zoom } from './zoom.ts';

interface Props {
  file: FileParts;
  mime: string;
  /** Spoken name of what is shown. */
  name: string;
  page: number;
  onPage(page: number): void;
  quotes?: readonly string[];
  onFound?(found: ReadonlySet<string>): void;
  onSelect?(words: string): void;
  /** Over the page area instead of in the panel. */
  wide: boolean;
  /** Absent: the viewer has only one size, that of its parent. */
  onWide?(wide: boolean): void;
  children?: ReactNode;
}

const NO_QUOTES: readonly string[] = [];
const nothing = () => {};
/** Wider than this a page is no easier to read. */
const MAX_FIT_PX = 920;
const PADDING_PX = 24;

/** Pages of a PDF or an image, with paging, zoom and size by button and by key. */
export function DocumentViewer(props: Props) {
  return props.mime === 'application/pdf' ? <PdfDocument {...props} /> : <ImageDocument {...props} />;
}

function PdfDocument(props: Props) {
  const { t } = useTranslation();
  const { pdf, failure, lost } = usePdf(props.file);
  const { quotes = NO_QUOTES, onFound = nothing, onSelect = nothing } = props;
  if (lost)
    return (
      <p className="note-line missing" role="alert">
        {t(`notices.${lost.code}`, lost.params ?? {})}
      </p>
    );
  if (failure)
    return (
      <p className="note-line missing" role="alert">
        {t(`exhibits.opening.${failure}`)}
      </p>
    );
  if (!pdf) return <ViewerSkeleton />;
  const page = Math.min(Math.max(1, props.page), pdf.pageCount);
  return (
    <ViewerFrame {...props} page={page} pageCount={pdf.pageCount}>
      {(zoom, fitWidthPx) => (
        <PdfPage
          pdf={pdf}
          page={page}
          zoom={zoom}
          fitWidthPx={fitWidthPx}
          quotes={quotes}
          onFound={onFound}
          onSelect={onSelect}
        />
      )}
    </ViewerFrame>
  );
}

function ImageDocument(props: Props) {
  return (
    <ViewerFrame {...props} page={1} pageCount={1}>
      {(zoom, fitWidthPx) => (
        <ImagePage file={props.file} mime={props.mime} alt={props.name} zoom={zoom} fitWidthPx={fitWidthPx} />
      )}
    </ViewerFrame>
  );
}

/** Grey lines where a page will be; they show after 150 ms. */
export function ViewerSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="viewer-skeleton" role="status" aria-label={t('common.loading')}>
      <i />
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}

function ViewerFrame({
  page,
  pageCount,
  name,
  onPage,
  wide,
  onWide,
  children,
}: Omit<Props, 'children'> & { pageCount: number; children(zoom: Zoom, fitWidthPx: number): ReactNode }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const over = useOverPage(frame, wide && onWide !== undefined);
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [widthPx, setWidthPx] = useState(0);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidthPx(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const fitWidthPx = widthPx > 0 ? Math.min(MAX_FIT_PX, widthPx - (wide ? 2 * PADDING_PX : 2)) : 0;
  const go = useCallback(
    (next: number) => {
      const bounded = Math.min(Math.max(1, next), pageCount);
      if (bounded === page) return;
      onPage(bounded);
      scroller.current?.scrollTo({ top: 0 });
    },
    [page, pageCount, onPage],
  );
  const step = (direction: 1 | -1) =>
    setZoom((before) => nextZoom(before === 'fit' ? (fitWidthPx / (612 * CSS_PX_PER_POINT)) * 100 : before, direction));

  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLTextAreaElement ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const act = keyAction(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const keyAction = (key: string): (() => void) | null => {
    switch (key) {
      case 'PageDown':
      case 'ArrowRight':
        return () => go(page + 1);
      case 'PageUp':
      case 'ArrowLeft':
        return () => go(page - 1);
      case 'Home':
        return () => go(1);
      case 'End':
        return () => go(pageCount);
      case '+':
      case '=':
        return () => step(1);
      case '-':
        return () => step(-1);
      case '0':
        return () => setZoom('fit');
      case 'e':
      case 'E':
        return onWide ? () => onWide(!wide) : null;
      case 'Escape':
        return wide && onWide ? () => onWide(false) : null;
      default:
        return null;
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons below, while the focus is inside
    <div ref={frame} className={`viewer-frame${wide ? ' viewer-frame--wide' : ''}`} style={over} onKeyDown={onKeyDown}>
      <div className="viewer-bar" role="toolbar" aria-label={t('exhibits.viewerBar')}>
        <button
          type="button"
          className="button quiet"
          disabled={page <= 1}
          onClick={() => go(page - 1)}
          aria-label={t('exhibits.previousPage')}
          title={t('exhibits.previousPage')}
          aria-keyshortcuts="PageUp"
        >
          ‹
        </button>
        <PageInput page={page} pageCount={pageCount} onPage={go} />
        <button
          type="button"
          className="button quiet"
          disabled={page >= pageCount}
          onClick={() => go(page + 1)}
          aria-label={t('exhibits.nextPage')}
          title={t('exhibits.nextPage')}
          aria-keyshortcuts="PageDown"
        >
          ›
        </button>
        <span className="grow" />
        <button
          type="button"
          className="button quiet"
          onClick={() => step(-1)}
          aria-label={t('exhibits.zoomOut')}
          title={t('exhibits.zoomOut')}
          aria-keyshortcuts="-"
        >
          −
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => setZoom('fit')}
          aria-pressed={zoom === 'fit'}
          title={t('exhibits.fitHint')}
          aria-keyshortcuts="0"
        >
          {zoom === 'fit' ? t('exhibits.fit') : `${zoom}%`}
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => step(1)}
          aria-label={t('exhibits.zoomIn')}
          title={t('exhibits.zoomIn')}
          aria-keyshortcuts="+"
        >
          +
        </button>
        {onWide && (
          <button
            type="button"
            className="button quiet"
            onClick={() => onWide(!wide)}
            aria-pressed={wide}
            title={t('exhibits.wideHint')}
            aria-keyshortcuts="E"
          >
            {wide ? t('exhibits.narrow') : t('exhibits.wide')}
          </button>
        )}
      </div>
      <div
        ref={scroller}
        className="viewer-scroller"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        role="region"
        aria-label={t('exhibits.pageOf', { name, page, count: pageCount })}
      >
        {fitWidthPx > 0 && children(zoom, fitWidthPx)}
      </div>
    </div>
  );
}
