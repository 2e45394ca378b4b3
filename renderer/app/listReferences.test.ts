import { describe, expect, it, vi } from 'vitest';
import type { Exhibit, Person } from '../../shared/domain/records.ts';
import type { DocumentIndex, IndexedBlock } from '../editor/EditorApi.ts';
import { listReferences } from './listReferences.ts';

const block = (key: string, style: IndexedBlock['style'], name: string, text: string): IndexedBlock => ({
  key,
  id: '',
  name,
  style,
  number: null,
  label: '',
  text,
  claimIds: [],
});
const index = {
  blocks: [
    block('1', 'h1', 'Part\u00a0I', 'Background'),
    block('2', 'numbered', '¶\u00a01', 'Ten police officers work there.'),
    block('3', 'plain', '', 'Nothing to name.'),
    ...Array.from({ length: 12 }, (_, at) => block(`n${at}`, 'numbered', `¶\u00a0${at + 2}`, `Word ${at}`)),
  ],
  labels: new Map([['xxxxxxxxxxxxxxxx', 'C']]),
  notes: [],
} as unknown as DocumentIndex;
const exhibits = [{ id: 'xxxxxxxxxxxxxxxx', title: 'Declaración de Óscar' }] as unknown as Exhibit[];
const people = [{ id: 'oooooooooooooooo', pseudonym: 'Oscar' }] as unknown as Person[];
const names = (sign: '@' | '#' | '¶', query: string, all = false) =>
  listReferences({ sign, query, all }, index, exhibits, people).map((option) => option.name);

describe('listReferences', () => {
  it('offers by the sign: people and exhibits, headings and exhibits, paragraphs', () => {
    expect(names('@', '')).toEqual(['Ex.\u00a0C', 'Oscar*']);
    expect(names('#', '')).toEqual(['Part\u00a0I', 'Ex.\u00a0C']);
    expect(names('¶', '')).toHaveLength(13);
    expect(names('¶', '', true)).toHaveLength(16);
  });
  it('finds by number first, then by words, accents folded', () => {
    expect(names('¶', '1')[0]).toBe('¶\u00a01');
    expect(names('¶', '12')).toEqual(['¶\u00a012']);
    expect(names('¶', 'police off')).toEqual(['¶\u00a01']);
    expect(names('#', 'oscar')).toEqual(['Ex.\u00a0C']);
    expect(names('¶', 'nowhere')).toEqual([]);
  });
  it('shortens a paragraph from its beginning, whatever its length', () => {
    const detailOf = (text: string): string | undefined =>
      listReferences(
        { sign: '¶', query: '', all: false },
        { ...index, blocks: [block('1', 'numbered', '¶', text)] },
        [],
        [],
      )[0]?.detail;
    const trim = vi.spyOn(String.prototype, 'trim');
    const detail = detailOf('Ten words. '.repeat(10_000));
    const lengths = trim.mock.contexts.map((text) => String(text).length);
    trim.mockRestore();
    expect(detail).toBe(`${'Ten words. '.repeat(8)}T…`);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(400);
    expect(detailOf(`${' '.repeat(500)}Late  words`)).toBe('Late words');
  });
});
