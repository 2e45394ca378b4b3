import { describe, expect, it } from 'vitest';
import { joinWrappedLines } from './wrappedLines.ts';

describe('lines of a PDF', () => {
  it('become paragraphs, with divided words put together', () => {
    const lines = [
      'Summary',
      'The Department relied on lists that the police of another country had drawn up with-',
      'out naming a source, a date or a person who is responsible for them, and it did so',
      'in forty cases.',
      'Nevertheless it went on.',
    ];
    expect(joinWrappedLines(lines)).toEqual([
      'Summary',
      'The Department relied on lists that the police of another country had drawn up without naming a source, a date or a person who is responsible for them, and it did so in forty cases.',
      'Nevertheless it went on.',
    ]);
  });

  it('of addresses, lists and long paragraphs stay apart', () => {
    const lines = ['Office for Civil Rights', '2707 Martin Luther King Jr. Avenue', 'a'.repeat(300), 'b'.repeat(300)];
    expect(joinWrappedLines(lines)).toEqual(lines);
  });
});
