import { describe, expect, it } from 'vitest';
import { letterLines } from './letterLines.ts';

describe('letterLines', () => {
  it('[DO90] gives the way it is sent and one addressee', () => {
    expect(letterLines({ kind: 'to', via: 'VIA EMAIL: a@example.org', block: 'Officer\n\n Washington, DC ' })).toEqual([
      { style: 'transmission', text: 'VIA EMAIL: a@example.org' },
      { style: 'address', text: 'Officer\nWashington, DC' },
    ]);
  });
  it('gives a copy in one line', () => {
    expect(letterLines({ kind: 'cc', via: '', block: 'Committee\nHouse' })).toEqual([
      { style: 'plain', text: 'cc: Committee, House' },
    ]);
  });
});
