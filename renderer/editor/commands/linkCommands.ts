import { $forEachSelectedTextNode } from '@lexical/selection';
import {
  $createTextNode,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalNode,
  type RangeSelection,
  type TextNode,
} from 'lexical';
import type { LinkAtCaret } from '../LinkApi.ts';
import { $getLink, $setLink } from '../nodes/linkState.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $blockOf } from './formatCommands.ts';

/** The whole link that the caret stands in or the selection begins in; null outside of one. */
export function $readLink(): LinkAtCaret | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return null;
  const nodes = $linkedNodes(selection);
  const [first] = nodes;
  const address = first ? $getLink(first) : null;
  return address === null ? null : { address, words: nodes.map((node) => node.getTextContent()).join('') };
}

/**
 * Makes the selected words a link; with only a caret, changes the link it stands in, or types `words` (or the address)
 * as a new link. False without a place in the text.
 */
export function $applyLink(address: string, words = ''): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  if (!selection.isCollapsed()) {
    const chosen: TextNode[] = [];
    $forEachSelectedTextNode((node) => void chosen.push(node));
    $setLinks(chosen, address);
    return chosen.length > 0;
  }
  const linked = $linkedNodes(selection);
  if (linked.length > 0) {
    $setLinks(linked, address);
    return true;
  }
  if (!$blockOf(selection.anchor.getNode())) return false;
  const text = $createTextNode(words || address);
  text.setFormat(selection.format);
  $setLink(text, address);
  const hand = $suggesting();
  if (hand) return hand.nodes([text], 'link');
  selection.insertNodes([text]);
  return true;
}

/** Takes the link at the caret, or every link in the selection, off its words. False when there is none. */
export function $removeLink(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const nodes = selection.isCollapsed() ? $linkedNodes(selection) : selection.getNodes().filter($isTextNode);
  const links = nodes.filter((node) => $getLink(node) !== null);
  $setLinks(links, null);
  return links.length > 0;
}

function $setLinks(nodes: readonly TextNode[], address: string | null): void {
  const hand = $suggesting();
  if (hand) hand.values(nodes, 'href', address);
  else for (const node of nodes) $setLink(node, address);
}

/** What is typed at the end of a link is no part of it. True when it was typed here. */
export function $typeAfterLink(text: string): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return false;
  const node = selection.anchor.getNode();
  if (!$isTextNode(node) || selection.anchor.offset !== node.getTextContentSize()) return false;
  const address = $getLink(node);
  const next = node.getNextSibling();
  if (address === null || ($isTextNode(next) && $getLink(next) === address)) return false;
  const typed = $createTextNode(text);
  typed.setFormat(node.getFormat());
  node.insertAfter(typed);
  typed.selectEnd();
  return true;
}

/** All runs of the link around the anchor, which bold words and claims split. */
function $linkedNodes(selection: RangeSelection): TextNode[] {
  const point = selection.isBackward() ? selection.focus : selection.anchor;
  let at: LexicalNode | null = point.getNode();
  if (!$isTextNode(at)) return [];
  if (!selection.isCollapsed() && point.offset === at.getTextContentSize()) at = at.getNextSibling();
  if (!$isTextNode(at)) return [];
  const address = $getLink(at);
  if (address === null) return [];
  const nodes = [at];
  for (let node = at.getPreviousSibling(); $isTextNode(node) && $getLink(node) === address; )
    nodes.unshift(node), (node = node.getPreviousSibling());
  for (let node = at.getNextSibling(); $isTextNode(node) && $getLink(node) === address; )
    nodes.push(node), (node = node.getNextSibling());
  return nodes;
}
