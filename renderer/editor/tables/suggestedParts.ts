import type { LexicalNode } from 'lexical';
import { parseSuggestionKey, suggestionIdsOf } from '../../../shared/domain/resolveSuggestions.ts';
import { stateOf } from '../nodes/textState.ts';
import { $cellAround, $tableAround } from './tableShape.ts';

/** Suggestions about the row, the column or the table that a node stands in. */
export function $partSuggestionsAround(node: LexicalNode): string[] {
  const cell = $cellAround(node);
  const table = $tableAround(cell);
  const row = cell?.getParent();
  if (!cell || !table || !row) return [];
  const state = stateOf(table) ?? {};
  const onTable = suggestionIdsOf(state).filter((id) =>
    Object.keys(state).some((key) => {
      if (parseSuggestionKey(key)?.id !== id) return false;
      return key.startsWith('r') || String(state[key]).split(' ').includes(cell.getColumn());
    }),
  );
  return [...new Set([...suggestionIdsOf(stateOf(row)), ...onTable])];
}
