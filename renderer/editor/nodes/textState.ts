import { $getState, $setState, createState, type LexicalNode, type StateConfig } from 'lexical';

/**
 * Marks on words are NodeState, one key each, so that they overlap and concurrent typing inside them merges. A mark is
 * 1 or null: null removes it (undefined throws inside Yjs's encoder).
 */
type Mark = StateConfig<string, 1 | null>;
const marks = new Map<string, Mark>();

function markOf(key: string): Mark {
  let mark = marks.get(key);
  if (!mark) {
    mark = createState(key, { parse: (value) => (value === 1 ? 1 : null) });
    marks.set(key, mark);
  }
  return mark;
}

/** Key of the mark that makes words part of a claim. */
export const claimMark = (claimId: string): string => `cl_${claimId}`;
/** Key of the mark for small caps, which Lexical's format bits lack. */
export const SMALL_CAPS_MARK = 'sc';

export function $hasMark(node: LexicalNode, key: string): boolean {
  return $getState(node, markOf(key)) === 1;
}

/** Sets or removes the mark; a node that already has it so is left alone. */
export function $setMark(node: LexicalNode, key: string, on: boolean): void {
  if ($hasMark(node, key) !== on) $setState(node, markOf(key), on ? 1 : null);
}

/** All mark keys on the node, from the version given (no editor state needed). */
export function marksOf(node: LexicalNode): string[] {
  const state = node.__state?.toJSON().$ as Record<string, unknown> | undefined;
  return state ? Object.keys(state).filter((key) => state[key] === 1) : [];
}

/** Claim ids on the node. */
export function claimIdsOn(node: LexicalNode): string[] {
  const ids: string[] = [];
  for (const key of marksOf(node)) if (key.startsWith('cl_')) ids.push(key.slice(3));
  return ids;
}

/** A mark that holds a word instead of 1: of a suggestion, what was before. */
const values = new Map<string, StateConfig<string, string | 1 | null>>();

/** Sets a mark of a suggestion on words, an inline node or a block; null removes it. */
export function $setSuggestionMark(node: LexicalNode, key: string, value: string | 1 | null): void {
  let config = values.get(key);
  if (!config) {
    config = createState(key, { parse: (stored) => (typeof stored === 'string' || stored === 1 ? stored : null) });
    values.set(key, config);
  }
  if ($getState(node, config) !== value) $setState(node, config, value);
}

/** The node's NodeState as it is stored, unknown keys included; from the version given. */
export function stateOf(node: LexicalNode): Readonly<Record<string, unknown>> | undefined {
  return node.__state?.toJSON().$ as Readonly<Record<string, unknown>> | undefined;
}
