import { describe, expect, it } from 'vitest';
import { BLOCK_STYLES, type BlockStyle } from '../domain/document.ts';
import { buildNumbers } from './buildNumbers.ts';
import { seededRandom } from './randomSnapshot.ts';

const marks = (styles: string) =>
  buildNumbers(styles.split(' ') as BlockStyle[]).map(({ number, label }) => number ?? label);

describe('buildNumbers', () => {
  it('[FI1] counts ¶s through headings', () => {
    expect(marks('h1 numbered numbered h1 numbered plain h2 numbered')).toEqual(['I.', 1, 2, 'II.', 3, '', 'A.', 4]);
  });

  it('[FI2] restarts a level under each higher heading, and a skipped level changes nothing', () => {
    expect(marks('h1 h2 h3 h4 h4 h3 h4 h2 h3 h1 h2 h4 h3')).toEqual([
      'I.',
      'A.',
      '1.',
      'a.',
      'b.',
      '2.',
      'a.',
      'B.',
      '1.',
      'II.',
      'A.',
      'a.',
      '1.',
    ]);
  });

  it('[FI3] repeats letters past Z as Word does, and writes romans', () => {
    expect(marks(Array(54).fill('h2').join(' ')).slice(25)).toEqual([
      'Z.',
      ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}${letter}.`),
      'AAA.',
      'BBB.',
    ]);
    expect(marks(Array(49).fill('h1').join(' ')).slice(38)).toEqual([
      'XXXIX.',
      'XL.',
      'XLI.',
      'XLII.',
      'XLIII.',
      'XLIV.',
      'XLV.',
      'XLVI.',
      'XLVII.',
      'XLVIII.',
      'XLIX.',
    ]);
  });

  it('[FI4] letters consecutive ordered items as one list', () => {
    expect(marks('ordered ordered numbered ordered bullet ordered')).toEqual(['(a)', '(b)', 1, '(a)', '', '(a)']);
  });

  it('[FI5] gives each block the number that its predecessors alone decide', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = seededRandom(seed);
      const styles = Array.from(
        { length: 80 },
        () => BLOCK_STYLES[Math.floor(random() * BLOCK_STYLES.length)] as BlockStyle,
      );
      const whole = buildNumbers(styles);
      const cut = Math.floor(random() * styles.length);
      expect(buildNumbers(styles.slice(0, cut)), `seed ${seed}`).toEqual(whole.slice(0, cut));
      expect(
        whole.flatMap(({ number }) => number ?? []),
        `seed ${seed}`,
      ).toEqual(styles.filter((style) => style === 'numbered').map((_, index) => index + 1));
      const withPlain = buildNumbers([...styles.slice(0, cut), 'plain', ...styles.slice(cut)]).toSpliced(cut, 1);
      if (styles[cut] !== 'ordered') expect(withPlain, `seed ${seed}`).toEqual(whole);
    }
  });
});
