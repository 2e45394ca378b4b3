import { createHeadlessEditor } from '@lexical/headless';
import {
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
} from 'lexical';
import { describe, expect, it, vi } from 'vitest';
import { $createBlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { jumpToEnds } from './jumpToEnds.ts';

const WORDS = ['The first words.', 'In between.', 'The last words.'];

function editorInTheMiddle(): LexicalEditor {
  const editor = createHeadlessEditor({
    namespace: 'jumps',
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  jumpToEnds(editor);
  editor.update(
    () => {
      for (const words of WORDS) $getRoot().append($createBlockNode('plain').append($createTextNode(words)));
      $getRoot().getAllTextNodes()[1]?.select(3, 3);
    },
    { discrete: true },
  );
  return editor;
}

/** Presses a key, and says whether it was kept from the browser. */
function press(
  editor: LexicalEditor,
  key: string,
  held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean },
): boolean {
  const preventDefault = vi.fn();
  const event = { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held, preventDefault };
  editor.update(() => void editor.dispatchCommand(KEY_DOWN_COMMAND, event as unknown as KeyboardEvent), {
    discrete: true,
  });
  return preventDefault.mock.calls.length > 0;
}

/** What is selected, and on which side of it the caret is. */
const selected = (editor: LexicalEditor): unknown =>
  editor.read(() => {
    const selection = $getSelection();
    if (!$isRangeSelection(selection)) return null;
    const { anchor, focus } = selection;
    return [anchor, focus].map((point) => [WORDS.indexOf(point.getNode().getTextContent()), point.offset]);
  });

describe('the keys to the ends of the text', () => {
  it.each([
    ['End', [2, 15]],
    ['Home', [0, 0]],
  ])('Ctrl+%s puts the caret there, with Shift it selects up to there', (key, end) => {
    const editor = editorInTheMiddle();
    expect(press(editor, key, { ctrlKey: true })).toBe(true);
    expect(selected(editor)).toEqual([end, end]);

    const other = editorInTheMiddle();
    expect(press(other, key, { ctrlKey: true, shiftKey: true })).toBe(true);
    expect(selected(other)).toEqual([[1, 3], end]);
  });

  it('what is typed there looks as the words there', () => {
    const editor = editorInTheMiddle();
    const formatOf = (key: string): unknown => {
      press(editor, key, { ctrlKey: true });
      return editor.read(() => {
        const selection = $getSelection();
        return $isRangeSelection(selection) ? selection.format : null;
      });
    };
    editor.update(
      () => {
        const texts = $getRoot().getAllTextNodes();
        texts[0]?.setFormat('bold');
        texts[1]?.setFormat('italic').select(1, 1);
      },
      { discrete: true },
    );
    expect([formatOf('End'), formatOf('Home')]).toEqual([0, 1]);
  });

  it('leaves every other key to whom it belongs', () => {
    const editor = editorInTheMiddle();
    expect(press(editor, 'End', {})).toBe(false);
    expect(press(editor, 'End', { ctrlKey: true, altKey: true })).toBe(false);
    expect(press(editor, 'ArrowDown', { ctrlKey: true })).toBe(false);
    expect(selected(editor)).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });
});
