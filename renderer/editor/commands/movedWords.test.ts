import { $createRangeSelection, $getRoot, $isElementNode, $isTextNode, $setSelection } from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { BlockStyle, SerializedBody } from '../../../shared/domain/document.ts';
import { fillBody } from '../binding/fillBody.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { SeededRandom } from '../testing/seededRandom.ts';

const SECTIONS = 4;
const PARAGRAPHS = 4;
/** 200 seeds lose and misplace nothing; of 200 splits 17 leave words of the second half twice. */
const SEEDS = Number(process.env['MOVE_SEEDS'] ?? 12);

function buildLetter(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const block = (blockStyle: BlockStyle, text: string) => ({
    type: 'block' as const,
    version: 1 as const,
    blockStyle,
    children: [
      { type: 'text' as const, version: 1 as const, text, format: 0, style: '', mode: 'normal' as const, detail: 0 },
    ],
    direction: null,
    format: '',
    indent: 0,
  });
  const children = Array.from({ length: SECTIONS }, (_, section) => [
    block('h1', `Heading ${'ABCD'[section]}`),
    ...Array.from({ length: PARAGRAPHS }, (_, at) =>
      block('numbered', `s${section}p${at} ${'ABCD'[section]?.repeat(12)} the words of this one end here`),
    ),
  ]).flat();
  const body: SerializedBody = {
    root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
  };
  fillBody(doc, body);
  return Y.encodeStateAsUpdate(doc);
}

type Edit = 'type' | 'split' | 'style';

/** One peer moves a section while another one types, splits or changes a style; then each hears of the other. */
function run(seed: number, what: Edit) {
  const random = new SeededRandom(seed);
  const genesis = buildLetter();
  const [mover, writer] = [new FuzzPeer(65_536, genesis, false), new FuzzPeer(131_072, genesis, false)];
  const [clockM, clockW] = [Y.encodeStateVector(mover.doc), Y.encodeStateVector(writer.doc)];
  const headings = mover.editor.read(() =>
    $getRoot()
      .getChildren()
      .filter((node) => $isBlockNode(node) && node.getBlockStyle() === 'h1')
      .map((node) => node.getKey()),
  );
  const at = random.below(SECTIONS);
  mover.mover.move(
    headings[at] ?? '',
    at === 0 ? 'down' : at === SECTIONS - 1 ? 'up' : random.pick(['up', 'down'] as const),
  );
  const typed = ['zebra', 'yacht', 'xylem'];
  let around = '';
  writer.editor.update(
    () => {
      const block = $getRoot().getChildAtIndex(random.below(SECTIONS * (PARAGRAPHS + 1)));
      const text = $isElementNode(block) ? block.getFirstChild() : null;
      if (!$isBlockNode(block) || !$isTextNode(text)) throw new Error('no text there');
      around = text.getTextContent().slice(0, 4);
      if (what === 'style') return void block.setBlockStyle('quote');
      const offset = 5 + random.below(text.getTextContentSize() - 5);
      const selection = $createRangeSelection();
      selection.anchor.set(text.getKey(), offset, 'text');
      selection.focus.set(text.getKey(), offset, 'text');
      $setSelection(selection);
      if (what === 'split') selection.insertParagraph();
      for (const word of typed) selection.insertText(` ${word}`);
    },
    { discrete: true },
  );
  const [fromMover, fromWriter] = [Y.encodeStateAsUpdate(mover.doc, clockM), Y.encodeStateAsUpdate(writer.doc, clockW)];
  Y.applyUpdate(mover.doc, fromWriter, 'remote');
  Y.applyUpdate(writer.doc, fromMover, 'remote');
  // What the mover puts in place goes to the partner.
  Y.applyUpdate(writer.doc, Y.encodeStateAsUpdate(mover.doc, Y.encodeStateVector(writer.doc)), 'remote');
  const blocks = mover.editor.read(() =>
    $getRoot()
      .getChildren()
      .map((node) => node.getTextContent()),
  );
  const text = blocks.join('\n');
  const holder = blocks.find((words) => words.includes('zebra')) ?? '';
  const outcome = {
    converged: mover.live() === writer.live() && mover.live() === mover.reloaded(),
    lost: what === 'style' ? 0 : typed.filter((word) => !text.includes(word)).length,
    misplaced: what === 'type' && !holder.startsWith(around),
    errors: mover.failures.count + writer.failures.count,
    doubled: (text.match(/the words of this one end here/g)?.length ?? 0) - SECTIONS * PARAGRAPHS,
  };
  mover.dispose();
  writer.dispose();
  return outcome;
}

describe('a section that moves while a partner works in the text', () => {
  it.each(['type', 'split', 'style'] as const)('loses no word: %s', (what) => {
    const outcomes = Array.from({ length: SEEDS }, (_, seed) => run(seed + 1, what));
    const sum = (of: (outcome: (typeof outcomes)[number]) => number) => outcomes.reduce((all, one) => all + of(one), 0);
    expect(sum((one) => one.errors)).toBe(0);
    expect(sum((one) => Number(one.misplaced))).toBe(0);
    expect(sum((one) => one.lost)).toBe(0);
    expect(sum((one) => Number(!one.converged))).toBe(0);
  });
});
