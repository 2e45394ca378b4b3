import { Window } from 'happy-dom';
import { FORMAT } from '../../../../shared/domain/document.ts';
import { PASTE_LIMITS, type PastedBlock, type PastedContent, type PastedInline, type PasteLimits } from '../Pasted.ts';
import { isPastedTable, type PastedRow, type PastedTable } from '../PastedTable.ts';
import { readClipboardHtml } from '../readClipboardHtml.ts';
import { readClipboardText } from '../readClipboardText.ts';

/** Parses HTML without a browser. The journey reads the same payloads with Chromium's own parser. */
export function parseWithoutBrowser(html: string): Document {
  return new new Window().DOMParser().parseFromString(html, 'text/html') as unknown as Document;
}

/** Reads a payload to its end. */
export function readPayload(kind: 'html' | 'txt', payload: string, limits: PasteLimits = PASTE_LIMITS): PastedContent {
  const reading =
    kind === 'html' ? readClipboardHtml(payload, limits, parseWithoutBrowser) : readClipboardText(payload, limits);
  for (let step = reading.next(); ; step = reading.next()) if (step.done) return step.value;
}

/**
 * A block as one line: `style: words`, marks as `{b i}`, links as `<address>`, so that expectations can be read. Of a table
 * a line with the shares of its columns in percent, and one for each row: blocks of a cell between `¶`, of a merged one
 * first how many columns and rows it takes.
 */
export function describeContent(content: PastedContent): string[] {
  const lines = content.blocks.flatMap((item) => (isPastedTable(item) ? describeTable(item) : [describeBlock(item)]));
  const { largeTables, pictures, refusedLinks, deletions } = content;
  const lost = Object.entries({ largeTables, pictures, refusedLinks, deletions }).filter(([, count]) => count > 0);
  return [...lines, ...lost.map(([what, count]) => `left out: ${what} ${count}`)];
}

const describeBlock = ({ style, direction, inlines }: PastedBlock): string =>
  `${style}${direction ? ` ${direction}` : ''}: ${inlines.map(describe).join('')}`;

function describeTable({ columns, widths, rows }: PastedTable): string[] {
  const sum = (widths ?? []).reduce((all, width) => all + width, 0);
  const shares = widths?.map((width) => Math.round((100 * width) / sum)).join(' ') ?? '?';
  const cells = (row: PastedRow): string =>
    row.cells
      .map(({ column, columns: wide, rows: high, blocks }) => {
        const reach = wide > 1 || high > 1 ? `${wide}x${high} ` : '';
        return `${column}: ${reach}${blocks.map(describeBlock).join(' ¶ ')}`;
      })
      .join(' | ');
  return [`table of ${columns}, ${shares}`, ...rows.map((row) => `${row.head ? 'head' : 'row'} ${cells(row)}`)];
}

const LETTERS: readonly (readonly [number, string])[] = [
  [FORMAT.bold, 'b'],
  [FORMAT.italic, 'i'],
  [FORMAT.underline, 'u'],
  [FORMAT.strikethrough, 's'],
  [FORMAT.subscript, 'sub'],
  [FORMAT.superscript, 'sup'],
];

function describe(inline: PastedInline): string {
  if (inline.kind !== 'text') return inline.kind === 'break' ? '⏎' : '⇥';
  const marks = LETTERS.filter(([bit]) => inline.format & bit).map(([, letter]) => letter);
  if (inline.smallCaps) marks.push('sc');
  if (inline.href !== '') marks.push(`<${inline.href}>`);
  return marks.length > 0 ? `{${marks.join(' ')}|${inline.text}}` : inline.text;
}
