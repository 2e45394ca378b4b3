import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '../domain/collections.ts';
import { readBodyBlocks } from './bodyBlocks.ts';

const element = (name: string, inner: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  made.insert(0, inner);
  return made;
};
const block = (words: string): Y.XmlElement => element('block', [new Y.XmlText(words)]);
const textsOf = (doc: Y.Doc): string[] => readBodyBlocks(doc).map(({ text }) => text);

describe('paragraphs of a document', () => {
  it('come in the order of reading, those of a table by row and cell', () => {
    const doc = new Y.Doc();
    const cell = (words: string) => element('cell', [block(words)]);
    const rows = [element('row', [cell('b'), cell('c')]), element('row', [element('cell', [block('d'), block('e')])])];
    doc.get(BODY_ROOT, Y.XmlElement).insert(0, [block('a'), element('table', rows), block('f')]);
    expect(textsOf(doc)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('are read from whatever somebody sends: very many, and very deep', () => {
    const wide = new Y.Doc();
    const table = new Y.XmlElement('table');
    wide.get(BODY_ROOT, Y.XmlElement).insert(0, [table]);
    for (let slice = 0; slice < 30; slice += 1)
      table.insert(
        0,
        Array.from({ length: 5_000 }, () => new Y.XmlElement('block')),
      );
    expect(textsOf(wide)).toHaveLength(150_000);
    const deep = new Y.Doc();
    let at = deep.get(BODY_ROOT, Y.XmlElement);
    for (let depth = 0; depth < 2_000; depth += 1) {
      const next = new Y.XmlElement('table');
      at.insert(0, [next]);
      at = next;
    }
    at.insert(0, [block('at the bottom')]);
    expect(textsOf(deep)).toEqual(['at the bottom']);
  });
});
