import { describe, expect, it } from 'vitest';
import { BLOCK_STYLES } from '../domain/document.ts';
import { SHAPES, SOLID } from '../filing/pages/pageSetup.ts';
import { buildStyles, STYLE_ID } from './filingStyles.ts';

interface Written {
  run?: { bold?: boolean; italics?: boolean };
  paragraph?: {
    spacing?: { before?: number; after?: number; line?: number };
    indent?: { left?: number; right?: number; hanging?: number };
    alignment?: string;
    keepNext?: boolean;
    keepLines?: boolean;
  };
}

describe('the pages of the estimate', () => {
  it('[FI101] have the measures that Word is given, style by style', () => {
    const styles = buildStyles('en');
    const written = (id: string): Written => {
      const heading = /^Heading(\d)$/.exec(id)?.[1];
      if (heading) return (styles.default as Record<string, Written>)[`heading${heading}`] as Written;
      return styles.paragraphStyles?.find((style) => style.id === id) as Written;
    };
    for (const style of BLOCK_STYLES) {
      const { run, paragraph } = written(STYLE_ID[style]);
      const shape = SHAPES[style];
      expect({
        before: shape.beforePt * 20,
        after: shape.afterPt * 20,
        line: Math.round((shape.linePt / shape.sizePt / SOLID) * 240),
        left: shape.leftPt * 20,
        right: shape.rightPt * 20,
        hanging: shape.hangPt * 20,
        align: shape.align,
        bold: shape.bold,
        italic: shape.italic,
        keepNext: shape.keepNext,
        keepLines: shape.keepLines,
      }).toEqual({
        before: paragraph?.spacing?.before ?? 0,
        after: paragraph?.spacing?.after ?? 0,
        line: paragraph?.spacing?.line ?? 240,
        left: paragraph?.indent?.left ?? 0,
        right: paragraph?.indent?.right ?? 0,
        hanging: paragraph?.indent?.hanging ?? 0,
        align: paragraph?.alignment ?? 'left',
        bold: run?.bold ?? false,
        italic: run?.italics ?? false,
        keepNext: paragraph?.keepNext ?? false,
        keepLines: paragraph?.keepLines ?? false,
      });
    }
  });
});
