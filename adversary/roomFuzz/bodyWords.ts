import * as Y from 'yjs';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { BODY_ROOT } from '../../shared/domain/collections.ts';

/** Words of a document under test, in its body and in record fields. A word ends with `;`. */
export interface Words {
  body: string[];
  fields: string[];
}

const FIELDS_ROOT = 'claims';

function bodyOf(doc: Y.Doc): Y.XmlElement {
  return doc.get(BODY_ROOT, Y.XmlElement) as Y.XmlElement;
}

function blocksOf(doc: Y.Doc): Y.XmlText[] {
  return bodyOf(doc)
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter((inner): inner is Y.XmlText => inner instanceof Y.XmlText);
}

/** The characters of a block without its marks. */
function textOf(block: Y.XmlText): string {
  return (block.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');
}

/** Between two words, so that no word is cut in two. */
function placesIn(text: string): number[] {
  const places = [0];
  for (let at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1)) places.push(at + 1);
  return places;
}

/** Puts a word into the body, into an old block or a new one, or now and then into a record's field. */
export function writeWord(doc: Y.Doc, random: SeededRandom, word: string): void {
  if (random.below(8) === 0) {
    doc.getMap(FIELDS_ROOT).set(`${word}/id`, word);
    return;
  }
  const body = bodyOf(doc);
  const blocks = blocksOf(doc);
  const block = blocks.length === 0 || random.below(6) === 0 ? null : random.pick(blocks);
  if (block) return block.insert(random.pick(placesIn(textOf(block))), word);
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  body.insert(random.below(body.length + 1), [paragraph]);
  text.insert(0, word);
}

/** Removes one word of the body; null when there is none. */
export function removeWord(doc: Y.Doc, random: SeededRandom): string | null {
  const blocks = blocksOf(doc).filter((block) => textOf(block).includes(';'));
  if (blocks.length === 0) return null;
  const block = random.pick(blocks);
  const words = textOf(block).split(';').slice(0, -1);
  const index = random.below(words.length);
  const at = words.slice(0, index).reduce((sum, word) => sum + word.length + 1, 0);
  const word = `${words[index]};`;
  block.delete(at, word.length);
  return word;
}

/** Sets a mark on some words of a block. */
export function markWords(doc: Y.Doc, random: SeededRandom): void {
  const blocks = blocksOf(doc).filter((block) => textOf(block).length > 0);
  if (blocks.length === 0) return;
  const block = random.pick(blocks);
  const length = textOf(block).length;
  const from = random.below(length);
  block.format(from, 1 + random.below(length - from), { bold: random.below(3) === 0 ? null : true });
}

export function readWords(doc: Y.Doc): Words {
  const wordsIn = (text: string): string[] => text.match(/d\d+n\d+;/g) ?? [];
  return {
    body: blocksOf(doc).flatMap((block) => wordsIn(textOf(block))),
    fields: [...doc.getMap(FIELDS_ROOT).values()].flatMap((value) => wordsIn(String(value))),
  };
}

/** Everything a person would see of it. */
export function readPlain(doc: Y.Doc): string {
  const fields = [...doc.getMap(FIELDS_ROOT).entries()].map(([key, value]) => `${key}=${value}`).sort();
  return [...blocksOf(doc).map((block) => JSON.stringify(block.toDelta())), ...fields].join('\n');
}
