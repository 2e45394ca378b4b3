import { $forEachSelectedTextNode } from '@lexical/selection';
import {
  $createTextNode,
  $getEditor,
  $getRoot,
  $getSelection,
  $insertNodes,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
  type RangeSelection,
  type TextNode,
} from 'lexical';
import type { ClaimId, ExhibitId, PersonId } from '../../../shared/domain/ids.ts';
import { $createCitationNode, $isCitationNode } from '../nodes/CitationNode.ts';
import { $createPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $hasMark, $setMark, claimMark } from '../nodes/textState.ts';
import { $suggesting, isReviewed } from '../suggestions/suggestingOf.ts';

/** Marks the selected words as the claim. False without a selection of words. */
export function $markClaim(claimId: ClaimId): boolean {
  // A claim is a record as well, and that is not a reviewer's to write [SY80].
  if (isReviewed($getEditor())) return false;
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return false;
  $trimSelection(selection);
  if (selection.getTextContent().trim() === '') return false;
  let marked = false;
  $forEachSelectedTextNode((node) => {
    $setMark(node, claimMark(claimId), true);
    marked = true;
  });
  return marked;
}

/** Takes the claim's mark off all words; the words stay. */
export function $unmarkClaim(claimId: ClaimId): void {
  if (isReviewed($getEditor())) return;
  for (const node of $wordsOf(claimId)) $setMark(node, claimMark(claimId), false);
}

/** The text nodes of a claim in reading order. */
export function $wordsOf(claimId: ClaimId): TextNode[] {
  return $getRoot()
    .getAllTextNodes()
    .filter((node) => $hasMark(node, claimMark(claimId)));
}

/** Inserts a citation at the caret, or after the last words of a claim and the citations that already follow them. */
export function $insertCitation(exhibitId: ExhibitId, page: number, afterClaim?: ClaimId): boolean {
  const citation = $createCitationNode(exhibitId, page);
  if (afterClaim === undefined) {
    if (!$isRangeSelection($getSelection())) return false;
    const hand = $suggesting();
    if (hand) return hand.nodes([citation], 'citation');
    $insertNodes([citation]);
    return true;
  }
  const last = $wordsOf(afterClaim).at(-1);
  if (!last) return false;
  const anchor = $lastCitationAfter(last) ?? last;
  const space = $createTextNode(' ');
  const hand = $suggesting();
  if (hand) {
    anchor.selectNext(0, 0);
    return hand.nodes([space, citation], 'citation');
  }
  anchor.insertAfter(space, false);
  space.insertAfter(citation, false);
  return true;
}

export function $insertPerson(personId: PersonId): boolean {
  if (!$isRangeSelection($getSelection())) return false;
  const hand = $suggesting();
  if (hand) return hand.nodes([$createPersonMentionNode(personId)], 'insert');
  $insertNodes([$createPersonMentionNode(personId)]);
  return true;
}

function $lastCitationAfter(words: LexicalNode): LexicalNode | null {
  let found: LexicalNode | null = null;
  for (let node = words.getNextSibling(); node !== null; node = node.getNextSibling()) {
    if ($isCitationNode(node)) found = node;
    else if (!$isTextNode(node) || node.getTextContent().trim() !== '') break;
  }
  return found;
}

/** White space at the ends of a selection belongs to no claim and no comment. */
export function $trimSelection(selection: RangeSelection): void {
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus];
  const first = start.getNode();
  if (start.type === 'text' && $isTextNode(first)) {
    const ahead = first.getTextContent().slice(start.offset);
    const spaces = ahead.length - ahead.trimStart().length;
    if (spaces < ahead.length) start.set(start.key, start.offset + spaces, 'text');
  }
  const last = end.getNode();
  if (end.type === 'text' && $isTextNode(last)) {
    const behind = last.getTextContent().slice(0, end.offset);
    const spaces = behind.length - behind.trimEnd().length;
    if (spaces < behind.length) end.set(end.key, end.offset - spaces, 'text');
  }
}
