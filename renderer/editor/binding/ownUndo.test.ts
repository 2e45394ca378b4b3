import {
  $createRangeSelection,
  $createTextNode,
  $getRoot,
  $isElementNode,
  $setSelection,
  type RangeSelection,
} from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import { Authors } from '../authorship/Authors.ts';
import { readPassages } from '../authorship/readPassages.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { $setMark } from '../nodes/textState.ts';
import { $isTableNode } from '../tables/TableNode.ts';
import { $insertTable } from '../tables/tableCommands.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { fillBody } from './fillBody.ts';

const OWN = 65_536;
const PARTNER = 131_072;

function buildLetter(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const children = ['The first paragraph stands.', 'The second one stands too.'].map((text) => ({
    type: 'block' as const,
    version: 1 as const,
    blockStyle: 'numbered' as const,
    children: [
      { type: 'text' as const, version: 1 as const, text, format: 0, style: '', mode: 'normal' as const, detail: 0 },
    ],
    direction: null,
    format: '' as const,
    indent: 0,
  }));
  const body: SerializedBody = {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  };
  fillBody(doc, body);
  return Y.encodeStateAsUpdate(doc);
}

/** Two people at one letter; what one of them does reaches the other at once. */
class Pair {
  readonly own: FuzzPeer;
  readonly partner: FuzzPeer;

  constructor() {
    const genesis = buildLetter();
    this.own = new FuzzPeer(OWN, genesis, false);
    this.partner = new FuzzPeer(PARTNER, genesis, false);
    for (const [from, to] of [
      [this.own, this.partner],
      [this.partner, this.own],
    ] as const)
      from.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'remote') Y.applyUpdate(to.doc, update, 'remote');
      });
  }

  /** Does something with the caret behind that many characters of a paragraph. */
  at(peer: FuzzPeer, paragraph: number, offset: number, run: (selection: RangeSelection) => void): void {
    peer.editor.update(
      () => {
        const block = $getRoot().getChildAtIndex(paragraph);
        if (!$isElementNode(block)) throw new Error('no paragraph there');
        let left = offset;
        const text = block.getAllTextNodes().find((node) => {
          if (left <= node.getTextContentSize()) return true;
          left -= node.getTextContentSize();
          return false;
        });
        const selection = $createRangeSelection();
        for (const point of [selection.anchor, selection.focus])
          if (text) point.set(text.getKey(), left, 'text');
          else point.set(block.getKey(), block.getChildrenSize(), 'element');
        $setSelection(selection);
        run(selection);
      },
      { discrete: true },
    );
  }

  type(peer: FuzzPeer, paragraph: number, offset: number, words: string): void {
    this.at(peer, paragraph, offset, (selection) => selection.insertText(words));
  }

  /** One step of undo of the own side, from here on another. */
  step(run: () => void): void {
    this.own.binding.undoManager.stopCapturing();
    run();
    this.own.binding.undoManager.stopCapturing();
  }

  /** The paragraphs, the same for both and after a restart. */
  read(): string[] {
    expect(this.own.live()).toBe(this.partner.live());
    expect(this.own.live()).toBe(this.own.reloaded());
    expect(this.own.failures.count + this.partner.failures.count).toBe(0);
    return this.own.editor.read(() =>
      $getRoot()
        .getChildren()
        .map((block) => block.getTextContent()),
    );
  }

  dispose(): void {
    this.own.dispose();
    this.partner.dispose();
  }
}

const FIRST = 'The first paragraph stands.';
const SECOND = 'The second one stands too.';

describe('[DO110] undo takes back one’s own, and never', () => {
  it('what a partner wrote behind one’s own first letter behind a citation', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    const { undoManager } = own.binding;
    pair.step(() =>
      pair.at(own, 0, FIRST.length, (selection) =>
        selection.insertNodes([$createCitationNode('dddddddddddddddd' as ExhibitId, 2)]),
      ),
    );
    const cited = pair.read()[0] ?? '';
    pair.step(() => pair.type(own, 0, cited.length, ' own'));
    pair.type(partner, 0, 1_000, ' theirs');
    expect(pair.read()[0]).toBe(`${cited} own theirs`);
    undoManager.undo();
    expect(pair.read()[0]).toBe(`${cited} theirs`);
    undoManager.undo();
    expect(pair.read()[0]).toBe(`${FIRST} theirs`);
    pair.dispose();
  });

  it('what a partner wrote in a paragraph that one began, its style neither', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    pair.step(() => {
      pair.at(own, 0, FIRST.length, (selection) => void selection.insertParagraph());
      own.editor.update(
        () => {
          const block = $getRoot().getChildAtIndex(1);
          if ($isBlockNode(block)) block.setBlockStyle('quote');
        },
        { discrete: true },
      );
    });
    pair.step(() => pair.type(own, 1, 0, 'own '));
    pair.type(partner, 1, 4, 'theirs');
    own.binding.undoManager.undo();
    own.binding.undoManager.undo();
    expect(pair.read()).toEqual([FIRST, 'theirs', SECOND]);
    const style = own.editor.read(() => {
      const block = $getRoot().getChildAtIndex(1);
      return $isBlockNode(block) ? block.getBlockStyle() : null;
    });
    expect(style).toBe('quote');
    own.binding.undoManager.redo();
    own.binding.undoManager.redo();
    expect(pair.read()).toEqual([FIRST, 'own theirs', SECOND]);
    pair.dispose();
  });

  it('what a partner wrote into either half of a paragraph that one split', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    pair.type(partner, 0, FIRST.length, ' Theirs before.');
    pair.step(() => pair.at(own, 0, 9, (selection) => void selection.insertParagraph()));
    pair.type(partner, 0, 3, '[A]');
    pair.type(partner, 1, 10, '[B]');
    own.binding.undoManager.undo();
    expect(pair.read()[0]).toBe('The[A] first paragraph[B] stands. Theirs before.');
    own.binding.undoManager.redo();
    expect(pair.read().slice(0, 2)).toEqual(['The[A] first', ' paragraph[B] stands. Theirs before.']);
    pair.dispose();
  });

  it('a partner’s words that one’s split has written again and that cannot come back', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    pair.type(partner, 0, FIRST.length, ' Theirs.');
    pair.step(() => pair.at(own, 0, 4, (selection) => void selection.insertParagraph()));
    partner.editor.update(() => $getRoot().getFirstChildOrThrow().remove(), { discrete: true });
    own.binding.undoManager.undo();
    expect(pair.read()).toEqual([`${FIRST.slice(4)} Theirs.`, SECOND]);
    pair.dispose();
  });

  it('what a partner wrote in a cell of one’s table', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    let drawn = 0;
    pair.step(() =>
      pair.at(own, 0, FIRST.length, () => void $insertTable(2, 2, () => `${'c'.repeat(15)}${drawn++}` as never)),
    );
    partner.editor.update(
      () => {
        const table = $getRoot().getChildren().find($isTableNode);
        const block = table?.getFirstDescendant()?.getTopLevelElement();
        if (!$isElementNode(block)) throw new Error('no cell there');
        block.append($createTextNode('theirs'));
      },
      { discrete: true },
    );
    own.binding.undoManager.undo();
    expect(pair.read().join('\n')).toContain('theirs');
    pair.dispose();
  });

  it('the mark and the record of a suggested paragraph that a partner wrote in', () => {
    const pair = new Pair();
    const { own, partner } = pair;
    const id = own.book.make('split');
    pair.step(() =>
      pair.at(own, 0, FIRST.length, (selection) => {
        const block = selection.insertParagraph();
        if ($isBlockNode(block)) $setMark(block, `pIns_${id}`, true);
      }),
    );
    pair.type(partner, 1, 0, 'theirs');
    own.binding.undoManager.undo();
    expect(pair.read()).toEqual([FIRST, 'theirs', SECOND]);
    expect(readCollection('suggestions', partner.doc.getMap('suggestions')).map((record) => record.id)).toEqual([id]);
    expect(partner.live()).toContain(`pIns_${id}`);
    pair.dispose();
  });
});

describe('[DO110] undo leaves nothing of one’s own', () => {
  it('where nobody else wrote', () => {
    const pair = new Pair();
    const { own } = pair;
    const before = own.live();
    pair.step(() => pair.at(own, 0, 9, (selection) => void selection.insertParagraph()));
    pair.step(() => pair.type(own, 1, 3, 'own'));
    own.binding.undoManager.undo();
    own.binding.undoManager.undo();
    expect(pair.read()).toEqual([FIRST, SECOND]);
    expect(own.live()).toBe(before);
    pair.dispose();
  });

  it('where it was deleted and brought back in between', () => {
    const pair = new Pair();
    const { own } = pair;
    const { undoManager } = own.binding;
    pair.step(() => {
      pair.at(own, 0, FIRST.length, (selection) => void selection.insertParagraph());
      pair.type(own, 1, 0, 'own');
    });
    pair.step(() => own.editor.update(() => $getRoot().getChildAtIndex(1)?.remove(), { discrete: true }));
    undoManager.undo();
    expect(pair.read()).toEqual([FIRST, 'own', SECOND]);
    undoManager.undo();
    expect(pair.read()).toEqual([FIRST, SECOND]);
    pair.dispose();
  });
});

describe('[DO110] whose the words are that an undo brings back', () => {
  it.each(['undo', 'redo'] as const)('reaches a partner with the words, in one update: %s', (way) => {
    const pair = new Pair();
    pair.type(pair.partner, 0, 0, 'So they say. ');
    const remove = () =>
      pair.at(pair.own, 0, 0, (selection) => {
        selection.focus.offset = 'So they say. '.length;
        selection.removeText();
      });
    pair.step(remove);
    if (way === 'redo') {
      pair.step(() => pair.type(pair.own, 1, 0, 'Own words. '));
      pair.own.undo();
      pair.own.undo();
    }
    const updates: Uint8Array[] = [];
    pair.own.doc.on('update', (update: Uint8Array) => void updates.push(update));
    if (way === 'undo') pair.own.undo();
    else pair.own.binding.undoManager.redo();
    expect(updates).toHaveLength(1);
    if (way === 'redo') return pair.dispose();
    const [first] = readPassages(pair.partner.doc);
    expect(first?.pieces[0]).toEqual({ kind: 'words', text: 'So they say. ', by: 2 });
    expect(pair.read()[0]).toBe(`So they say. ${FIRST}`);
    pair.dispose();
  });

  it('is known of a copy too whose record came before that of the letters it was copied from', () => {
    const doc = new Y.Doc();
    const authors = new Authors(doc);
    authors.noteCopy({ client: 3, clock: 7 }, { client: 2, clock: 5, length: 2 });
    authors.noteCopy({ client: 2, clock: 5 }, { client: PARTNER, clock: 1, length: 2 });
    const at = authors.copiesOf(PARTNER, 2).map(({ client, clock }) => ({ client, clock }));
    expect(at).toEqual([
      { client: 3, clock: 8 },
      { client: 2, clock: 6 },
    ]);
    authors.dispose();
  });
});
