import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasuredRun } from '../../../shared/filing/pages/estimateLines.ts';
import type { FilingPage, PagePiece } from '../../../shared/filing/pages/layOutFiling.ts';
import {
  firstLineOffset,
  INDEX_WIDTHS_PT,
  type MeasuredParagraph,
} from '../../../shared/filing/pages/measureFiling.ts';
import { PAGE, topOfText } from '../../../shared/filing/pages/pageSetup.ts';

/** Points as em of the page, whose size is 12 pt. */
const em = (points: number): string => `${points / 12}em`;

/** The runs between two characters of a paragraph. */
function sliceRuns(runs: readonly MeasuredRun[], start: number, end: number): MeasuredRun[] {
  const slices: MeasuredRun[] = [];
  let offset = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, start - offset), Math.max(0, end - offset));
    if (text !== '') slices.push({ ...run, text });
    offset += run.text.length;
  }
  return slices;
}

function classOf(run: MeasuredRun): string | undefined {
  const names = [
    run.bold && 'bold',
    run.italic && 'italic',
    run.smallCaps && 'small-caps',
    run.raised && 'print-raised',
    run.underlined && 'underline',
    run.struck && 'strike',
  ].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

function Lines({ paragraph, from, to }: { paragraph: MeasuredParagraph; from: number; to: number }) {
  const { shape, label, runs, lines } = paragraph;
  return (
    <>
      {lines.slice(from, to).map((line, at) => {
        const first = from + at === 0;
        const offset = first ? firstLineOffset(shape, label) : 0;
        const words = sliceRuns(runs, line.start, line.end).map((run) => ({
          ...run,
          text: run.text.replace('\n', ''),
        }));
        const last = words.at(-1);
        // A space at the end of a line takes no room on paper.
        if (last && shape.align !== 'left') last.text = last.text.trimEnd();
        const style: CSSProperties = { height: em(shape.linePt), lineHeight: em(shape.linePt), marginLeft: em(offset) };
        return (
          <span className="print-line" key={line.start} style={style}>
            {first && label !== '' && (
              <span
                className={shape.bold ? 'print-label bold' : 'print-label'}
                style={{ left: em(-offset - shape.hangPt) }}
              >
                {`${label} `}
              </span>
            )}
            {words.map((run, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line have no other name
              <span className={classOf(run)} key={position}>
                {run.text}
              </span>
            ))}
          </span>
        );
      })}
    </>
  );
}

function Piece({ piece }: { piece: PagePiece }) {
  if (piece.kind === 'row')
    return (
      <div
        className={piece.head ? 'print-row print-head-row' : 'print-row'}
        style={{ minHeight: em(piece.row.heightPt), marginTop: em(piece.gapPt) }}
      >
        {piece.row.cells.map((text, column) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
            key={column}
            className={piece.row.bold[column] ? 'print-cell bold' : 'print-cell'}
            style={{ width: em(INDEX_WIDTHS_PT[column] ?? 40) }}
          >
            <span style={{ fontSize: em(piece.row.sizePt) }}>{text}</span>
          </span>
        ))}
      </div>
    );
  const { paragraph, from, to, gapPt } = piece;
  const { shape } = paragraph;
  return (
    <p
      className="print-paragraph"
      style={{
        marginTop: em(gapPt),
        marginLeft: em(shape.leftPt),
        marginRight: em(shape.rightPt),
        textAlign: shape.align,
      }}
    >
      <Lines paragraph={paragraph} from={from} to={to} />
    </p>
  );
}

/** One page of the filing, read-only: its lines where they are estimated to break, its footnotes at its foot. */
export function PreviewPage({
  page,
  count,
  head,
  top,
}: {
  page: FilingPage;
  count: number;
  head: { title: string; legend: string };
  /** From the top of the list, in em. */
  top: number;
}) {
  const { t } = useTranslation();
  const titled = page.number > 1 && head.title !== '';
  const headPt = (head.legend === '' ? 0 : 13.5) + (titled ? 12.4 : 0);
  return (
    <section
      className="print-page"
      style={{ top: `${top}em` }}
      aria-label={t('pages.previewPage', { number: page.number })}
    >
      <div className="print-header" style={{ top: em(PAGE.headerPt) }}>
        {head.legend !== '' && <p className="print-legend">{head.legend}</p>}
        {titled && <p className="print-title">{head.title}</p>}
      </div>
      <div className="print-body" style={{ top: em(topOfText(headPt)) }} lang="en-US">
        {page.pieces.map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place on the page
          <Piece piece={piece} key={at} />
        ))}
      </div>
      {page.notes.length > 0 && (
        <section className="print-notes" aria-label={t('pages.previewNotes', { number: page.number })} lang="en-US">
          {page.notes.flatMap(({ number, paragraphs }) =>
            paragraphs.map((paragraph, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is its place in the note
              <p key={`${number}-${at}`} style={{ marginBottom: em(paragraph.shape.afterPt) }}>
                <span className="print-note-size">
                  {paragraph.lines.map((line) => (
                    <span className="print-line" key={line.start} style={{ height: '1.15em', lineHeight: '1.15em' }}>
                      {sliceRuns(paragraph.runs, line.start, line.end).map((run, position) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line have no other name
                        <span className={classOf(run)} key={position}>
                          {run.text}
                        </span>
                      ))}
                    </span>
                  ))}
                </span>
              </p>
            )),
          )}
        </section>
      )}
      <p className="print-footer" style={{ bottom: em(PAGE.headerPt) }} lang="en-US">
        {`Page ${page.number} of ${count}`}
      </p>
    </section>
  );
}
