import { describe, expect, it } from 'vitest';
import { formatIsoDate, formatNumber, formatSinceTime, formatSize } from './format.ts';

describe('numbers and dates as people write them', () => {
  it('separates thousands with a comma in both languages', () => {
    expect(formatNumber(11482, 'en')).toBe('11,482');
    expect(formatNumber(11482, 'es')).toBe('11,482');
  });
  it('puts the article of the hour in Spanish', () => {
    const at = (hour: number) => new Date(2026, 2, 3, hour, 5).getTime();
    expect(formatSinceTime(at(13), 'es')).toMatch(/^la 1:05/);
    expect(formatSinceTime(at(11), 'es')).toMatch(/^las 11:05/);
    expect(formatSinceTime(at(13), 'en')).toMatch(/^1:05/);
  });
  it('leaves what is no date as it is', () => {
    expect(formatIsoDate('2026-03-21', 'en')).toBe('Mar 21, 2026');
    expect(formatIsoDate('spring', 'en')).toBe('spring');
  });
  it('rounds sizes', () => {
    expect([812, 14_200, 3_240_000].map((size) => formatSize(size, 'en'))).toEqual(['812 B', '14 KB', '3.2 MB']);
  });
});
