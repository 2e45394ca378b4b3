import {
  $createRangeSelection,
  $getNearestNodeFromDOMNode,
  $isTextNode,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  DRAGOVER_COMMAND,
  DROP_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
} from 'lexical';
import type { ImageRequest } from '../ImageApi.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $isImageNode } from './ImageNode.ts';
import { $readImage, $selectedImage, $selectImage, stepWidth } from './imageCommands.ts';

const STEPS: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, _: -1 };
/** Another program's clipboard longer than this holds more than a picture. */
const PICTURE_HTML_CHARACTERS = 20_000;

/**
 * Keys and files of images: Enter edits the selected one, + and − make it wider and narrower; files of pictures that are
 * pasted or dropped are handed to the window, which asks for words before anything is inserted.
 */
export function registerImages(editor: LexicalEditor, ask: (request: ImageRequest) => void): () => void {
  // What a request opens takes the focus: not inside an update.
  const later = (request: ImageRequest): void => queueMicrotask(() => ask(request));
  return mergeRegister(
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        const node = $selectedImage();
        if (!node) return false;
        event?.preventDefault();
        later({ kind: 'edit', image: $readImage(node) });
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const steps = STEPS[event.key];
        if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey || !editor.isEditable()) return false;
        const node = $selectedImage();
        if (!node) return false;
        event.preventDefault();
        if ($suggesting()) {
          later({ kind: 'refused' });
          return true;
        }
        const width = stepWidth(node.getWidth(), steps);
        if (width !== node.getWidth()) node.setWidth(width);
        later({ kind: 'resized', width });
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null;
        if (!$isImageNode(node)) return false;
        $selectImage(node);
        if (event.detail === 2) later({ kind: 'edit', image: $readImage(node) });
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = event instanceof ClipboardEvent ? event.clipboardData : null;
        const files = data ? picturesOf(data) : [];
        if (!data || files.length === 0 || !editor.isEditable() || holdsWords(data)) return false;
        event.preventDefault();
        later({ kind: 'insert', files });
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      DRAGOVER_COMMAND,
      (event) => {
        if (!event.dataTransfer?.types.includes('Files') || !editor.isEditable()) return false;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      DROP_COMMAND,
      (event) => {
        const files = event.dataTransfer ? picturesOf(event.dataTransfer) : [];
        if (files.length === 0 || !editor.isEditable()) return false;
        event.preventDefault();
        event.stopPropagation();
        $placeCaretAt(event);
        later({ kind: 'insert', files });
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
  );
}

/** Files that say to be pictures, of whatever kind: those that are not taken are refused with a sentence. */
function picturesOf(data: DataTransfer): File[] {
  return [...data.files].filter((file) => file.type.startsWith('image/'));
}

/** A program that copies words and a picture of them means the words; a browser copies a picture with its tag alone. */
function holdsWords(data: DataTransfer): boolean {
  if (data.getData('text/plain').trim() !== '') return true;
  const html = data.getData('text/html');
  if (html.length > PICTURE_HTML_CHARACTERS) return true;
  return html.replace(/<!--[\s\S]*?-->|<[^>]*>|&nbsp;/g, '').trim() !== '';
}

/** Where the pointer let go; the caret stays where it is when that is no place in the text. */
function $placeCaretAt(event: DragEvent): void {
  const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const node = place ? $getNearestNodeFromDOMNode(place.offsetNode) : null;
  if (!place || !node) return;
  if (!$isTextNode(node)) {
    node.selectEnd();
    return;
  }
  const selection = $createRangeSelection();
  const offset = Math.min(place.offset, node.getTextContentSize());
  selection.anchor.set(node.getKey(), offset, 'text');
  selection.focus.set(node.getKey(), offset, 'text');
  $setSelection(selection);
}
