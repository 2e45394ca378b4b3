import { $createTextNode, $getRoot, $isElementNode, type ElementNode } from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { BlockStyle, SerializedBody } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { fillBody } from './fillBody.ts';

/** Two sections; a paragraph of the first ends in a citation, the next is empty. */
function buildLetter(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const block = (blockStyle: BlockStyle, text: string) => ({
    type: 'block',
    version: 1,
    blockStyle,
    children: text ? [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }] : [],
    direction: null,
    format: '',
    indent: 0,
  });
  const children = [
    block('h1', 'First'),
    block('numbered', 'Before.'),
    block('numbered', 'Proven.'),
    block('numbered', ''),
    block('h1', 'Second'),
    block('numbered', 'After.'),
  ];
  fillBody(doc, {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  } as unknown as SerializedBody);
  const writer = new FuzzPeer(1, Y.encodeStateAsUpdate(doc), false);
  change(writer, () => blockAt(2).append($createCitationNode('dddddddddddddddd' as ExhibitId, 2)));
  const update = Y.encodeStateAsUpdate(writer.doc);
  writer.dispose();
  return update;
}

function change(peer: FuzzPeer, run: () => void): void {
  peer.editor.update(run, { discrete: true });
}

function blockAt(index: number): ElementNode {
  const block = $getRoot().getChildAtIndex(index);
  if (!$isElementNode(block)) throw new Error('no block there');
  return block;
}

/** One changes the letter while the other types the first words into a place, key by key; then each hears of the other. */
function run(paragraph: number, restructure: (peer: FuzzPeer) => void): string[] {
  const genesis = buildLetter();
  const [one, other] = [new FuzzPeer(65_536, genesis, false), new FuzzPeer(131_072, genesis, false)];
  const late: Uint8Array[] = [];
  other.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') late.push(update);
  });
  restructure(one);
  for (const letter of ' new words') {
    change(other, () => {
      const last = blockAt(paragraph).getLastChild();
      if (last?.getType() === 'text') last.selectEnd().insertText(letter);
      else blockAt(paragraph).append($createTextNode(letter));
    });
  }
  for (const update of late) Y.applyUpdate(one.doc, update, 'remote');
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc), 'remote');
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc), 'remote');
  expect(other.live()).toBe(one.live());
  expect(one.reloaded()).toBe(one.live());
  expect(one.failures.count + other.failures.count).toBe(0);
  const text = one.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((block) =>
        ($isElementNode(block) ? block.getChildren() : [])
          .map((node) => (node.getType() === 'citation' ? '(Ex.)' : node.getTextContent()))
          .join(''),
      ),
  );
  one.dispose();
  other.dispose();
  return text;
}

const keyOf = (peer: FuzzPeer, index: number): string => peer.editor.read(() => blockAt(index).getKey());

describe('[DO41] the first words that a partner types', () => {
  it('behind a citation at the end of a paragraph go along with its section', () => {
    expect(run(2, (peer) => void peer.mover.move(keyOf(peer, 0), 'down'))).toEqual([
      'Second',
      'After.',
      'First',
      'Before.',
      'Proven.(Ex.) new words',
      '',
    ]);
  });

  it('behind a citation in a paragraph that is joined to the one before go along with it', () => {
    const join = (peer: FuzzPeer) =>
      change(peer, () => {
        blockAt(1).append(...blockAt(2).getChildren());
        blockAt(2).remove();
      });
    expect(run(2, join).slice(0, 3)).toEqual(['First', 'Before.Proven.(Ex.) new words', '']);
  });

  it('into an empty paragraph go along with its section', () => {
    expect(run(3, (peer) => void peer.mover.move(keyOf(peer, 0), 'down')).slice(2)).toEqual([
      'First',
      'Before.',
      'Proven.(Ex.)',
      ' new words',
    ]);
  });

  it('into an empty paragraph that is removed stand in one of their own', () => {
    expect(run(3, (peer) => change(peer, () => blockAt(3).remove()))).toEqual([
      'First',
      'Before.',
      'Proven.(Ex.)',
      ' new words',
      'Second',
      'After.',
    ]);
  });

  it('into a paragraph with words that is removed go with it', () => {
    expect(run(1, (peer) => change(peer, () => blockAt(1).remove()))).not.toContain(' new words');
  });
});
