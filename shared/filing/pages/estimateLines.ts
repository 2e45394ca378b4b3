import { advanceOf, isWide, RAISED_SIZE, SMALL_CAPS_SIZE } from './advanceOf.ts';

/** Words of one look. A line feed is a break inside the paragraph, a tab a tab. */
export interface MeasuredRun {
  text: string;
  bold?: boolean;
  italic?: boolean;
  smallCaps?: boolean;
  /** Raised or lowered: smaller. */
  raised?: boolean;
  /** Drawn only: these two are as wide as other words. */
  underlined?: boolean;
  struck?: boolean;
  /** In points besides its letters, such as the padding of a citation on the page. */
  extraPt?: number;
}

/** The column that a paragraph's lines stand in, in points. */
export interface LineBox {
  widthPt: number;
  sizePt: number;
  /** The first line begins so much further right; negative where a hanging one has more room. */
  firstPt?: number;
}

/** A line: characters of the paragraph from `start` up to `end`, the break behind it included. */
export interface EstimatedLine {
  start: number;
  end: number;
  widthPt: number;
}

const TAB_STOP_PT = 36;
const SPACE = 0x20;

/**
 * Where a paragraph breaks into lines, from the widths of its letters alone: no page is laid out for it. At least one line.
 * Breaks fall behind spaces, hyphens and dashes; a word wider than the line is cut.
 */
export function estimateLines(runs: readonly MeasuredRun[], box: LineBox): EstimatedLine[] {
  const lines: EstimatedLine[] = [];
  let start = 0;
  let x = box.firstPt ?? 0;
  /** Behind the last place where the line may end: offset, and how wide the words up to it are. */
  let breakAt = -1;
  let breakX = 0;
  let breakInk = 0;
  let ink = x;
  let offset = 0;
  const end = (at: number, width: number): void => {
    lines.push({ start, end: at, widthPt: Math.max(0, width) });
    start = at;
  };
  for (const run of runs) {
    const face = (run.bold ? 2 : 0) + (run.italic ? 1 : 0);
    const size = box.sizePt * (run.raised ? RAISED_SIZE : 1);
    if (run.extraPt) x += run.extraPt;
    for (let at = 0; at < run.text.length; ) {
      const code = run.text.codePointAt(at) as number;
      const units = code > 0xffff ? 2 : 1;
      const here = offset + at;
      at += units;
      if (code === 0x0a) {
        end(here + 1, ink);
        x = 0;
        ink = 0;
        breakAt = -1;
        continue;
      }
      if (code === SPACE || code === 0x09) {
        x = code === 0x09 ? nextStop(x) : x + advanceOf(SPACE, face) * size;
        breakAt = here + 1;
        breakX = x;
        breakInk = ink;
        continue;
      }
      let width = advanceOf(code, face) * size;
      if (run.smallCaps) width = smallCap(code, face) * size;
      if (isWide(code) && here > start) {
        breakAt = here;
        breakX = x;
        breakInk = ink;
      }
      x += width;
      if (x > box.widthPt + SLACK_PT && here > start) {
        if (breakAt > start) {
          end(breakAt, breakInk);
          x -= breakX;
        } else {
          end(here, ink);
          x = width;
        }
        breakAt = -1;
      }
      ink = x;
      if (breaksBehind(code, run.text.charCodeAt(at))) {
        breakAt = here + units;
        breakX = x;
        breakInk = x;
      }
    }
    offset += run.text.length;
  }
  lines.push({ start, end: offset, widthPt: Math.max(0, ink) });
  return lines;
}

/** Layout engines round widths; a word that ends on the edge stays. */
const SLACK_PT = 0.02;

function nextStop(x: number): number {
  return (Math.floor(x / TAB_STOP_PT + 1e-6) + 1) * TAB_STOP_PT;
}

function smallCap(code: number, face: number): number {
  const capital = String.fromCodePoint(code).toUpperCase().codePointAt(0) as number;
  return capital === code ? advanceOf(code, face) : advanceOf(capital, face) * SMALL_CAPS_SIZE;
}

/** Behind a hyphen or dash between words, and behind a slash before a letter; never before a figure or at the end. */
function breaksBehind(code: number, next: number): boolean {
  if (Number.isNaN(next)) return false;
  if (code === 0x2014 || code === 0x2013 || code === 0x2010) return true;
  const letter = (next | 32) >= 0x61 && (next | 32) <= 0x7a;
  return (code === 0x2d && letter) || (code === 0x2f && letter) || isWide(code);
}
