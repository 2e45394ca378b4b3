import { $getRoot, type LexicalEditor } from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { fillBody } from '../binding/fillBody.ts';
import { $applyLink, $readLink, $removeLink, $typeAfterLink } from '../commands/linkCommands.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { $insertPasted } from './insertPasted.ts';
import { PasteRun } from './PasteRun.ts';
import { drawIds } from './testing/drawIds.ts';
import { readPayload } from './testing/readPayload.ts';

const peers: FuzzPeer[] = [];
afterEach(() => {
  for (const peer of peers.splice(0)) peer.dispose();
});

/** Two peers on one numbered paragraph, `before|after`, with the caret of the first at the bar. */
function startTwo(): [FuzzPeer, FuzzPeer] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = { type: 'text', version: 1, text: 'before after', format: 0, style: '', mode: 'normal', detail: 0 };
  const layout = { version: 1, direction: null, format: '', indent: 0 };
  const block = { ...layout, type: 'block', blockStyle: 'numbered', children: [text] };
  fillBody(doc, { root: { ...layout, type: 'root', children: [block] } } as unknown as SerializedBody);
  const genesis = Y.encodeStateAsUpdate(doc);
  const two = [65_536, 131_072].map((id) => new FuzzPeer(id, genesis, false)) as [FuzzPeer, FuzzPeer];
  peers.push(...two);
  update(two[0].editor, () => {
    const first = $getRoot().getFirstDescendant();
    if (first && 'select' in first) (first as unknown as { select(a: number, b: number): void }).select(7, 7);
  });
  return two;
}

function update(editor: LexicalEditor, run: () => void): void {
  editor.update(run, { discrete: true });
}

const deliver = (from: FuzzPeer, to: FuzzPeer): void =>
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');

const texts = (peer: FuzzPeer): string[] =>
  peer.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((node) => node.getTextContent()),
  );

/** Both show the same, and what a fresh start would show. */
function expectConverged(a: FuzzPeer, b: FuzzPeer): void {
  deliver(a, b);
  deliver(b, a);
  deliver(a, b);
  expect(b.live()).toBe(a.live());
  expect(a.reloaded()).toBe(a.live());
  expect(b.reloaded()).toBe(b.live());
  expect([a.failures.count, b.failures.count]).toEqual([0, 0]);
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a paste', () => {
  it('joins the words before and behind the caret and takes the style of its place', () => {
    const [a, b] = startTwo();
    const { blocks } = readPayload('html', '<p>one</p><h2>two</h2><ul><li>three</li></ul><p>four</p>');
    update(a.editor, () => void $insertPasted(blocks, drawIds()));
    expect(texts(a)).toEqual(['before one', 'two', 'three', 'fourafter']);
    expectConverged(a, b);
    expect(JSON.parse(b.live()).root.children.map((block: { blockStyle: string }) => block.blockStyle)).toEqual([
      'numbered',
      'h2',
      'bullet',
      'numbered',
    ]);
  });

  it('leaves out the typed number where the page puts its own, not the one that stands behind words', () => {
    const [a, b] = startTwo();
    const { blocks } = readPayload('html', '<p>1. one</p><h1>II. two</h1><p>2. three</p><p>3. four</p>');
    update(a.editor, () => void $insertPasted(blocks, drawIds()));
    expect(texts(a)).toEqual(['before 1. one', 'two', 'three', 'fourafter']);
    expectConverged(a, b);
  });

  it('of 3,000 rows arrives whole, while a partner types, and is one step of undo', async () => {
    const [a, b] = startTwo();
    const { blocks } = readPayload('txt', Array.from({ length: 3_000 }, (_, row) => `Row ${row}`).join('\n'));
    const before = a.live();
    let steps = 0;
    const end = await new PasteRun(a.editor, a.binding, drawIds(), tick).insert(blocks, () => {
      if (++steps !== 3) return;
      deliver(a, b);
      update(b.editor, () => void $getRoot().getFirstChildOrThrow().selectStart().insertText('Partner: '));
      deliver(b, a);
    });
    expect(end).toBe('done');
    expect(steps).toBeGreaterThan(3);
    expect(texts(a)).toHaveLength(3_000);
    expect(texts(a).slice(0, 3)).toEqual(['Partner: before Row 0', 'Row 1', 'Row 2']);
    expect(texts(a).slice(-2)).toEqual(['Row 2998', 'Row 2999after']);
    expectConverged(a, b);
    a.binding.undoManager.undo();
    expect(texts(a)).toEqual(['Partner: before after']);
    expectConverged(a, b);
    expect(JSON.parse(before).root.children).toHaveLength(1);
  }, 120_000);

  it('cancelled, leaves nothing behind', async () => {
    const [a, b] = startTwo();
    const { blocks } = readPayload('txt', 'x\n'.repeat(2_000));
    const run = new PasteRun(a.editor, a.binding, drawIds(), tick);
    const end = await run.insert(blocks, ({ done }) => {
      if (done > 300) run.cancel();
    });
    expect(end).toBe('cancelled');
    expect(texts(a)).toEqual(['before after']);
    expectConverged(a, b);
  });

  it('stops where a partner has removed its place', async () => {
    const [a, b] = startTwo();
    const { blocks } = readPayload('txt', 'x\n'.repeat(2_000));
    let removed = false;
    const end = await new PasteRun(a.editor, a.binding, drawIds(), tick).insert(blocks, () => {
      if (removed) return;
      removed = true;
      deliver(a, b);
      update(b.editor, () => {
        for (const block of $getRoot().getChildren().slice(1)) block.remove();
        $getRoot().getFirstChildOrThrow().selectEnd();
        $getRoot().getFirstChildOrThrow().remove();
      });
      deliver(b, a);
    });
    expect(end).toBe('place-gone');
    expectConverged(a, b);
  });

  it.each([
    ['half characters', '<p>a\uD83D</p><p>\uDE00b</p>'],
    ['overrides and joiners', '<p>\u202Ea\u200d\u2066</p><p>\u{1F468}\u200D\u{1F469}</p>'],
    ['deep nests', `${'<div>'.repeat(3_000)}x`],
    ['thousands of runs', `<p>${'<b>x</b><i>y</i>'.repeat(300)}</p>`],
  ])('of %s never parts two editors', (_what, payload) => {
    const [a, b] = startTwo();
    update(a.editor, () => void $insertPasted(readPayload('html', payload).blocks, drawIds()));
    expectConverged(a, b);
    expect(a.live()).not.toMatch(/\\ud[89a-f]/i);
  });
});

describe('links', () => {
  it('[DO5] are made, read, changed, typed behind and removed, the same for a partner', () => {
    const [a, b] = startTwo();
    update(a.editor, () => void $applyLink('https://a.example/', 'the report'));
    expect(a.editor.read($readLink)).toEqual({ address: 'https://a.example/', words: 'the report' });
    update(a.editor, () => expect($typeAfterLink(' and more')).toBe(true));
    expect(texts(a)).toEqual(['before the report and moreafter']);
    expect(a.editor.read($readLink)).toBeNull();
    expectConverged(a, b);
    update(b.editor, () => {
      const words = $getRoot().getAllTextNodes()[1];
      words?.select(2, 2);
      $applyLink('https://b.example/');
    });
    expect(b.editor.read($readLink)).toEqual({ address: 'https://b.example/', words: 'the report' });
    expectConverged(a, b);
    update(b.editor, () => expect($removeLink()).toBe(true));
    expectConverged(a, b);
    expect(a.live()).not.toContain('example');
  });
});
