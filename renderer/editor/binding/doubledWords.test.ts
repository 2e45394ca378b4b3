import { $createTextNode, $getRoot, $isElementNode } from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { fillBody } from './fillBody.ts';

const OWN = 65_536;
const PARTNER = 131_072;

/** One paragraph that ends in a citation, behind which no text has begun. */
function buildLetter(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const children = [
    { type: 'block', version: 1, blockStyle: 'numbered', children: [], direction: null, format: '', indent: 0 },
  ];
  fillBody(doc, {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  } as SerializedBody);
  const writer = new FuzzPeer(1, Y.encodeStateAsUpdate(doc), false);
  append(writer, $createCitation);
  const update = Y.encodeStateAsUpdate(writer.doc);
  writer.dispose();
  return update;
}

const $createCitation = () => $createCitationNode('dddddddddddddddd' as ExhibitId, 2);

function append(
  peer: FuzzPeer,
  $create: () => ReturnType<typeof $createTextNode> | ReturnType<typeof $createCitation>,
): void {
  peer.editor.update(
    () => {
      const block = $getRoot().getFirstChild();
      if ($isElementNode(block)) block.append($create());
    },
    { discrete: true },
  );
}

function exchange(one: FuzzPeer, other: FuzzPeer): void {
  for (let turn = 0; turn < 4; turn += 1) {
    const [first, second] = [one, other].map((peer) => Y.encodeStateAsUpdate(peer.doc)) as [Uint8Array, Uint8Array];
    Y.applyUpdate(one.doc, second, 'remote');
    Y.applyUpdate(other.doc, first, 'remote');
  }
}

const readText = (peer: FuzzPeer): string => peer.editor.read(() => $getRoot().getTextContent());

function typeAtOnce(words: readonly [string, string]): { own: FuzzPeer; partner: FuzzPeer } {
  const genesis = buildLetter();
  const [own, partner] = [new FuzzPeer(OWN, genesis, false), new FuzzPeer(PARTNER, genesis, false)];
  append(own, () => $createTextNode(words[0]));
  append(partner, () => $createTextNode(words[1]));
  exchange(own, partner);
  return { own, partner };
}

describe('[DO42] what two people begin to type behind one citation at once', () => {
  it.each([
    ['words', [' own words.', ' their words.']],
    ['one letter each', ['a', 'b']],
    ['letters of two units', ['\u{1F4C4}\u{1F600}', '\u{1F601}\u{1F4C4}']],
  ] as const)('stands once: %s', (_, words) => {
    const { own, partner } = typeAtOnce(words);
    const text = readText(own);
    expect([words.join(''), [...words].reverse().join('')]).toContain(text);
    expect(own.live()).toBe(partner.live());
    expect([own.reloaded(), partner.reloaded()]).toEqual([own.live(), own.live()]);
    expect(own.failures.count + partner.failures.count).toBe(0);
    own.dispose();
    partner.dispose();
  });

  it('is not taken away on the word of a third who claims that it stands twice', () => {
    const { own, partner } = typeAtOnce([' own words.', ' own words.']);
    expect(readText(own)).toBe(' own words. own words.');
    const third = new FuzzPeer(196_608, Y.encodeStateAsUpdate(own.doc), false);
    const claims = third.doc.getMap('authors');
    const length = ' own words.'.length;
    third.doc.transact(() => {
      for (let clock = 0; clock < 60; clock += 1)
        for (const client of [OWN, PARTNER]) claims.set(`${client}/${clock}`, `${length}/1/0`);
    });
    Y.applyUpdate(own.doc, Y.encodeStateAsUpdate(third.doc), 'remote');
    expect(readText(own)).toBe(' own words. own words.');
    for (const peer of [own, partner, third]) peer.dispose();
  });
});
