import {
  $createRangeSelection,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type RangeSelection,
} from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { readPassages } from '../authorship/readPassages.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { fillBody } from './fillBody.ts';

const SEEDS = Number(process.env['LATE_SEEDS'] ?? 30);
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Two paragraphs in which every letter stands once. */
function buildLetter(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const block = (text: string) => ({
    type: 'block' as const,
    version: 1 as const,
    blockStyle: 'numbered' as const,
    children: [
      { type: 'text' as const, version: 1 as const, text, format: 0, style: '', mode: 'normal' as const, detail: 0 },
    ],
    direction: null,
    format: '' as const,
    indent: 0,
  });
  const children = [block(LETTERS), block(LETTERS.toUpperCase())];
  const body: SerializedBody = {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  };
  fillBody(doc, body);
  return Y.encodeStateAsUpdate(doc);
}

function blockAt(index: number): ElementNode {
  const block = $getRoot().getChildAtIndex(index);
  if (!$isElementNode(block)) throw new Error('no block there');
  return block;
}

function putCaret(block: ElementNode, offset: number) {
  const text = block.getFirstChild();
  if (!$isTextNode(text)) throw new Error('no text there');
  const selection = $createRangeSelection();
  selection.anchor.set(text.getKey(), offset, 'text');
  selection.focus.set(text.getKey(), offset, 'text');
  $setSelection(selection);
  return selection;
}

function change(peer: FuzzPeer, run: () => void): void {
  peer.editor.update(run, { discrete: true });
}

/** One peer splits or joins while the other types behind some letter, key by key; then each hears of the other. */
function run(seed: number, what: 'split' | 'join' | 'split twice') {
  const random = new SeededRandom(seed);
  const genesis = buildLetter();
  const [splitter, writer] = [new FuzzPeer(65_536, genesis, false), new FuzzPeer(131_072, genesis, false)];
  const clocks = [splitter, writer].map((peer) => Y.encodeStateVector(peer.doc));
  change(splitter, () => {
    if (what !== 'join') return void putCaret(blockAt(0), 1 + random.below(24)).insertParagraph();
    const [first, second] = [blockAt(0), blockAt(1)];
    first.append(...second.getChildren());
    second.remove();
  });
  if (what === 'split twice') change(splitter, () => void putCaret(blockAt(0), 0).insertParagraph());
  const paragraph = what === 'join' ? random.below(2) : 0;
  const offset = 1 + random.below(25);
  const letter = (paragraph === 0 ? LETTERS : LETTERS.toUpperCase())[offset - 1] as string;
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  const keyByKey = random.next() < 0.5;
  if (keyByKey) writer.doc.on('update', collect);
  for (const [at, typed] of [...'1234'].entries())
    change(writer, () => putCaret(blockAt(paragraph), offset + at).insertText(typed));
  const sent = keyByKey ? updates : [Y.encodeStateAsUpdate(writer.doc, clocks[1])];
  const split = Y.encodeStateAsUpdate(splitter.doc, clocks[0]);
  for (const update of sent) Y.applyUpdate(splitter.doc, update, 'remote');
  writer.doc.off('update', collect);
  Y.applyUpdate(writer.doc, split, 'remote');
  Y.applyUpdate(writer.doc, Y.encodeStateAsUpdate(splitter.doc, Y.encodeStateVector(writer.doc)), 'remote');
  const text = writer.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((block) => block.getTextContent())
      .join('\n'),
  );
  const authors = readPassages(splitter.doc)
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => piece.kind === 'words' && /\d/.test(piece.text))
    .map((piece) => piece.by);
  const outcome = {
    inPlace: text.includes(`${letter}1234`),
    letters: text.replace(/[^a-zA-Z]/g, '').length,
    words: text.replace(/[^0-9]/g, ''),
    converged: splitter.live() === writer.live() && splitter.live() === splitter.reloaded(),
    authors,
    errors: splitter.failures.count + writer.failures.count,
  };
  splitter.dispose();
  writer.dispose();
  return outcome;
}

describe('[DO41] words that a partner typed while a paragraph was', () => {
  it.each(['split', 'join', 'split twice'] as const)('%s stand behind the letter they were typed behind', (what) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { authors, ...outcome } = run(seed, what);
      expect({ seed, ...outcome }).toEqual({
        seed,
        inPlace: true,
        letters: 52,
        words: '1234',
        converged: true,
        errors: 0,
      });
      expect(new Set(authors)).toEqual(new Set([2]));
    }
  });
});

/** Two people type at the end of one paragraph, key by key, in any order of delivery. */
function typeTogether(seed: number) {
  const random = new SeededRandom(seed);
  const genesis = buildLetter();
  const peers = [65_536, 131_072].map((client) => new FuzzPeer(client, genesis, false));
  const inboxes: Uint8Array[][] = [[], []];
  peers.forEach((peer, at) => {
    peer.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') inboxes[1 - at]?.push(update);
    });
    change(peer, () => void blockAt(0).selectEnd());
  });
  const left = [[...'123456789'], [...'!?;:+-*/=']];
  while ([...left, ...inboxes].some((list) => list.length > 0)) {
    const at = random.below(2);
    const typed = random.next() < 0.6 ? left[at]?.shift() : undefined;
    const peer = peers[at] as FuzzPeer;
    if (typed !== undefined) change(peer, () => void ($getSelection() as RangeSelection).insertText(typed));
    else {
      const update = inboxes[at]?.shift();
      if (update) Y.applyUpdate(peer.doc, update, 'remote');
    }
  }
  const texts = peers.map((peer) => peer.editor.read(() => blockAt(0).getTextContent()));
  for (const peer of peers) peer.dispose();
  return texts.map((text) => [...text.replace(/[^1-9!?;:+*/=-]/g, '')].sort().join(''));
}

describe('[DO41] two people at the end of one paragraph', () => {
  it('each letter stands once', () => {
    const all = [...'123456789!?;:+-*/='].sort().join('');
    for (let seed = 1; seed <= SEEDS; seed++) expect(typeTogether(seed)).toEqual([all, all]);
  });
});
