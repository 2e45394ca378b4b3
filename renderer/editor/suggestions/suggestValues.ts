import type { LexicalNode } from 'lexical';
import type { VALUE_MARKS, ValueMark } from '../../../shared/domain/settleValues.ts';
import { $setSuggestionMark, stateOf } from '../nodes/textState.ts';
import { SuggestedEdit, type SuggestionBook } from './SuggestionBook.ts';
import { ownIdOn } from './suggestEdits.ts';

const MARK_OF: Record<'href' | 'lang', ValueMark> = { href: 'lnk_', lang: 'lng_' };

/** Suggests that words lead elsewhere, or that words or blocks are in another language. */
export function $suggestValues(
  book: SuggestionBook,
  nodes: readonly LexicalNode[],
  key: (typeof VALUE_MARKS)[ValueMark],
  value: string | null,
): void {
  const edit = new SuggestedEdit(book, key === 'href' ? 'link' : 'format');
  const mark = MARK_OF[key];
  for (const node of nodes) {
    const stored = stateOf(node.getLatest())?.[key];
    const before = typeof stored === 'string' ? stored : '';
    if (before === (value ?? '')) continue;
    $setSuggestionMark(node, key, value);
    // An own insertion needs no word, and what is as it was before needs none any more.
    if (ownIdOn(node, 'ins_', edit) !== null) continue;
    const noted = ownIdOn(node, mark, edit);
    const state = stateOf(node.getLatest()) ?? {};
    if (noted === null) $setSuggestionMark(node, `${mark}${edit.id()}`, before);
    else if (
      state[`${mark}${noted}`] === (value ?? '') &&
      Object.keys(state).filter((name) => name.startsWith(mark)).length === 1
    )
      $setSuggestionMark(node, `${mark}${noted}`, null);
  }
}
