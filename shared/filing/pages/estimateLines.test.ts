import { describe, expect, it } from 'vitest';
import { measureText } from './advanceOf.ts';
import { estimateLines, type MeasuredRun } from './estimateLines.ts';

const BOX = { widthPt: 468, sizePt: 12 };
const linesOf = (text: string, box = BOX): string[] =>
  estimateLines([{ text }], box).map(({ start, end }) => text.slice(start, end));

describe('estimateLines', () => {
  it('[FI100] breaks a paragraph where an engine breaks it', () => {
    // Seen in the application at 100 %: 624 px wide, 16 px Tinos.
    const text =
      'The undersigned organizations file this complaint under 6 U.S.C. § 345 and 42 U.S.C. § 2000ee-1 on behalf of people from El Salvador whom the Department of Homeland Security (“DHS”) has jailed, opposed for release, or parted from their children because of what a foreign security force said about them.';
    expect(linesOf(text).map((line) => line.split(' ')[0])).toEqual(['The', '2000ee-1', '(“DHS”)', 'security']);
    expect(measureText('security force said about them.', 0, 12)).toBeCloseTo(147.6, 1);
  });

  it('[FI102] gives each character to one line, for any text', () => {
    const letters = [
      'a',
      'W',
      ' ',
      '  ',
      '-',
      '—',
      '\n',
      '\t',
      '漢',
      '😀',
      'ñ',
      '\u00a0',
      '/',
      'e\u0301',
      'Ω',
      '\ud800',
    ];
    let seed = 11;
    const next = (limit: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * limit);
    };
    for (let round = 0; round < 2000; round++) {
      const runs: MeasuredRun[] = Array.from({ length: next(5) }, () => ({
        text: Array.from({ length: next(60) }, () => letters[next(letters.length)]).join(''),
        bold: next(2) === 0,
        italic: next(2) === 0,
        smallCaps: next(4) === 0,
        raised: next(6) === 0,
      }));
      const widthPt = next(10) === 0 ? 3 : 20 + next(400);
      const text = runs.map((run) => run.text).join('');
      const lines = estimateLines(runs, { widthPt, sizePt: 12, firstPt: next(40) - 20 });
      expect(lines.length, `round ${round}`).toBeGreaterThan(0);
      expect(lines.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { start, end } of lines.slice(0, -1)) expect(end).toBeGreaterThan(start);
      const breaks = text.split('\n').length - 1;
      expect(lines.filter(({ start, end }) => text.slice(start, end).includes('\n')).length).toBe(breaks);
    }
  });

  it('[FI100] keeps no-break spaces, cuts what is too long, counts line breaks and empty text', () => {
    expect(linesOf('')).toEqual(['']);
    expect(linesOf('one\ntwo\n')).toEqual(['one\n', 'two\n', '']);
    expect(linesOf('aa\u00a0aa', { widthPt: 16, sizePt: 12 })).toEqual(['aa\u00a0', 'aa']);
    expect(linesOf('Ex.\u00a0C is here', { widthPt: 30, sizePt: 12 })[0]).toBe('Ex.\u00a0C ');
    expect(linesOf('a'.repeat(200)).length).toBe(3);
    expect(linesOf('漢'.repeat(100)).length).toBe(3);
  });
});
