import { TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanQuote, findQuote, type QuoteRange } from './findQuote.ts';
import type { OpenPdf } from './openPdf.ts';
import type { Zoom } from './zoom.ts';
import { CSS_PX_PER_POINT } from './zoom.ts';

interface Props {
  pdf: OpenPdf;
  page: number;
  zoom: Zoom;
  /** Width that 'fit' fills, in CSS px. */
  fitWidthPx: number;
  quotes: readonly string[];
  /** Which of `quotes` stand on the page; called after each painting. */
  onFound(found: ReadonlySet<string>): void;
  onSelect(words: string): void;
}

/** Canvases larger than this are painted coarser: Chromium would drop them. */
const MAX_CANVAS_PIXELS = 24_000_000;
const HIGHLIGHT = 'exhibit-quote';

interface PaintedText {
  runs: readonly string[];
  spans: readonly HTMLElement[];
}

/** One page of a PDF: its picture, and over it the words as text that can be selected and searched. */
export function PdfPage({ pdf, page: number, zoom, fitWidthPx, quotes, onFound, onSelect }: Props) {
  const { t } = useTranslation();
  const holder = useRef<HTMLDivElement>(null);
  const [text, setText] = useState<PaintedText | null>(null);
  const [painting, setPainting] = useState(true);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const target = holder.current;
    if (!target || fitWidthPx < 1) return;
    let stale = false;
    let stop = () => {};
    setPainting(true);
    setBroken(false);
    // The next picture may have to be fetched first: until then no words of this one pass for words of the next page.
    target.querySelector('.pdf-text')?.remove();
    setText(null);
    void (async () => {
      const page = await pdf.document.getPage(number);
      if (stale) return;
      const natural = page.getViewport({ scale: 1 });
      const scale = zoom === 'fit' ? fitWidthPx / natural.width : (zoom / 100) * CSS_PX_PER_POINT;
      const viewport = page.getViewport({ scale });
      const density = Math.min(
        window.devicePixelRatio * ((target as { currentCSSZoom?: number }).currentCSSZoom ?? 1),
        Math.sqrt(MAX_CANVAS_PIXELS / (viewport.width * viewport.height)),
      );
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width * density));
      canvas.height = Math.max(1, Math.floor(viewport.height * density));
      canvas.setAttribute('aria-hidden', 'true');
      const layer = document.createElement('div');
      layer.className = 'pdf-text';
      layer.style.setProperty('--total-scale-factor', String(scale));
      const render = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
      const words = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
      stop = () => {
        render.cancel();
        words.cancel();
      };
      const wordsPainted = words.render();
      wordsPainted.catch(() => {});
      await render.promise;
      await wordsPainted;
      if (stale) return;
      target.style.width = `${viewport.width}px`;
      target.style.height = `${viewport.height}px`;
      const end = document.createElement('div');
      end.className = 'pdf-text__end';
      layer.append(end);
      target.replaceChildren(canvas, layer);
      setText({ runs: words.textContentItemsStr, spans: words.textDivs });
      setPainting(false);
    })().catch(() => {
      if (stale) return;
      setPainting(false);
      setBroken(true);
    });
    return () => {
      stale = true;
      stop();
    };
  }, [pdf, number, zoom, fitWidthPx]);

  const wanted = quotes.join('\n');
  useEffect(() => {
    if (!text) return;
    const found = new Set<string>();
    const highlight = new Highlight();
    let first: HTMLElement | undefined;
    for (const quote of wanted.split('\n')) {
      const ranges = findQuote(text.runs, quote);
      if (!ranges) continue;
      found.add(quote);
      first ??= text.spans[ranges[0]?.run ?? -1];
      for (const range of ranges) {
        const marked = toDomRange(text.spans, range);
        if (marked) highlight.add(marked);
      }
    }
    CSS.highlights.set(HIGHLIGHT, highlight);
    first?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    onFound(found);
    return () => {
      CSS.highlights.delete(HIGHLIGHT);
    };
  }, [text, wanted, onFound]);

  // The button may be let go outside of the page.
  useEffect(() => {
    const onUp = () => holder.current?.classList.remove('pdf-page__paper--selecting');
    document.addEventListener('pointerup', onUp);
    return () => document.removeEventListener('pointerup', onUp);
  }, []);

  useEffect(() => {
    const onChange = () => {
      const selection = document.getSelection();
      const layer = holder.current?.querySelector('.pdf-text');
      if (
        !selection ||
        selection.isCollapsed ||
        !layer ||
        !selection.anchorNode ||
        !layer.contains(selection.anchorNode)
      )
        return;
      keepFromJumping(layer, selection);
      const words = cleanQuote(selection.toString());
      if (words) onSelect(words);
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [onSelect]);

  return (
    <div className="pdf-page" aria-busy={painting}>
      <div
        ref={holder}
        className="pdf-page__paper"
        role="document"
        aria-label={t('exhibits.pageNumber', { page: number })}
        onPointerDown={(event) => event.currentTarget.classList.add('pdf-page__paper--selecting')}
      />
      {broken && (
        <p className="note-line missing" role="alert">
          {t('exhibits.pageBroken')}
        </p>
      )}
      {!painting && !broken && text?.runs.every((run) => run.trim() === '') && (
        <p className="soft pdf-page__note">{t('exhibits.pageWithoutText')}</p>
      )}
    </div>
  );
}

function toDomRange(spans: readonly HTMLElement[], { run, start, end }: QuoteRange): Range | null {
  const words = spans[run]?.firstChild;
  if (!words || end > (words.textContent?.length ?? 0)) return null;
  const range = new Range();
  range.setStart(words, start);
  range.setEnd(words, end);
  return range;
}

/**
 * A drag over blank paper hits the sheet under the words, and the selection runs to where that sheet stands in the
 * document: keep it beside the words at the moving end of the selection.
 */
function keepFromJumping(layer: Element, selection: Selection): void {
  const sheet = layer.querySelector('.pdf-text__end');
  const { focusNode, anchorNode } = selection;
  const word = focusNode instanceof Element ? focusNode : focusNode?.parentElement;
  if (!sheet || !word || !anchorNode || !focusNode || word === sheet || word === layer || !layer.contains(word)) return;
  const backwards = (anchorNode.compareDocumentPosition(focusNode) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const neighbor = backwards ? word.previousElementSibling : word.nextElementSibling;
  if (neighbor !== sheet) word.parentElement?.insertBefore(sheet, backwards ? word : word.nextSibling);
}
