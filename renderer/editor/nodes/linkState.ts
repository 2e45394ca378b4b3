import { $getState, $setState, createState, type LexicalNode } from 'lexical';
import { parseLinkAddress } from '../../../shared/domain/linkAddress.ts';

/** Key of the address of a link on its words [DO5]. */
export const LINK_MARK = 'href';
const link = createState(LINK_MARK, { parse: parseLinkAddress });

/** Where the words lead; null when they are no link. Addresses that a link may not have read as none. */
export function $getLink(node: LexicalNode): string | null {
  return $getState(node, link);
}

/** Makes the words a link, or none with null; a node that already is so is left alone. */
export function $setLink(node: LexicalNode, address: string | null): void {
  if ($getLink(node) !== address) $setState(node, link, address);
}

/** The address on the node, from the version given (no editor state needed). */
export function linkOf(node: LexicalNode): string | null {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  return parseLinkAddress(state?.[LINK_MARK]);
}
