import { $getRoot, $isElementNode, $isTextNode, type TextNode } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { readBodyBlocks } from '../../../shared/sync/bodyBlocks.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { fillBody } from './fillBody.ts';

const GRINNING = '\u{1F600}';
/** The first half is the one of GRINNING. */
const BEAMING = '\u{1F601}';
/** The second half is the one of GRINNING. */
const KING = '\u{1FA00}';

const peers: FuzzPeer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.dispose();
});

/** Peers on one paragraph with these words. */
function startPeers(count: number, words: string): FuzzPeer[] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = { type: 'text', version: 1, text: words, format: 0, style: '', mode: 'normal', detail: 0 } as const;
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const block = { ...layout, type: 'block', blockStyle: 'numbered', children: [text] } as const;
  fillBody(doc, { root: { ...layout, type: 'root', children: [block] } } as unknown as SerializedBody);
  const genesis = Y.encodeStateAsUpdate(doc);
  peers.push(...Array.from({ length: count }, (_, index) => new FuzzPeer((index + 1) * 65_536, genesis, false)));
  return peers;
}

function edit({ editor }: FuzzPeer, run: (node: TextNode) => void): void {
  editor.update(
    () => {
      const block = $getRoot().getFirstChild();
      const node = $isElementNode(block) ? block.getFirstChild() : null;
      if ($isTextNode(node)) run(node);
    },
    { discrete: true },
  );
}

function deliver(from: FuzzPeer, ...to: FuzzPeer[]): void {
  for (const peer of to)
    Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(peer.doc)), 'remote');
}

const wordsOf = (peer: FuzzPeer): string =>
  readBodyBlocks(peer.doc)
    .map(({ text }) => text)
    .join('\n');

function expectSame(words: string, ...same: FuzzPeer[]): void {
  for (const peer of same) {
    expect(wordsOf(peer)).toBe(words);
    expect(JSON.parse(peer.live()).root.children[0].children[0].text).toBe(words);
    expect(peer.reloaded()).toBe(peer.live());
    expect(peer.failures.count).toBe(0);
  }
}

/** The Y.Text of the paragraph's words, for what a faulty or hostile program writes. */
function wordsText(peer: FuzzPeer): Y.XmlText {
  const block = peer.doc.get(BODY_ROOT, Y.XmlElement).get(0) as Y.XmlElement;
  return block.get(0) as Y.XmlText;
}

describe('characters of two UTF-16 units', () => {
  it.each([
    ['the first half', BEAMING],
    ['the second half', KING],
    ['nothing', '\u{20BB7}'],
  ])('one that becomes another with %s in common is replaced whole', (_what, other) => {
    const [a, b, c] = startPeers(3, `x${GRINNING}y`) as [FuzzPeer, FuzzPeer, FuzzPeer];
    edit(a, (node) => node.setTextContent(`x${other}y`));
    deliver(a, b);
    edit(b, (node) => node.spliceText(1, 2, GRINNING, true));
    deliver(b, a, c);
    expectSame(`x${GRINNING}y`, a, b, c);
  });

  it('words before, after and between such characters stay where they are', () => {
    const [a, b] = startPeers(2, `${GRINNING}${GRINNING}`) as [FuzzPeer, FuzzPeer];
    edit(a, (node) => node.setTextContent(`${GRINNING}${BEAMING}${GRINNING}`));
    edit(b, (node) => node.setTextContent(`${GRINNING}${GRINNING}${KING}`));
    deliver(a, b);
    deliver(b, a);
    expectSame(`${GRINNING}${BEAMING}${GRINNING}${KING}`, a, b);
  });

  it('half a character, typed or left by a program, is U+FFFD on every screen', () => {
    const [a, b] = startPeers(2, 'x') as [FuzzPeer, FuzzPeer];
    edit(a, (node) => node.setTextContent('x\uD83D'));
    deliver(a, b);
    expectSame('x\uFFFD', a, b);
    edit(b, (node) => node.setTextContent('x\uFFFD\uDE00'));
    deliver(b, a);
    expectSame('x\uFFFD\uFFFD', a, b);
  });

  it('what a faulty partner cuts in two reads the same for all others, in whatever order they hear of it', () => {
    const [a, b, c, d] = startPeers(4, `x${GRINNING}y`) as [FuzzPeer, FuzzPeer, FuzzPeer, FuzzPeer];
    const updates: Uint8Array[] = [];
    d.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') updates.push(update);
    });
    d.doc.transact(() => wordsText(d).delete(2, 1), 'faulty');
    d.doc.transact(() => wordsText(d).insert(1, '\uD83D'), 'faulty');
    edit(a, (node) => node.setTextContent(`x${BEAMING}y`));
    edit(b, (node) => node.setTextContent(`x${GRINNING}y!`));
    for (const update of updates) Y.applyUpdate(b.doc, update, 'remote');
    for (const update of updates.toReversed()) Y.applyUpdate(c.doc, update, 'remote');
    deliver(a, c);
    deliver(b, c, a);
    deliver(c, a, b);
    expect(wordsOf(a)).not.toMatch(/\p{Surrogate}/u);
    expect([wordsOf(b), wordsOf(c)]).toEqual([wordsOf(a), wordsOf(a)]);
    expect([b.live(), c.live()]).toEqual([a.live(), a.live()]);
    for (const peer of [a, b, c]) expect(peer.reloaded()).toBe(peer.live());
  });
});
