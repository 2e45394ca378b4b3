import { $createRangeSelection, $createTextNode, $getRoot, $isElementNode, $isTextNode, $setSelection } from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
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

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const HALF = 13;

/** Two paragraphs of thirteen letters. */
function buildParagraphs(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const children = [LETTERS.slice(0, HALF), LETTERS.slice(HALF)].map((text) => ({
    type: 'block',
    version: 1,
    blockStyle: 'numbered',
    children: [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
    direction: null,
    format: '',
    indent: 0,
  }));
  fillBody(doc, {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  } as SerializedBody);
  return Y.encodeStateAsUpdate(doc);
}

function splitBehind(peer: FuzzPeer, letter: string): void {
  peer.editor.update(
    () => {
      for (const node of $getRoot().getAllTextNodes()) {
        const offset = node.getTextContent().indexOf(letter) + 1;
        if (offset === 0 || !$isTextNode(node)) continue;
        const selection = $createRangeSelection();
        selection.anchor.set(node.getKey(), offset, 'text');
        selection.focus.set(node.getKey(), offset, 'text');
        $setSelection(selection);
        selection.insertParagraph();
      }
    },
    { discrete: true },
  );
}

function joinFirst(peer: FuzzPeer): void {
  peer.editor.update(
    () => {
      const [first, second] = $getRoot().getChildren();
      if (!$isElementNode(first) || !$isElementNode(second)) return;
      first.append(...second.getChildren());
      second.remove();
    },
    { discrete: true },
  );
}

const paragraphsOf = (peer: FuzzPeer): string[] =>
  peer.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((block) => block.getTextContent()),
  );

describe('[DO42] words of one paragraph that several people split or join at once', () => {
  it('stand once and in their order, whoever hears of whom first (60 seeds)', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = new SeededRandom(seed);
      const genesis = buildParagraphs();
      const peers = [OWN, PARTNER, 196_608].map((client) => new FuzzPeer(client, genesis, false));
      const inboxes = peers.map(() => [] as { from: number; update: Uint8Array }[]);
      peers.forEach((peer, from) => {
        peer.doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== 'remote')
            for (const [to, inbox] of inboxes.entries()) if (to !== from) inbox.push({ from, update });
        });
      });
      const joins = random.below(4) === 0;
      peers.forEach((peer, at) => {
        if (joins && at === 0) joinFirst(peer);
        else splitBehind(peer, LETTERS[random.below(25)] as string);
      });
      while (inboxes.some((inbox) => inbox.length > 0)) {
        const to = random.below(3);
        const from = random.below(3);
        const at = inboxes[to]?.findIndex((one) => one.from === from) ?? -1;
        const [one] = at < 0 ? [] : (inboxes[to]?.splice(at, 1) ?? []);
        if (one) Y.applyUpdate((peers[to] as FuzzPeer).doc, one.update, 'remote');
      }
      const [first] = peers as [FuzzPeer];
      expect({ seed, joins, letters: paragraphsOf(first).join('') }).toEqual({ seed, joins, letters: LETTERS });
      for (const peer of peers) expect([peer.live(), peer.reloaded()]).toEqual([first.live(), first.live()]);
      for (const peer of peers) peer.dispose();
    }
  });
});
