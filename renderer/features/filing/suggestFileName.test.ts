import { describe, expect, it } from 'vitest';
import { suggestFileName } from './suggestFileName.ts';

describe('suggestFileName', () => {
  it('keeps a plain title and accents', () => {
    expect(suggestFileName('Datos de pandillas en asilo – visión', 'x')).toBe(
      'Datos de pandillas en asilo – visión.docx',
    );
  });
  it('takes out what some system refuses', () => {
    expect(suggestFileName('..a/b\\c: "d"?\u0000\n*', 'x')).toBe('a b c d.docx');
    expect(suggestFileName('name. . ', 'x')).toBe('name.docx');
  });
  it('falls back when nothing is left, and for device names', () => {
    expect(suggestFileName(' ?? ', 'Complaint')).toBe('Complaint.docx');
    expect(suggestFileName('CON', 'Complaint')).toBe('Complaint.docx');
  });
  it('stays short', () => {
    expect(suggestFileName('a'.repeat(500), 'x')).toHaveLength(105);
  });
});
