import { describe, expect, it } from 'vitest';
import { findLines, type MapPart } from './findLines.ts';

const parts: MapPart[] = [
  {
    id: 'insert',
    title: 'Insertar',
    lines: [
      { id: 'claim', name: 'Marcar la selección como afirmación', keys: ['Ctrl Shift K'] },
      { id: 'footnote', name: 'Insertar una nota al pie', keys: ['Ctrl Alt F'] },
    ],
  },
  { id: 'view', title: 'Ver', lines: [{ id: 'zoom', name: 'Página más grande', keys: ['Ctrl +'] }] },
];
const found = (query: string) => findLines(parts, query).flatMap(({ lines }) => lines.map(({ id }) => id));

describe('findLines', () => {
  it('leaves everything without a query', () => expect(found('  ')).toEqual(['claim', 'footnote', 'zoom']));
  it('finds words without accents', () => expect(found('SELECCION')).toEqual(['claim']));
  it('finds keys with spaces or plus signs between', () => {
    expect(found('ctrl+shift+k')).toEqual(['claim']);
    expect(found('Ctrl Alt F')).toEqual(['footnote']);
    expect(found('Ctrl +')).toEqual(['zoom']);
  });
  it('finds a whole part by its title', () => expect(found('insertar')).toEqual(['claim', 'footnote']));
  it('keeps no part without lines', () => expect(findLines(parts, 'nothing')).toEqual([]));
});
