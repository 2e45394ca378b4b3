import {
  $createLineBreakNode,
  $createRangeSelection,
  $createTextNode,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
  type RangeSelection,
  type TextFormatType,
  type TextNode,
} from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { Suggestion } from '../../../shared/domain/records.ts';
import { formatLook, isEndMark, joinStates, parseSuggestionKey } from '../../../shared/domain/resolveSuggestions.ts';
import { $blockOf, $selectedBlocks } from '../commands/formatCommands.ts';
import { $keepMarks, $marksOfAll, type KeptMarks } from '../commands/replacedMarks.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $isNoteNode } from '../nodes/NoteNode.ts';
import { $hasMark, $setMark, $setSuggestionMark, SMALL_CAPS_MARK, stateOf } from '../nodes/textState.ts';
import { $flattenTables } from '../tables/flattenTables.ts';
import { SuggestedEdit, type SuggestionBook } from './SuggestionBook.ts';
import { $nodeBefore, $placeOf, $putCaret, $rangeOf, type Place } from './textRange.ts';

/** The own suggestion whose mark of that kind is on the node; null without one. */
export function ownIdOn(node: LexicalNode | null, mark: string, edit: SuggestedEdit): string | null {
  if (!node) return null;
  for (const key of Object.keys(stateOf(node.getLatest()) ?? {}))
    if (key.startsWith(mark) && edit.isOwn(key.slice(mark.length))) return key.slice(mark.length);
  return null;
}

function isDeleted(node: LexicalNode): boolean {
  return Object.keys(stateOf(node.getLatest()) ?? {}).some((key) => key.startsWith('del_'));
}

/** Suggests typing words at the caret, or in place of what is selected. False where that is not possible. */
export function $suggestText(book: SuggestionBook, words: string): boolean {
  const selection = $rangeSelection();
  if (!selection) return false;
  const edit = new SuggestedEdit(book, selection.isCollapsed() ? 'insert' : 'replace');
  const { format } = selection;
  const marks = selection.isCollapsed() ? null : $marksOfAll(selection);
  if (!selection.isCollapsed() && !$removeSelected(edit, selection, 'end')) return false;
  const writer = edit.begun ? edit : new SuggestedEdit(book, 'insert');
  words.split(/\r?\n/).forEach((line, at) => {
    if (at > 0) $splitAtCaret(writer);
    if (line !== '') $insertWords(writer, line, format, marks);
  });
  return true;
}

/** Suggests that what is selected goes. */
export function $suggestRemoval(book: SuggestionBook): boolean {
  const selection = $getSelection();
  if ($isNodeSelection(selection)) {
    const edit = new SuggestedEdit(book, 'delete');
    for (const node of selection.getNodes()) {
      const block = $blockOf(node);
      if (!block) continue;
      const place = { block, before: node.getNextSibling() };
      $removeNode(edit, node);
      $putCaret(place);
    }
    return true;
  }
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return false;
  return $removeSelected(new SuggestedEdit(book, 'delete'), selection, 'start', true);
}

/** As `$suggestRemoval`, for a range that keys have measured out; `caret` is where it stands afterwards. */
export function $suggestRemovalOf(book: SuggestionBook, selection: RangeSelection, caret: 'start' | 'end'): boolean {
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  const joins = start.key !== end.key && $blockOf(start.getNode()) !== $blockOf(end.getNode());
  return $removeSelected(new SuggestedEdit(book, joins ? 'join' : 'delete'), selection, caret, true);
}

/** Suggests a new paragraph at the caret. */
export function $suggestParagraph(book: SuggestionBook): boolean {
  const selection = $rangeSelection();
  if (!selection) return false;
  const edit = new SuggestedEdit(book, selection.isCollapsed() ? 'split' : 'replace');
  if (!selection.isCollapsed() && !$removeSelected(edit, selection, 'end')) return false;
  $splitAtCaret(edit);
  return true;
}

/** Suggests inline nodes (citations, people, line breaks, words with their formats) at the caret. */
export function $suggestInlines(
  book: SuggestionBook,
  nodes: readonly LexicalNode[],
  kind: Suggestion['kind'],
): boolean {
  return $suggestNodes(book, nodes, kind);
}

/** Suggests what was pasted: paragraphs and inline nodes mixed. */
export function $suggestNodes(
  book: SuggestionBook,
  nodes: readonly LexicalNode[],
  kind: Suggestion['kind'] = 'insert',
): boolean {
  $leaveNodes();
  const selection = $rangeSelection();
  if (!selection || nodes.length === 0) return false;
  let edit = new SuggestedEdit(book, selection.isCollapsed() ? kind : 'replace');
  if (!selection.isCollapsed() && !$removeSelected(edit, selection, 'end')) return false;
  if (!edit.begun) edit = new SuggestedEdit(book, kind);
  const paragraphs: { style: BlockStyle | null; inlines: LexicalNode[] }[] = [];
  for (const node of $flattenTables(nodes, false)) {
    if ($isElementNode(node))
      paragraphs.push({ style: $isBlockNode(node) ? node.getBlockStyle() : null, inlines: node.getChildren() });
    else if (paragraphs.at(-1)?.style === null) paragraphs.at(-1)?.inlines.push(node);
    else paragraphs.push({ style: null, inlines: [node] });
  }
  paragraphs.forEach(({ style, inlines }, at) => {
    if (at > 0) $splitAtCaret(edit);
    const place = $caretPlace();
    if (!place) return;
    const { block } = place;
    const fresh = block.isEmpty();
    for (const node of inlines) $insertInline(edit, node);
    if (style !== null && fresh) $changeStyle(edit, block, style);
  });
  return true;
}

/** Suggests a format for the selected words; false for a caret, whose format is nobody's business yet. */
export function $suggestFormat(book: SuggestionBook, format: TextFormatType | 'small-caps'): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return false;
  const range = $rangeOf(selection);
  const texts = range?.nodes.filter($isTextNode) ?? [];
  const [first, last] = [texts[0], texts.at(-1)];
  if (!first || !last) return true;
  const before = new Map(texts.map((node) => [node, lookOf(node)]));
  if (format === 'small-caps') {
    const on = !texts.every((node) => $hasMark(node, SMALL_CAPS_MARK));
    for (const node of texts) $setMark(node, SMALL_CAPS_MARK, on);
  } else {
    const on = !texts.every((node) => node.hasFormat(format));
    for (const node of texts) if (node.hasFormat(format) !== on) node.toggleFormat(format);
  }
  const edit = new SuggestedEdit(book, 'format');
  for (const [node, look] of before) $noteLook(edit, node.getLatest(), look);
  selection.anchor.set(first.getKey(), 0, 'text');
  selection.focus.set(last.getKey(), last.getTextContentSize(), 'text');
  return true;
}

/** Suggests a style for every block that the selection touches. */
export function $suggestStyles(book: SuggestionBook, style: BlockStyle): void {
  const edit = new SuggestedEdit(book, 'style');
  for (const block of $selectedBlocks()) $changeStyle(edit, block, style);
}

/** Suggests lines as blocks of their own behind that of the caret. */
export function $suggestLines(book: SuggestionBook, lines: readonly { style: BlockStyle; text: string }[]): boolean {
  const place = $caretPlace();
  if (!place || lines.length === 0) return false;
  const edit = new SuggestedEdit(book, 'insert');
  $putCaret({ block: place.block, before: null });
  for (const { style, text } of lines) {
    $splitAtCaret(edit);
    if (text !== '') $insertWords(edit, text, 0);
    const block = $caretPlace()?.block;
    if (block) $changeStyle(edit, block, style);
  }
  return true;
}

/** From nodes selected alone, as an image is, the caret goes behind them: what is put there does not take their place. */
export function $leaveNodes(): void {
  const selection = $getSelection();
  if ($isNodeSelection(selection)) selection.getNodes().at(-1)?.selectNext(0, 0);
}

function $rangeSelection(): RangeSelection | null {
  const selection = $getSelection();
  return $isRangeSelection(selection) ? selection : null;
}

function $caretPlace(): Place | null {
  const selection = $rangeSelection();
  return selection && $placeOf(selection.anchor);
}

function $removeSelected(
  edit: SuggestedEdit,
  selection: RangeSelection,
  caret: 'start' | 'end',
  merges = false,
): boolean {
  const range = $rangeOf(selection);
  if (!range) return false;
  const { start, end, nodes, blocks, parted } = range;
  if (merges) {
    const beside = [
      ownIdOn($nodeBefore(start), 'del_', edit),
      ownIdOn(end.before, 'del_', edit),
      start.before === start.block.getFirstChild() ? ownIdOn(start.block.getPreviousSibling(), 'pDel_', edit) : null,
      end.before === null ? ownIdOn(end.block, 'pDel_', edit) : null,
    ].find((id) => id !== null);
    if (beside) edit.continue(beside);
  }
  // Nodes of the range go, so the place is held by what stays beside it.
  const behind = $nodeBefore(start);
  for (const node of nodes) $removeNode(edit, node);
  const first = nodes.find((node) => node.isAttached()) ?? null;
  for (const block of blocks.toReversed()) {
    const next = block.getNextSibling();
    if (!$isBlockNode(next)) continue;
    if (ownIdOn(block, 'pIns_', edit) !== null) $join(block, next);
    else if (ownIdOn(block, 'pDel_', edit) === null) $setSuggestionMark(block, `pDel_${edit.id()}`, 1);
  }
  // Between cells there is no end of what goes: the words in place of it stand at its start, as when nobody suggests.
  if (caret === 'end' && !parted) {
    const block = end.before ? $blockOf(end.before) : end.block.isAttached() ? end.block : start.block;
    $putCaret({ block: block ?? start.block, before: end.before });
  } else
    $putCaret({
      block: start.block,
      before: behind
        ? behind.getNextSibling()
        : first?.getParent()?.is(start.block)
          ? first
          : start.block.getFirstChild(),
    });
  return true;
}

/** [DO14] */
function $removeNode(edit: SuggestedEdit, node: LexicalNode): void {
  if (ownIdOn(node, 'ins_', edit) !== null && edit.mayRemove(node)) node.remove();
  else if (ownIdOn(node, 'del_', edit) === null) $setSuggestionMark(node, `del_${edit.id()}`, 1);
}

/** [DO12] [DO17] The block takes up the next one for good. */
export function $join(block: BlockNode, next: BlockNode): void {
  const wasEmpty = block.isEmpty();
  const [own, state] = [
    stateOf(block.getLatest()) ?? {},
    joinStates(stateOf(block.getLatest()), stateOf(next.getLatest()), wasEmpty),
  ];
  if (wasEmpty) block.setBlockStyle(next.getBlockStyle());
  block.append(...next.getChildren());
  next.remove();
  for (const key of new Set([...Object.keys(own), ...Object.keys(state)])) {
    const value = state[key];
    if (own[key] !== value) $setSuggestionMark(block, key, value === undefined ? null : (value as string | 1));
  }
}

function $insertWords(edit: SuggestedEdit, words: string, format: number, marks: KeptMarks | null = null): void {
  const selection = $rangeSelection();
  if (!selection) return;
  const source = selection.anchor.getNode();
  if ($isTextNode(source) && $typesInto(edit, source, format)) {
    const { offset } = selection.anchor;
    source.spliceText(offset, 0, words, true);
    return;
  }
  const place = $placeOf(selection.anchor);
  if (!place) return;
  const behind = $nodeBefore(place);
  if ($isTextNode(behind) && $typesInto(edit, behind, format)) {
    behind.spliceText(behind.getTextContentSize(), 0, words, true);
    return;
  }
  if ($isTextNode(place.before) && $typesInto(edit, place.before, format)) {
    place.before.spliceText(0, 0, words, true);
    return;
  }
  const node = $createTextNode(words).setFormat(format);
  if ($isTextNode(source)) $copyPlainMarks(source, node);
  if (marks) $keepMarks(node, marks);
  $insertAt(edit, place, node);
  node.select(node.getTextContentSize(), node.getTextContentSize());
}

/** Whether words typed there become part of that run: an own insertion that nobody wants to delete, in this format. */
function $typesInto(edit: SuggestedEdit, node: TextNode, format: number): boolean {
  const id = ownIdOn(node, 'ins_', edit);
  if (id === null || isDeleted(node) || node.getFormat() !== format || !node.isSimpleText()) return false;
  if (edit.begun && edit.id() !== id) return false;
  edit.continue(id);
  return true;
}

function $insertInline(edit: SuggestedEdit, node: LexicalNode): void {
  const place = $caretPlace();
  if (!place) return;
  for (const key of Object.keys(stateOf(node) ?? {})) if (parseSuggestionKey(key)) $setSuggestionMark(node, key, null);
  $insertAt(edit, place, node);
  $putCaret({ block: place.block, before: node.getNextSibling() });
}

function $insertAt(edit: SuggestedEdit, place: Place, node: LexicalNode): void {
  $continueBeside(edit, place);
  $setSuggestionMark(node, `ins_${edit.id()}`, 1);
  if (place.before) place.before.insertBefore(node, false);
  else place.block.append(node);
}

/** Goes on with an own insertion that ends or begins at the place. */
function $continueBeside(edit: SuggestedEdit, place: Place): void {
  if (edit.begun) return;
  const behind = $nodeBefore(place);
  const id =
    ownIdOn(behind, 'ins_', edit) ??
    ownIdOn(place.before, 'ins_', edit) ??
    (behind === null ? ownIdOn(place.block.getPreviousSibling(), 'pIns_', edit) : null) ??
    (place.before === null ? ownIdOn(place.block, 'pIns_', edit) : null) ??
    $aroundNote(edit, place.block);
  if (id !== null) edit.continue(id);
}

/** [DO33] What is written into the note of an own suggested reference is part of that suggestion. */
function $aroundNote(edit: SuggestedEdit, block: BlockNode): string | null {
  const note = block.getParent();
  return $isNoteNode(note) ? edit.aroundNote(note.getNoteId()) : null;
}

function $copyPlainMarks(from: TextNode, to: TextNode): void {
  for (const [key, value] of Object.entries(stateOf(from.getLatest()) ?? {})) {
    if (parseSuggestionKey(key)) continue;
    if (value === 1) $setMark(to, key, true);
    else if (typeof value === 'string') $setSuggestionMark(to, key, value);
  }
}

/** [DO2] [DO18] */
function $splitAtCaret(edit: SuggestedEdit): void {
  const place = $caretPlace();
  if (!place) return;
  $continueBeside(edit, place);
  const { block } = place;
  const tail = place.before ? [place.before, ...place.before.getNextSiblings()] : [];
  const at = $createRangeSelection();
  const offset = tail.length > 0 ? 0 : block.getChildrenSize();
  at.anchor.set(block.getKey(), offset, 'element');
  at.focus.set(block.getKey(), offset, 'element');
  const style = block.getBlockStyle();
  const next = block.insertNewAfter(at, false);
  next.append(...tail);
  for (const [key, value] of Object.entries(stateOf(block.getLatest()) ?? {})) {
    const ends = isEndMark(key);
    if (ends || key.startsWith('sty_') || key.startsWith('lng_') || key === 'lang')
      $setSuggestionMark(next, key, value as string | 1);
    if (ends) $setSuggestionMark(block, key, null);
  }
  const id = edit.id();
  $setSuggestionMark(block, `pIns_${id}`, 1);
  if (next.getBlockStyle() !== style) $noteStyle(edit, next, style);
  $putCaret({ block: next, before: next.getFirstChild() });
}

function lookOf(node: TextNode): string {
  return formatLook(node.getFormat(), $hasMark(node, SMALL_CAPS_MARK));
}

/** Says what the look was before, once: an own insertion needs no word, and what is as it was before needs none any more. */
function $noteLook(edit: SuggestedEdit, node: TextNode, before: string): void {
  const now = lookOf(node);
  if (now === before || ownIdOn(node, 'ins_', edit) !== null) return;
  const noted = ownIdOn(node, 'fmt_', edit);
  if (noted === null) $setSuggestionMark(node, `fmt_${edit.id()}`, before);
  else if (stateOf(node)?.[`fmt_${noted}`] === now && looksOn(node) === 1)
    $setSuggestionMark(node, `fmt_${noted}`, null);
}

function looksOn(node: LexicalNode): number {
  return Object.keys(stateOf(node) ?? {}).filter((key) => key.startsWith('fmt_')).length;
}

function $changeStyle(edit: SuggestedEdit, block: BlockNode, style: BlockStyle): void {
  const before = block.getBlockStyle();
  if (before === style) return;
  block.setBlockStyle(style);
  $noteStyle(edit, block, before);
}

/** Says what the style was before, once. A suggestion that goes on may be older than a mark that is there: that one then tells. */
function $noteStyle(edit: SuggestedEdit, block: BlockNode, before: BlockStyle): void {
  if (ownIdOn(block, 'sty_', edit) !== null) return;
  const noted = Object.keys(stateOf(block.getLatest()) ?? {}).some((key) => key.startsWith('sty_'));
  if (!noted || !edit.continued) $setSuggestionMark(block, `sty_${edit.id()}`, before);
}

/** A line break inside the paragraph, suggested. */
export function $suggestLineBreak(book: SuggestionBook): boolean {
  return $suggestNodes(book, [$createLineBreakNode()]);
}
