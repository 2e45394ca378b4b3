import { $getRoot, $getSelection, $isRangeSelection, $isTextNode, type ElementNode, type LexicalNode } from 'lexical';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import {
  type CompareAge,
  type Settled,
  type SuggestionView,
  settleMarks,
  suggestionIdsOf,
} from '../../../shared/domain/resolveSuggestions.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $isNoteNode } from '../nodes/NoteNode.ts';
import { $setMark, $setSuggestionMark, SMALL_CAPS_MARK, stateOf } from '../nodes/textState.ts';
import { $answerTable } from '../tables/answerTable.ts';
import { $partSuggestionsAround } from '../tables/suggestedParts.ts';
import { $isTableNode, type TableNode } from '../tables/TableNode.ts';
import { $join } from './suggestEdits.ts';
import { $rangeOf } from './textRange.ts';

/** [DO11] Accepts or rejects the chosen suggestions in the text: what resolveSuggestions makes of its JSON. */
export function $answerSuggestions(view: SuggestionView, compareAge: CompareAge, only: (id: string) => boolean): void {
  $answerIn($getRoot(), view, compareAge, only);
}

function $answerIn(
  parent: ElementNode,
  view: SuggestionView,
  compareAge: CompareAge,
  only: (id: string) => boolean,
): void {
  const joins: { block: BlockNode; next: BlockNode }[] = [];
  const tables: TableNode[] = [];
  for (let block: LexicalNode | null = parent.getFirstChild(); block !== null; block = block.getNextSibling()) {
    if ($isNoteNode(block)) $answerIn(block, view, compareAge, only);
    if ($isTableNode(block)) tables.push(block);
    if (!$isBlockNode(block)) continue;
    for (const node of block.getChildren()) {
      const settled = settleMarks(
        { state: stateOf(node), ...($isTextNode(node) ? { format: node.getFormat() } : {}) },
        view,
        compareAge,
        only,
      );
      if (settled.removed) node.remove();
      else if (settled.changes.size > 0) $apply(node, settled);
    }
    const settled = settleMarks({ state: stateOf(block), style: block.getBlockStyle() }, view, compareAge, only);
    if (settled.changes.size > 0) {
      $apply(block, settled);
      if (settled.style !== null) block.setBlockStyle(settled.style as BlockStyle);
    }
    const next: LexicalNode | null = block.getNextSibling();
    if (settled.joined && $isBlockNode(next)) joins.push({ block, next });
  }
  // From the first on, so that each block takes up the next while it still knows itself to be empty or not.
  const into = new Map<string, BlockNode>();
  for (const { block, next } of joins) {
    const target = into.get(block.getKey()) ?? block;
    $join(target, next);
    into.set(next.getKey(), target);
  }
  for (const table of tables)
    for (const cell of $answerTable(table, (node) => settleMarks({ state: stateOf(node) }, view, compareAge, only)))
      $answerIn(cell, view, compareAge, only);
}

function $apply(node: LexicalNode, { changes, format, smallCaps }: Settled): void {
  for (const [key, value] of changes) $setSuggestionMark(node, key, value);
  if (!$isTextNode(node)) return;
  if (format !== null && node.getFormat() !== format) node.setFormat(format);
  if (smallCaps !== null) $setMark(node, SMALL_CAPS_MARK, smallCaps);
}

/** Suggestions at the caret or touched by the selection. */
export function $suggestionsInSelection(): string[] {
  const selection = $getSelection();
  if (selection === null) return [];
  const ids = new Set<string>();
  const add = (node: LexicalNode | null): void => {
    if (node) for (const id of suggestionIdsOf(stateOf(node))) ids.add(id);
  };
  if (!$isRangeSelection(selection)) selection.getNodes().forEach(add);
  else if (selection.isCollapsed()) {
    const node = selection.anchor.getNode();
    add(node);
    const { offset } = selection.anchor;
    if ($isTextNode(node)) {
      if (offset === 0) add(node.getPreviousSibling());
      if (offset === node.getTextContentSize()) add(node.getNextSibling());
    } else if ($isBlockNode(node)) add(node.getChildAtIndex(Math.max(0, offset - 1)));
    const block = $blockOf(node);
    // The end of a paragraph is met at its last letter, not everywhere in it.
    if (block && ids.size === 0) add(block);
    if (ids.size === 0) for (const id of $partSuggestionsAround(node)) ids.add(id);
  } else {
    const range = $rangeOf(selection);
    range?.nodes.forEach(add);
    range?.blocks.forEach(add);
    if (range) for (const id of suggestionIdsOf(stateOf(range.end.block))) if (id) ids.add(id);
  }
  return [...ids];
}
