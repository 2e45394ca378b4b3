import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  DRAGSTART_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
} from 'lexical';
import { parseLinkAddress } from '../../../shared/domain/linkAddress.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import type { EditorBinding } from '../binding/bindEditor.ts';
import { $applyLink, $typeAfterLink } from '../commands/linkCommands.ts';
import type { DrawId } from '../tables/tableCommands.ts';
import { cleanLink } from './cleanLink.ts';
import { $fitHere, $insertPasted } from './insertPasted.ts';
import { PASTE_LIMITS, type PastedContent, PasteTooLarge } from './Pasted.ts';
import { type PasteProgress, PasteRun } from './PasteRun.ts';
import { readClipboardHtml } from './readClipboardHtml.ts';
import { readClipboardText } from './readClipboardText.ts';

/** What the window around the editor does for a paste. */
export interface PasteHost {
  notify(notice: Notice): void;
  /** Null when the paste has ended. */
  showProgress(progress: PasteProgress | null): void;
}

/** Our own clipboard format: keeps claims and citations. */
const OWN_FORMAT = 'application/x-lexical-editor';
/** Up to here a paste is read and put in at once. */
const AT_ONCE = { characters: 200_000, blocks: 300 };

export interface PasteControl {
  cancel(): void;
  dispose(): void;
}

/** Takes over pasting, and dropping of words from other programs. `draw` is for the ids of tables. */
export function registerPaste(
  editor: LexicalEditor,
  binding: EditorBinding,
  draw: DrawId,
  host: PasteHost,
): PasteControl {
  let run: PasteRun | null = null;
  const $take = (data: DataTransfer): boolean => {
    if (run || !editor.isEditable()) return true;
    const own = data.getData(OWN_FORMAT);
    if (own !== '' && own.length <= PASTE_LIMITS.htmlCharacters) return false;
    const text = data.getData('text/plain');
    if ($pasteAddress(text)) return true;
    const html = data.getData('text/html');
    const tooLong = html.length > PASTE_LIMITS.htmlCharacters;
    if (html === '' && text === '') return false;
    if (tooLong && text !== '' && text.length <= PASTE_LIMITS.textCharacters) host.notify({ code: 'paste-words-only' });
    const reading = () =>
      html !== '' && !(tooLong && text !== '')
        ? readClipboardHtml(html, PASTE_LIMITS)
        : readClipboardText(text, PASTE_LIMITS);
    if (Math.max(tooLong ? 0 : html.length, html === '' || tooLong ? text.length : 0) > AT_ONCE.characters) {
      void paste(reading());
      return true;
    }
    try {
      const content = readAll(reading());
      const isEmpty = content.blocks.length === 0;
      const read = isEmpty && text.trim() !== '' ? readAll(readClipboardText(text, PASTE_LIMITS)) : content;
      if (read.blocks.length > AT_ONCE.blocks) void paste(readAgain(read));
      else if (read.blocks.length > 0) {
        const { items, tablesAsLines } = $fitHere(read.blocks);
        $insertPasted(items, draw);
        tellTables(tablesAsLines + content.largeTables, host);
      }
      tellLosses(content, host);
    } catch (error) {
      refuse(error);
    }
    return true;
  };
  const refuse = (error: unknown): void => {
    if (!(error instanceof PasteTooLarge)) throw error;
    host.notify({ code: 'paste-too-large' });
  };
  const paste = async (reading: Generator<void, PastedContent>): Promise<void> => {
    const current = new PasteRun(editor, binding, draw, nextTask);
    run = current;
    const root = editor.getRootElement();
    host.showProgress({ done: 0, total: 0 });
    editor.setEditable(false);
    root?.setAttribute('contenteditable', 'false');
    try {
      await nextTask();
      const content = await current.read(reading);
      const end = content ? await current.insert(content.blocks, host.showProgress) : 'cancelled';
      if (end === 'cancelled') host.notify({ code: 'paste-cancelled' });
      else if (end === 'place-gone') host.notify({ code: 'paste-place-gone' });
      if (content && end !== 'cancelled') {
        tellTables(current.tablesAsLines + content.largeTables, host);
        tellLosses(content, host);
      }
    } catch (error) {
      refuse(error);
    } finally {
      run = null;
      editor.setEditable(true);
      root?.setAttribute('contenteditable', 'true');
      host.showProgress(null);
      editor.focus();
    }
  };
  const stop = mergeRegister(
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = event instanceof ClipboardEvent ? event.clipboardData : null;
        // Files belong to the exhibit register; a program that copies words and a picture of them means the words.
        if (!data || (data.files.length > 0 && data.getData('text/html') === '' && data.getData('text/plain') === ''))
          return false;
        if (!$take(data)) return false;
        event.preventDefault();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      (input) => {
        if (typeof input === 'string') return $typeAfterLink(input);
        return input.dataTransfer ? $take(input.dataTransfer) : false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    // A dragged piece of text would move a block's words and misplace a peer's concurrent edit.
    editor.registerCommand(
      DRAGSTART_COMMAND,
      (event) => {
        event.preventDefault();
        if (editor.isEditable()) host.notify({ code: 'drag-refused' });
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
  return {
    cancel: () => run?.cancel(),
    dispose() {
      run?.cancel();
      stop();
    },
  };
}

/** An address alone, pasted: over words it makes them a link; at the caret it is written as one. */
function $pasteAddress(text: string): boolean {
  const selection = $getSelection();
  const address = /^\s*(https?:\/\/|mailto:)\S+\s*$/i.test(text) ? cleanLink(text) : null;
  if (address === null || parseLinkAddress(address) === null || !$isRangeSelection(selection)) return false;
  return $applyLink(address);
}

function tellTables(count: number, host: PasteHost): void {
  if (count > 0) host.notify({ code: 'paste-tables-as-lines', params: { count } });
}

function tellLosses({ pictures, refusedLinks, deletions }: PastedContent, host: PasteHost): void {
  if (pictures > 0) host.notify({ code: 'paste-without-pictures', params: { count: pictures } });
  if (refusedLinks > 0) host.notify({ code: 'paste-without-links', params: { count: refusedLinks } });
  if (deletions > 0) host.notify({ code: 'paste-without-deletions', params: { count: deletions } });
}

function readAll(reading: Generator<void, PastedContent>): PastedContent {
  for (let step = reading.next(); ; step = reading.next()) if (step.done) return step.value;
}

function* readAgain(content: PastedContent): Generator<void, PastedContent> {
  yield;
  return content;
}

/** After the window has had its turn: input, painting. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
