import { describe, expect, it } from 'vitest';
import { type FilingLogEntry, readFilingLog, writeFilingLogEntry } from './filingLog.ts';

const entry: FilingLogEntry = {
  id: 'aaaaaaaaaaaaaaaa',
  atMs: 1_790_000_000_000,
  who: 'Immigrant Justice Center',
  names: 'Cristosal',
  changes: 3,
  reason: 'The deadline is today.',
};

describe('filing log', () => {
  it('reads what was written, oldest first', () => {
    const earlier = { ...entry, id: 'zzzzzzzzzzzzzzzz', atMs: entry.atMs - 1 };
    expect(readFilingLog(new Map([writeFilingLogEntry(entry), writeFilingLogEntry(earlier)]))).toEqual([
      earlier,
      entry,
    ]);
  });
  it('leaves out what is not an entry', () => {
    const bad: [string, unknown][] = [
      ['not an id', writeFilingLogEntry(entry)[1]],
      ['bbbbbbbbbbbbbbbb', 7],
      ['cccccccccccccccc', '{'],
      ['dddddddddddddddd', 'null'],
      ['eeeeeeeeeeeeeeee', JSON.stringify({ ...entry, atMs: -1 })],
      ['ffffffffffffffff', JSON.stringify({ ...entry, reason: 1 })],
      ['gggggggggggggggg', JSON.stringify({ ...entry, reason: 'x'.repeat(20_000) })],
    ];
    expect(readFilingLog(new Map(bad))).toEqual([]);
  });
  it('cuts words that are too long', () => {
    const [key, value] = writeFilingLogEntry({ ...entry, reason: 'x'.repeat(5_000) });
    expect(readFilingLog(new Map([[key, value]]))[0]?.reason).toHaveLength(1_000);
  });
});
