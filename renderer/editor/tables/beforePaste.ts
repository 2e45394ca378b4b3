import { $getSelection, $isRangeSelection } from 'lexical';
import { PASTE_LIMITS } from '../paste/Pasted.ts';

/** What is longer is read in slices, and may be refused or stopped. */
const SURE_CHARACTERS = 200_000;

/**
 * Before a paste over the edge of cells or parts: `clear` takes away what is selected, when words are sure to come in its
 * place. Before any other (a picture, for which a form asks first; a very long paste) the caret goes to its start: nothing
 * is lost when nothing is pasted.
 */
export function $beforePaste(event: Event, clear: () => void): void {
  const selection = $getSelection();
  if (bringsWords('clipboardData' in event ? (event.clipboardData as DataTransfer | null) : null)) clear();
  else if ($isRangeSelection(selection)) {
    const { key, offset, type } = selection.isBackward() ? selection.focus : selection.anchor;
    selection.anchor.set(key, offset, type);
    selection.focus.set(key, offset, type);
  }
}

function bringsWords(data: DataTransfer | null): boolean {
  if (!data) return false;
  const own = data.getData('application/x-lexical-editor');
  if (own !== '') return own.length <= PASTE_LIMITS.htmlCharacters;
  const [html, text] = [data.getData('text/html'), data.getData('text/plain')];
  if (html.length > SURE_CHARACTERS || text.length > SURE_CHARACTERS) return false;
  if (`${html}${text}`.split(/[\n<]/).length > PASTE_LIMITS.blocks) return false;
  return text.trim() !== '' || html.replace(/<!--[\s\S]*?-->|<[^>]*>|&nbsp;/g, '').trim() !== '';
}
