import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { auditReviewer } from './auditReviewer.ts';

const OTHERS = 2 * 65_536;
const REVIEWER = 3 * 65_536;

/** A document with one paragraph of somebody else's, and whether what `change` does to it is a breach. */
function isBreach(change: (doc: Y.Doc, text: Y.XmlText) => void): boolean {
  const doc = new Y.Doc();
  doc.clientID = OTHERS;
  const paragraph = new Y.XmlElement('paragraph');
  const words = new Y.XmlText();
  paragraph.insert(0, [words]);
  (doc.get('body', Y.XmlElement) as Y.XmlElement).insert(0, [paragraph]);
  words.insert(0, 'On 3 May they were held for nine hours.');
  doc.getMap('claims').set('a/status', 'draft');
  doc.getMap('threads').set('t/text', 'Which form?');

  const reviewer = new Y.Doc();
  Y.applyUpdate(reviewer, Y.encodeStateAsUpdate(doc));
  reviewer.clientID = REVIEWER;
  const body = reviewer.get('body', Y.XmlElement) as Y.XmlElement;
  change(reviewer, (body.get(0) as Y.XmlElement).get(0) as Y.XmlText);
  const update = Y.encodeStateAsUpdate(reviewer, Y.encodeStateVector(doc));
  return auditReviewer(doc, () => Y.applyUpdate(doc, update, 'frame'));
}

describe('[SY80] the audit of a reviewer', () => {
  it('shows words taken out, put in, or put in the place of others', () => {
    expect(isBreach((_, text) => text.delete(0, 8))).toBe(true);
    expect(isBreach((_, text) => text.insert(3, 'or about '))).toBe(true);
    expect(
      isBreach((_, text) => {
        text.delete(34, 5);
        text.insert(34, 'weeks');
      }),
    ).toBe(true);
  });

  it('shows a paragraph more, and a claim changed or removed', () => {
    expect(
      isBreach((doc) => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText('Said by nobody.')]);
        (doc.get('body', Y.XmlElement) as Y.XmlElement).insert(1, [paragraph]);
      }),
    ).toBe(true);
    expect(isBreach((doc) => doc.getMap('claims').set('a/status', 'ready'))).toBe(true);
    expect(isBreach((doc) => doc.getMap('claims').delete('a/status'))).toBe(true);
  });

  it('lets suggestions, comments and the own card pass', () => {
    expect(isBreach((_, text) => text.insert(3, 'or about ', { s_ins_a1: 1 }))).toBe(false);
    expect(isBreach((_, text) => text.format(0, 8, { s_del_a2: 1 }))).toBe(false);
    expect(isBreach((_, text) => text.format(0, 8, { s_cm_c1: 1 }))).toBe(false);
    expect(isBreach((doc) => doc.getMap('threads').set('t/text', 'The I-213.'))).toBe(false);
    expect(isBreach((doc) => doc.getMap('organizations').set('o/name', 'Clinic'))).toBe(false);
  });

  it('lets a split pass, which writes the words of others again', () => {
    expect(
      isBreach((doc, text) => {
        const rest = text.toString().slice(9);
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(rest)]);
        text.delete(9, rest.length);
        (doc.get('body', Y.XmlElement) as Y.XmlElement).insert(1, [paragraph]);
      }),
    ).toBe(false);
  });

  it('shows a suggestion of a reviewer that is accepted by the reviewer', () => {
    expect(
      isBreach((_, text) => {
        text.insert(3, 'or about ', { s_ins_a1: 1 });
        text.format(3, 9, { s_ins_a1: null });
      }),
    ).toBe(true);
  });
});
