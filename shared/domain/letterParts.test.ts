import { describe, expect, it } from 'vitest';
import { BLOCK_STYLES, type BlockStyle } from './document.ts';
import {
  goalOfPart,
  isLetterPart,
  keepsWithNext,
  LETTER_PARTS,
  PLACEHOLDERS,
  staysApart,
  styleBehind,
  titleOfPart,
  unitAround,
} from './letterParts.ts';

const LETTER: BlockStyle[] = [
  'letterhead', // 0
  'right',
  'transmission', // 2
  'address',
  'transmission', // 4
  'address',
  'address', // 6
  're',
  'plain', // 8
  'h1',
  'numbered', // 10
  'plain',
  'signature', // 12
  'signature',
  'plain',
];

describe('parts of the letter', () => {
  it('[DO90] are five styles of the document', () => {
    for (const part of LETTER_PARTS) expect(BLOCK_STYLES).toContain(part);
    expect(BLOCK_STYLES.filter(isLetterPart).sort()).toEqual([...LETTER_PARTS].sort());
    expect(isLetterPart('anything')).toBe(false);
  });

  it('[DO91] are followed by what a letter has there', () => {
    expect(styleBehind('letterhead', null)).toBe('right');
    expect(styleBehind('transmission', 'plain')).toBe('address');
    expect(styleBehind('address', 'plain')).toBe('re');
    expect(styleBehind('address', 're')).toBe('plain');
    expect(styleBehind('re', null)).toBe('plain');
    expect(styleBehind('signature', 'signature')).toBe('plain');
  });

  it('[DO92] join with nothing', () => {
    expect(staysApart('address', 'address')).toBe(true);
    expect(staysApart('numbered', 'signature')).toBe(true);
    expect(staysApart('re', 'plain')).toBe(true);
    expect(staysApart('numbered', 'plain')).toBe(false);
  });

  it('[DO93] move as a whole, an addressee with its transmission line, past a neighbour of their kind', () => {
    expect(unitAround(LETTER, 3)).toEqual({ from: 2, to: 4 });
    expect(unitAround(LETTER, 4)).toEqual({ from: 4, to: 6 });
    expect(unitAround(LETTER, 6)).toEqual({ from: 6, to: 7 });
    expect(unitAround(LETTER, 10)).toBeNull();
    expect(goalOfPart(LETTER, 3, 'down')).toBe(6);
    expect(goalOfPart(LETTER, 5, 'down')).toBe(7);
    expect(goalOfPart(LETTER, 6, 'up')).toBe(4);
    expect(goalOfPart(LETTER, 6, 'down')).toBeNull();
    expect(goalOfPart(LETTER, 12, 'down')).toBe(14);
    expect(goalOfPart(LETTER, 12, 'up')).toBeNull();
    expect(goalOfPart(LETTER, 13, 'up')).toBe(12);
    expect(goalOfPart(LETTER, 0, 'up')).toBeNull();
    expect(goalOfPart(LETTER, 10, 'up')).toBeNull();
  });

  it('[DO94] stay with what they belong to', () => {
    expect(keepsWithNext('plain', 'signature')).toBe(true);
    expect(keepsWithNext('transmission', 'address')).toBe(true);
    expect(keepsWithNext('plain', 'plain')).toBe(false);
    expect(keepsWithNext('numbered', 'signature')).toBe(false);
    expect(keepsWithNext('plain', null)).toBe(false);
  });

  it('[DO95] begin with words to fill in and are named by their first words', () => {
    for (const part of LETTER_PARTS) expect(PLACEHOLDERS[part].join('\n')).toMatch(/\[[^\]]+\]/);
    expect(titleOfPart('______\nMaría Pérez\nDirector')).toBe('María Pérez');
    expect(titleOfPart('Re: Complaint about data')).toBe('Complaint about data');
    expect(titleOfPart(' \n')).toBe('');
  });
});
