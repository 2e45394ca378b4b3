import type { LexicalNode } from 'lexical';
import { parseLinkAddress } from '../../../shared/domain/linkAddress.ts';
import { $getStateValue, $setStateValue } from './stateValue.ts';

/** Key of the address of a link on its words [DO5]. */
export const LINK_MARK = 'href';

/** Where the words lead; null when they are no link. Addresses that a link may not have read as none. */
export function $getLink(node: LexicalNode): string | null {
  return parseLinkAddress($getStateValue(node, LINK_MARK));
}

/** Makes the words a link, or none with null; a node that already is so is left alone. */
export function $setLink(node: LexicalNode, address: string | null): void {
  if ($getLink(node) !== address) $setStateValue(node, LINK_MARK, address);
}

/** The address on the node, from the version given (no editor state needed). */
export function linkOf(node: LexicalNode): string | null {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  return parseLinkAddress(state?.[LINK_MARK]);
}
