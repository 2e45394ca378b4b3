import { $getState, $setState, createState, type LexicalNode, type StateConfig } from 'lexical';

/** What a document holds under a key: of a mark 1 or what was before, of an id, a language or a link its words. */
export type StateValue = string | 1 | null;

/** One configuration for a key and no second: Lexical keeps what was written through one from whoever reads through another. */
const configs = new Map<string, StateConfig<string, StateValue>>();

function configOf(key: string): StateConfig<string, StateValue> {
  let config = configs.get(key);
  if (!config) {
    config = createState(key, { parse: (stored) => (typeof stored === 'string' || stored === 1 ? stored : null) });
    configs.set(key, config);
  }
  return config;
}

/** What is stored under the key, not judged yet; null for nothing. */
export function $getStateValue(node: LexicalNode, key: string): StateValue {
  return $getState(node, configOf(key));
}

/** Stores a value; null removes it (undefined throws inside Yjs's encoder). A node that already has it is left alone. */
export function $setStateValue(node: LexicalNode, key: string, value: StateValue): void {
  if ($getStateValue(node, key) !== value) $setState(node, configOf(key), value);
}
