import { $forEachSelectedTextNode } from '@lexical/selection';
import {
  $createRangeSelection,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  $setCompositionKey,
  $setSelection,
  type ElementNode,
  type LexicalNode,
  type RangeSelection,
  type TextNode,
} from 'lexical';
import { BLOCK_STYLES } from '../../../shared/domain/document.ts';
import type { ExhibitId, PersonId } from '../../../shared/domain/ids.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { $createPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $setMark, claimMark, SMALL_CAPS_MARK } from '../nodes/textState.ts';
import { writtenBy } from './authorAlphabets.ts';
import type { FuzzPeer } from './FuzzPeer.ts';
import type { SeededRandom } from './seededRandom.ts';

const WORDS = ['data ', 'police', ' list', 'ñandú', ' 240', '§ 345', '\u{1F4C4}', 'bond. ', 'x'];
const CLAIMS = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc'];

type Operation = (peer: FuzzPeer, random: SeededRandom) => void;

/** Everything a person does to the text, with the share of each in the mix. */
export const OPERATIONS: readonly (readonly [share: number, name: string, run: Operation])[] = [
  [30, 'type', (peer, random) => edit(peer, random, 0, (selection) => selection.insertText(word(peer, random)))],
  [8, 'replace', (peer, random) => edit(peer, random, 6, (selection) => selection.insertText(word(peer, random)))],
  [8, 'delete', (peer, random) => edit(peer, random, 5, (selection) => selection.removeText())],
  [7, 'split', (peer, random) => edit(peer, random, 0, (selection) => void selection.insertParagraph())],
  [5, 'merge', (peer, random) => update(peer, () => $mergeWithPrevious(random))],
  [6, 'bold', (peer, random) => edit(peer, random, 8, (selection) => selection.formatText('bold'))],
  [6, 'italic', (peer, random) => edit(peer, random, 8, (selection) => selection.formatText('italic'))],
  [9, 'claim', (peer, random) => mark(peer, random, claimMark(random.pick(CLAIMS)), random.next() < 0.75)],
  [4, 'small caps', (peer, random) => mark(peer, random, SMALL_CAPS_MARK, random.next() < 0.6)],
  [6, 'style', (peer, random) => update(peer, () => $changeStyle(random))],
  [
    5,
    'cite',
    (peer, random) =>
      edit(peer, random, 0, (selection) =>
        selection.insertNodes([
          $createCitationNode('dddddddddddddddd' as ExhibitId, peer.device * 10 + random.below(9)),
        ]),
      ),
  ],
  [
    3,
    'person',
    (peer, random) =>
      edit(peer, random, 0, (selection) =>
        selection.insertNodes([$createPersonMentionNode('eeeeeeeeeeeeeeee' as PersonId)]),
      ),
  ],
  [2, 'line break', (peer, random) => edit(peer, random, 0, (selection) => selection.insertLineBreak())],
  [2, 'new block', (peer, random) => update(peer, () => $insertBlock(peer, random))],
  [6, 'undo', (peer) => void peer.binding.undoManager.undo()],
  [3, 'redo', (peer) => void peer.binding.undoManager.redo()],
  [4, 'pause', (peer) => peer.binding.undoManager.stopCapturing()],
];

/** What else touches authorship; left out for the seeds pinned before. */
export const AUTHOR_OPERATIONS: typeof OPERATIONS = [
  ...OPERATIONS,
  [
    5,
    'paste lines',
    (peer, random) => {
      const lines = `${word(peer, random)}\n${word(peer, random)}`;
      edit(peer, random, random.below(2) * 6, (selection) => $insertLines(selection, lines));
    },
  ],
  [
    5,
    'compose',
    (peer, random) => {
      const [first, second] = [word(peer, random), word(peer, random)];
      update(peer, () => {
        const selection = $selectSomewhere(random, 0);
        if (selection?.anchor.type === 'text') $setCompositionKey(selection.anchor.key);
      });
      for (const words of [first, second]) update(peer, () => $typeAtCaret(words));
      update(peer, () => $setCompositionKey(null));
    },
  ],
  [3, 'reload', (peer) => peer.binding.reload()],
];

/** Runs one operation drawn from the mix and returns its name. */
export function runOperation(peer: FuzzPeer, random: SeededRandom): string {
  const operations = peer.device === 0 ? OPERATIONS : AUTHOR_OPERATIONS;
  let left = random.below(operations.reduce((sum, [share]) => sum + share, 0));
  for (const [share, name, run] of operations) {
    left -= share;
    if (left < 0) {
      run(peer, random);
      return name;
    }
  }
  throw new Error('runOperation: shares do not add up');
}

function word(peer: FuzzPeer, random: SeededRandom): string {
  return writtenBy(peer.device, random.pick(WORDS));
}

/** As Lexical pastes plain text. */
function $insertLines(selection: RangeSelection, text: string): void {
  if (!selection.isCollapsed()) selection.removeText();
  for (const part of text.split(/(\n)/)) {
    const at = $getSelection();
    if (!$isRangeSelection(at)) continue;
    if (part === '\n') at.insertParagraph();
    else at.insertText(part);
  }
}

/** As the page does while an input method composes: the text of the node changes under the caret. */
function $typeAtCaret(words: string): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.anchor.type !== 'text') return;
  const node = selection.anchor.getNode();
  if ($isTextNode(node)) node.spliceText(selection.anchor.offset, 0, words, true);
}

function update(peer: FuzzPeer, run: () => void): void {
  peer.editor.update(run, { discrete: true });
}

/** Puts a selection of at most `maxLength` characters somewhere and edits it. */
function edit(peer: FuzzPeer, random: SeededRandom, maxLength: number, run: (selection: RangeSelection) => void): void {
  update(peer, () => {
    const selection = $selectSomewhere(random, maxLength);
    if (selection) run(selection);
  });
}

function mark(peer: FuzzPeer, random: SeededRandom, key: string, on: boolean): void {
  update(peer, () => {
    const selection = $selectSomewhere(random, 10);
    if (selection && !selection.isCollapsed()) $forEachSelectedTextNode((node) => $setMark(node, key, on));
  });
}

function $blocks(): ElementNode[] {
  return $getRoot().getChildren().filter($isElementNode);
}

function $selectSomewhere(random: SeededRandom, maxLength: number): RangeSelection | null {
  const blocks = $blocks();
  if (blocks.length === 0) return null;
  const block = random.pick(blocks);
  const texts = block.getChildren().filter((node): node is TextNode => $isTextNode(node));
  const selection = $createRangeSelection();
  if (texts.length === 0) {
    selection.anchor.set(block.getKey(), 0, 'element');
    selection.focus.set(block.getKey(), 0, 'element');
  } else {
    const first = random.pick(texts);
    const start = $snap(first, random.below(first.getTextContentSize() + 1));
    const span = maxLength === 0 ? 0 : 1 + random.below(maxLength);
    const across = span > 0 && random.next() < 0.25;
    const last = across ? random.pick(texts) : first;
    const end = across
      ? $snap(last, random.below(last.getTextContentSize() + 1))
      : $snap(first, Math.min(start + span, first.getTextContentSize()));
    selection.anchor.set(first.getKey(), start, 'text');
    selection.focus.set(last.getKey(), end, 'text');
  }
  $setSelection(selection);
  return selection;
}

/** An offset a caret can have: never inside a surrogate pair. */
function $snap(node: TextNode, offset: number): number {
  const unit = node.getTextContent().charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function $mergeWithPrevious(random: SeededRandom): void {
  const blocks = $blocks();
  if (blocks.length < 2) return;
  const index = 1 + random.below(blocks.length - 1);
  const previous = blocks[index - 1];
  const block = blocks[index];
  if (!previous || !block) return;
  const children: LexicalNode[] = block.getChildren();
  previous.append(...children);
  block.remove();
}

function $changeStyle(random: SeededRandom): void {
  const block = random.pick($blocks());
  if ($isBlockNode(block)) block.setBlockStyle(random.pick(BLOCK_STYLES));
}

function $insertBlock(peer: FuzzPeer, random: SeededRandom): void {
  const block = random.pick($blocks());
  if (!$isBlockNode(block)) return;
  const added = block.insertNewAfter($createRangeSelection(), false);
  added.append($createTextNode(word(peer, random)));
}
