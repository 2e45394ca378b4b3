import { describe, expect, it } from 'vitest';
import { findEntries, type PaletteEntry } from './findEntries.ts';

const entry = (kind: PaletteEntry['kind'], title: string, detail = ''): PaletteEntry => ({
  id: title,
  kind,
  title,
  detail,
  run: () => {},
});
const entries = [
  entry('command', 'Build filing', 'Ctrl Shift B'),
  entry('command', 'Invite an organization'),
  entry('heading', 'IV. Background'),
  entry('claim', 'The center was built in 2017', '¶ 21'),
  entry('person', 'Adrián*'),
];
const titles = (query: string) => findEntries(entries, query).map((found) => found.title);

describe('findEntries', () => {
  it('shows the commands before anything is typed', () => {
    expect(titles('  ')).toEqual(['Build filing', 'Invite an organization']);
  });
  it('needs every word, in any order', () => {
    expect(titles('2017 center')).toEqual(['The center was built in 2017']);
    expect(titles('2017 nothing')).toEqual([]);
  });
  it('ignores accents and case', () => {
    expect(titles('ADRIAN')).toEqual(['Adrián*']);
  });
  it('puts the start of a title before the middle of one', () => {
    expect(titles('b')[0]).toBe('Build filing');
    expect(titles('bui')).toEqual(['Build filing', 'The center was built in 2017']);
  });
});
