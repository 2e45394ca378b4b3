import type { LexicalNode } from 'lexical';
import { type PassageLanguage, parsePassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { $getStateValue, $setStateValue } from '../nodes/stateValue.ts';

/** Key of the language on words and blocks. */
export const LANGUAGE_MARK = 'lang';

/** The language that the node itself names; null when it has that of what is around it. */
export function $getOwnLanguage(node: LexicalNode): PassageLanguage | null {
  return parsePassageLanguage($getStateValue(node, LANGUAGE_MARK));
}

/** Names the node's language, or none with null; a node that already is so is left alone. */
export function $setOwnLanguage(node: LexicalNode, value: PassageLanguage | null): void {
  if ($getOwnLanguage(node) !== value) $setStateValue(node, LANGUAGE_MARK, value);
}

/** The language on the node, from the version given (no editor state needed). */
export function ownLanguageOf(node: LexicalNode): PassageLanguage | null {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  return parsePassageLanguage(state?.[LANGUAGE_MARK]);
}
