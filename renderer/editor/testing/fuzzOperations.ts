// Over 400 lines: one list of everything a person does to the text; what belongs to one feature has a file of its own beside it.
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
import type { BlockId, ExhibitId, NoteId, PersonId } from '../../../shared/domain/ids.ts';
import { $insertReference } from '../commands/referenceCommands.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $createCitationNode } from '../nodes/CitationNode.ts';
import { $createFootnoteNode, $isFootnoteNode, type FootnoteNode } from '../nodes/FootnoteNode.ts';
import { $createPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $setMark, claimMark, SMALL_CAPS_MARK } from '../nodes/textState.ts';
import { $isTableNode } from '../tables/TableNode.ts';
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
  [6, 'undo', (peer) => peer.undo()],
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

/** Characters of two UTF-16 units, many with a half in common: faces, rare Han, flags, families, skin tones, mathematics. */
const ASTRAL = [
  '\u{1F600}',
  '\u{1F601}',
  '\u{1FA00}',
  '\u{1F64F}\u{1F3FD}',
  '\u{1F64F}\u{1F3FF}',
  '\u{20BB7}',
  '\u{20BB8}\u{20C00}',
  '\u{1F1F8}\u{1F1FB}',
  '\u{1F1FA}\u{1F1F8}',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F466}',
  '\u{1D49C}\u{1D4B7}',
  'ñ\u{1F4C4}a',
];

/** Typing, deleting and replacing of such characters, and edits of programs that know of units alone. */
export const ASTRAL_OPERATIONS: typeof OPERATIONS = [
  [30, 'type', (peer, random) => edit(peer, random, 0, (selection) => selection.insertText(random.pick(ASTRAL)))],
  [10, 'replace', (peer, random) => edit(peer, random, 4, (selection) => selection.insertText(random.pick(ASTRAL)))],
  [15, 'exchange', (peer, random) => update(peer, () => $exchange(random))],
  [10, 'delete', (peer, random) => edit(peer, random, 4, (selection) => selection.removeText())],
  [10, 'backspace', (peer, random) => update(peer, () => $backspace(random))],
  [4, 'cut a pair', (peer, random) => update(peer, () => $cutPair(random))],
  ...OPERATIONS.filter(([, name]) => !['type', 'replace', 'delete'].includes(name)),
];

/** Footnotes and their references, with the rest of the mix. */
export const NOTE_OPERATIONS: typeof OPERATIONS = [
  ...OPERATIONS,
  [14, 'footnote', (peer, random) => edit(peer, random, 0, (selection) => $insertFootnote(selection, random))],
  [
    30,
    'type in note',
    (peer, random) => editNote(peer, random, 0, (selection) => selection.insertText(word(peer, random))),
  ],
  [
    6,
    'replace in note',
    (peer, random) => editNote(peer, random, 6, (selection) => selection.insertText(word(peer, random))),
  ],
  [6, 'delete in note', (peer, random) => editNote(peer, random, 5, (selection) => selection.removeText())],
  [7, 'split note', (peer, random) => editNote(peer, random, 0, (selection) => void selection.insertParagraph())],
  [5, 'bold in note', (peer, random) => editNote(peer, random, 8, (selection) => selection.formatText('bold'))],
  [
    5,
    'cite in note',
    (peer, random) =>
      editNote(peer, random, 0, (selection) =>
        selection.insertNodes([$createCitationNode('dddddddddddddddd' as ExhibitId, 1 + random.below(9))]),
      ),
  ],
  [3, 'merge in note', (peer, random) => updateNotes(peer, () => $mergeInNote(random))],
  [10, 'delete footnote', (peer, random) => update(peer, () => $deleteFootnote(random))],
  [4, 'move footnote', (peer, random) => moveFootnote(peer, random)],
  [3, 'reload', (peer) => peer.reload()],
];

/** References, the ids of the blocks they name, and sections that move, with the rest of the mix. */
export const STRUCTURE_OPERATIONS: typeof OPERATIONS = [
  ...OPERATIONS,
  [8, 'refer', (peer, random) => edit(peer, random, 0, () => $referSomewhere(random))],
  [5, 'move section', (peer, random) => moveSomeSection(peer, random)],
];

/** All that stands in the text of a complaint, suggestions and comments left out: they have runners of their own. */
export const DRAFTING_OPERATIONS: typeof OPERATIONS = [
  ...AUTHOR_OPERATIONS.filter(([, name]) => name !== 'reload'),
  ...NOTE_OPERATIONS.slice(OPERATIONS.length),
  ...STRUCTURE_OPERATIONS.slice(OPERATIONS.length),
];

function $referSomewhere(random: SeededRandom): void {
  const freshId = (): BlockId =>
    Array.from({ length: 16 }, () => random.pick([...'abcdefghijklmnop'])).join('') as BlockId;
  const block = random.pick($blocks());
  $insertReference({ kind: 'paragraph', blockKey: block.getKey() }, freshId);
}

function moveSomeSection(peer: FuzzPeer, random: SeededRandom): void {
  const { headings, blocks } = peer.editor.read(() => ({
    headings: $blocks()
      .filter((block) => $isBlockNode(block) && /^h[1-4]$/.test(block.getBlockStyle()))
      .map((block) => block.getKey()),
    blocks: $blocks().map((block) => block.getKey()),
  }));
  if (headings.length === 0) return;
  const way = random.below(3);
  const before = random.next() < 0.2 ? null : random.pick(blocks);
  peer.mover.move(random.pick(headings), way === 0 ? 'up' : way === 1 ? 'down' : { before });
}

/** Runs one operation drawn from the mix and returns its name. */
export function runOperation(
  peer: FuzzPeer,
  random: SeededRandom,
  operations = peer.notes ? NOTE_OPERATIONS : peer.device === 0 ? OPERATIONS : AUTHOR_OPERATIONS,
): string {
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
  return peer.written(random.pick(WORDS));
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
export function edit(
  peer: FuzzPeer,
  random: SeededRandom,
  maxLength: number,
  run: (selection: RangeSelection) => void,
): void {
  update(peer, () => {
    const selection = $selectSomewhere(random, maxLength);
    if (selection) run(selection);
  });
}

function updateNotes(peer: FuzzPeer, run: () => void): void {
  peer.notes?.update(run, { discrete: true });
}

function editNote(
  peer: FuzzPeer,
  random: SeededRandom,
  maxLength: number,
  run: (selection: RangeSelection) => void,
): void {
  updateNotes(peer, () => {
    const notes = $blocks();
    const blocks = notes.length === 0 ? [] : random.pick(notes).getChildren().filter($isElementNode);
    if (blocks.length > 0) run($selectIn(random.pick(blocks), random, maxLength));
  });
}

function $mergeInNote(random: SeededRandom): void {
  const notes = $blocks();
  if (notes.length === 0) return;
  const blocks = random.pick(notes).getChildren().filter($isElementNode);
  if (blocks.length < 2) return;
  const at = 1 + random.below(blocks.length - 1);
  const into = blocks[at - 1];
  const from = blocks[at];
  if (!into || !from) return;
  into.append(...from.getChildren());
  from.remove();
}

function $insertFootnote(selection: RangeSelection, random: SeededRandom): void {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  const id = Array.from({ length: 16 }, () => letters[random.below(32)]).join('');
  selection.insertNodes([$createFootnoteNode(id as NoteId)]);
}

function $footnotes(): FootnoteNode[] {
  return $blocks().flatMap((block) => block.getChildren().filter($isFootnoteNode));
}

function $deleteFootnote(random: SeededRandom): void {
  const found = $footnotes();
  if (found.length > 0) random.pick(found).remove();
}

/** Cut, then pasted in another place. */
function moveFootnote(peer: FuzzPeer, random: SeededRandom): void {
  let id: NoteId | '' = '';
  update(peer, () => {
    const found = $footnotes();
    if (found.length === 0) return;
    const node = random.pick(found);
    id = node.getNoteId();
    node.remove();
  });
  if (id !== '') edit(peer, random, 0, (selection) => selection.insertNodes([$createFootnoteNode(id)]));
}

function mark(peer: FuzzPeer, random: SeededRandom, key: string, on: boolean): void {
  update(peer, () => {
    const selection = $selectSomewhere(random, 10);
    if (selection && !selection.isCollapsed()) $forEachSelectedTextNode((node) => $setMark(node, key, on));
  });
}

function $blocks(): ElementNode[] {
  return $getRoot()
    .getChildren()
    .filter((node) => $isElementNode(node) && !$isTableNode(node)) as ElementNode[];
}

function $selectSomewhere(random: SeededRandom, maxLength: number): RangeSelection | null {
  const blocks = $blocks();
  if (blocks.length === 0) return null;
  return $selectIn(random.pick(blocks), random, maxLength);
}

function $selectIn(block: ElementNode, random: SeededRandom, maxLength: number): RangeSelection {
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

/** Where the pairs of surrogates of a text node begin. */
function $somePair(random: SeededRandom): { node: TextNode; at: number } | null {
  const found: { node: TextNode; at: number }[] = [];
  for (const block of $blocks())
    for (const node of block.getChildren().filter($isTextNode))
      for (const { index } of node.getTextContent().matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g))
        found.push({ node, at: index });
  return found.length === 0 ? null : random.pick(found);
}

/** One character becomes another that has its first or its second half in common with it. */
function $exchange(random: SeededRandom): void {
  const pair = $somePair(random);
  if (!pair) return;
  const text = pair.node.getTextContent();
  const [high, low] = [text.charCodeAt(pair.at), text.charCodeAt(pair.at + 1)];
  const other =
    random.next() < 0.5
      ? String.fromCharCode(high, 0xdc00 + ((low - 0xdc00 + 1 + random.below(9)) % 0x400))
      : String.fromCharCode(0xd83c + random.below(4), low);
  pair.node.spliceText(pair.at, 2, other, true);
}

/** As the key does it: a whole character, which may be a part of a family or a flag. */
function $backspace(random: SeededRandom): void {
  const selection = $selectSomewhere(random, 0);
  if (selection?.anchor.type !== 'text') return;
  const { offset } = selection.anchor;
  if (offset === 0) return;
  const node = selection.anchor.getNode();
  selection.anchor.set(node.getKey(), $snap(node, offset - 1), 'text');
  selection.removeText();
}

/** Something that counts in units writes, deletes, splits or formats in the middle of a pair. */
function $cutPair(random: SeededRandom): void {
  const pair = $somePair(random);
  if (!pair) return;
  const key = pair.node.getKey();
  const selection = $createRangeSelection();
  selection.anchor.set(key, pair.at + 1, 'text');
  selection.focus.set(key, pair.at + 1, 'text');
  $setSelection(selection);
  const how = random.below(4);
  if (how === 0) selection.insertText('x');
  else if (how === 1) pair.node.spliceText(pair.at + random.below(2), 1, '');
  else if (how === 2) selection.insertParagraph();
  else {
    selection.focus.set(key, pair.at + 2, 'text');
    selection.formatText('bold');
  }
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
