import { SuggestedEdit, type SuggestionBook } from './SuggestionBook.ts';
import {
  $suggestFormat,
  $suggestLines,
  $suggestNodes,
  $suggestRemoval,
  $suggestStyles,
  $suggestText,
} from './suggestEdits.ts';
import type { SuggestingHand } from './suggestingOf.ts';
import { $suggestValues } from './suggestValues.ts';

/** What the commands of an editor do while it suggests. */
export function createHand(book: SuggestionBook): SuggestingHand {
  return {
    text: (words) => $suggestText(book, words),
    nodes: (nodes, kind) => $suggestNodes(book, nodes, kind),
    format: (format) => $suggestFormat(book, format),
    styles: (style) => $suggestStyles(book, style),
    lines: (lines) => $suggestLines(book, lines),
    removal: () => $suggestRemoval(book),
    begin: (kind) => new SuggestedEdit(book, kind),
    values: (nodes, key, value) => $suggestValues(book, nodes, key, value),
  };
}
