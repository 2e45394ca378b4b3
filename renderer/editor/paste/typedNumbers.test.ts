import { describe, expect, it } from 'vitest';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { buildNumbers } from '../../../shared/filing/buildNumbers.ts';
import type { PastedBlock, PastedInline } from './Pasted.ts';
import { stripTypedNumbers } from './typedNumbers.ts';

const words = (text: string, format = 0): PastedInline => ({ kind: 'text', text, format, smallCaps: false, href: '' });
const block = (style: BlockStyle, ...inlines: (string | PastedInline)[]): PastedBlock => ({
  style,
  direction: null,
  inlines: inlines.map((each) => (typeof each === 'string' ? words(each) : each)),
});
const show = (blocks: readonly PastedBlock[]) =>
  blocks.map(({ inlines }) => inlines.map((each) => (each.kind === 'text' ? each.text : '⇥')).join(''));
const strip = (...blocks: PastedBlock[]) => show(stripTypedNumbers(blocks, ({ style }) => style));

describe('typed numbers', () => {
  it('go where the page puts its own', () => {
    expect(
      strip(
        block('h1', 'IV. Background'),
        block('h2', 'A. In El Salvador'),
        block('h3', '1. Arrests'),
        block('h4', 'a. Without evidence'),
        block('numbered', '21. The center was built in 2017.'),
      ),
    ).toEqual(['Background', 'In El Salvador', 'Arrests', 'Without evidence', 'The center was built in 2017.']);
  });

  it('go as the page writes them, for every number it counts to', () => {
    for (const style of ['h1', 'h2', 'h3', 'h4'] as const) {
      const labels = buildNumbers(Array.from({ length: 60 }, () => style)).map(({ label }) => label);
      const blocks = labels.map((label) => block(style, `${label} Words`));
      expect(new Set(show(stripTypedNumbers(blocks, () => style)))).toEqual(new Set(['Words']));
    }
  });

  it('go with a tab or a no-break space behind them, over runs of different looks', () => {
    expect(strip(block('numbered', '3.', { kind: 'tab' }, 'Words'))).toEqual(['Words']);
    expect(strip(block('numbered', '3.\u00a0\u00a0Words'))).toEqual(['Words']);
    const kept = stripTypedNumbers([block('h1', words('I', 1), words('. ', 0), words('Intro', 2))], () => 'h1');
    expect(kept[0]?.inlines).toEqual([words('Intro', 2)]);
  });

  it('stay where they are no number of that style', () => {
    const kept = [
      block('h1', '1. Background'),
      block('h2', '(a) In El Salvador'),
      block('h3', 'A. Arrests'),
      block('h4', 'i) Without evidence'),
      block('numbered', 'IV. Words'),
      block('plain', '1. Words'),
      block('quote', 'A. Words'),
    ];
    expect(strip(...kept)).toEqual(show(kept));
  });

  it('stay where they are words: a year, a number without a space, nothing behind', () => {
    const kept = [block('numbered', '2019. A year.'), block('numbered', '3.5 percent'), block('numbered', '12.')];
    expect(strip(...kept)).toEqual(show(kept));
  });

  it('stay when what the paste brings does not count on', () => {
    const roman = [block('h2', 'I. One'), block('h2', 'II. Two'), block('h2', 'III. Three')];
    expect(strip(...roman)).toEqual(show(roman));
    const back = [block('numbered', '12. One'), block('numbered', '11. Two')];
    expect(strip(...back)).toEqual(show(back));
    const initials = [block('h2', 'B. B. King'), block('h2', 'C. Smith v. Jones')];
    expect(strip(...initials)).toEqual(show(initials));
  });

  it('go when the count begins anew under the next heading', () => {
    expect(
      strip(
        block('h1', 'I. One'),
        block('h2', 'A. a'),
        block('h2', 'B. b'),
        block('h1', 'II. Two'),
        block('h2', 'A. c'),
      ),
    ).toEqual(['One', 'a', 'b', 'Two', 'c']);
  });
});
