import { createHeadlessEditor } from '@lexical/headless';
import { registerRichText } from '@lexical/rich-text';
import {
  $createLineBreakNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isLineBreakNode,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  DELETE_CHARACTER_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalEditor,
  PASTE_COMMAND,
  REMOVE_TEXT_COMMAND,
} from 'lexical';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { SuggestionId } from '../../../shared/domain/ids.ts';
import { $copySection, $removeOriginals } from '../commands/moveSection.ts';
import { $createBlockNode, $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { createHand } from '../suggestions/createHand.ts';
import { registerSuggesting } from '../suggestions/registerSuggesting.ts';
import { SuggestionBook } from '../suggestions/SuggestionBook.ts';
import { setSuggesting } from '../suggestions/suggestingOf.ts';
import { $insertPart } from './insertPart.ts';
import { registerLetterParts } from './registerLetterParts.ts';

type Line = [BlockStyle, string];

function editorWith(lines: readonly Line[]): LexicalEditor {
  const editor = createHeadlessEditor({
    namespace: 'letter',
    nodes: [...EDITOR_NODES],
    onError: (error) => {
      throw error;
    },
  });
  registerRichText(editor);
  registerLetterParts(editor);
  editor.update(
    () => {
      $getRoot().clear();
      for (const [style, text] of lines) {
        const block = $createBlockNode(style);
        text.split('\n').forEach((words, at) => {
          if (at > 0) block.append($createLineBreakNode());
          if (words !== '') block.append($createTextNode(words));
        });
        $getRoot().append(block);
      }
    },
    { discrete: true },
  );
  return editor;
}

const $blocks = (): BlockNode[] => $getRoot().getChildren().filter($isBlockNode);
const read = (editor: LexicalEditor): Line[] =>
  editor.read(() => $blocks().map((block): Line => [block.getBlockStyle(), block.getTextContent()]));
const put = (editor: LexicalEditor, at: number, edge: 'start' | 'end'): void =>
  editor.update(() => void (edge === 'start' ? $blocks()[at]?.selectStart() : $blocks()[at]?.selectEnd()), {
    discrete: true,
  });
const run = (editor: LexicalEditor, work: () => void): void => editor.update(work, { discrete: true });
const enter = (editor: LexicalEditor): void =>
  run(editor, () => editor.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined));
const remove = (editor: LexicalEditor, backward: boolean): void =>
  run(editor, () => editor.dispatchCommand(DELETE_CHARACTER_COMMAND, backward));
const type = (editor: LexicalEditor, words: string): void =>
  run(editor, () => {
    const selection = $getSelection();
    if ($isRangeSelection(selection)) selection.insertText(words);
  });

describe('parts of the letter in the editor', () => {
  it('[DO91] Enter begins a line of the part, and on an empty one what a letter has behind it', () => {
    const editor = editorWith([
      ['address', 'Officer\nWashington'],
      ['numbered', 'Text'],
    ]);
    put(editor, 0, 'end');
    enter(editor);
    type(editor, 'USA');
    expect(read(editor)).toEqual([
      ['address', 'Officer\nWashington\nUSA'],
      ['numbered', 'Text'],
    ]);
    enter(editor);
    enter(editor);
    type(editor, 'Re: Data');
    expect(read(editor)).toEqual([
      ['address', 'Officer\nWashington\nUSA'],
      ['re', 'Re: Data'],
      ['numbered', 'Text'],
    ]);
    enter(editor);
    type(editor, 'Dear Officer:');
    expect(read(editor)[2]).toEqual(['plain', 'Dear Officer:']);
  });

  it('[DO91] the line that says how a letter is sent is followed by its addressee', () => {
    const editor = editorWith([['transmission', 'VIA EMAIL: a@b']]);
    put(editor, 0, 'end');
    enter(editor);
    type(editor, 'Officer');
    expect(read(editor)[1]).toEqual(['address', 'Officer']);
  });

  it('[DO92] Backspace and Delete beside a part join nothing', () => {
    const lines: Line[] = [
      ['numbered', 'Text'],
      ['signature', '____\nName'],
      ['signature', '____\nOther'],
      ['plain', 'cc'],
    ];
    const editor = editorWith(lines);
    for (const [at, edge] of [
      [1, 'start'],
      [2, 'start'],
      [3, 'start'],
      [0, 'end'],
      [1, 'end'],
      [2, 'end'],
    ] as const) {
      put(editor, at, edge);
      remove(editor, edge === 'start');
      expect(read(editor), `${edge} of ${at}`).toEqual(lines);
    }
    put(editor, 2, 'start');
    remove(editor, true);
    type(editor, '!');
    expect(read(editor)[1]).toEqual(['signature', '____\nName!']);
  });

  it('[DO92] an empty block beside a part goes, an empty part becomes a paragraph', () => {
    const editor = editorWith([
      ['plain', ''],
      ['address', 'Officer'],
      ['signature', ''],
    ]);
    put(editor, 1, 'start');
    remove(editor, true);
    put(editor, 1, 'start');
    remove(editor, true);
    expect(read(editor)).toEqual([
      ['address', 'Officer'],
      ['plain', ''],
    ]);
  });

  it('[DO92] a deletion across parts leaves what remains of each apart', () => {
    const editor = editorWith([
      ['numbered', 'First words'],
      ['plain', 'between'],
      ['signature', '____\nName'],
    ]);
    run(editor, () => {
      const [first, , last] = $blocks();
      const range = first?.getFirstChild()?.selectEnd() ?? first?.selectEnd();
      range?.anchor.set(first?.getFirstChild()?.getKey() ?? '', 5, 'text');
      range?.focus.set(last?.getFirstChild()?.getKey() ?? '', 2, 'text');
    });
    run(editor, () => editor.dispatchCommand(REMOVE_TEXT_COMMAND, null));
    expect(read(editor)).toEqual([
      ['numbered', 'First'],
      ['signature', '__\nName'],
    ]);
    type(editor, ' here');
    expect(read(editor)[0]).toEqual(['numbered', 'First here']);
  });

  it('[DO93] an addressee moves with the line that says how it is sent; a section leaves parts behind', () => {
    const editor = editorWith([
      ['transmission', 'one'],
      ['address', 'One'],
      ['transmission', 'two'],
      ['address', 'Two'],
      ['re', 'Re: x'],
      ['h1', 'A'],
      ['numbered', 'a'],
      ['h1', 'B'],
      ['numbered', 'b'],
      ['plain', 'Respectfully submitted,'],
      ['signature', 'S'],
    ]);
    const move = (at: number, way: 'up' | 'down'): boolean => {
      let pairs: ReturnType<typeof $copySection> = null;
      run(editor, () => {
        pairs = $copySection($blocks()[at]?.getKey() ?? '', way);
      });
      const copied = pairs as ReturnType<typeof $copySection>;
      if (copied) run(editor, () => $removeOriginals(copied));
      return copied !== null;
    };
    expect(move(1, 'down')).toBe(true);
    expect(
      read(editor)
        .slice(0, 4)
        .map(([, text]) => text),
    ).toEqual(['two', 'Two', 'one', 'One']);
    expect(move(3, 'down')).toBe(false);
    expect(move(4, 'up')).toBe(false);
    expect(move(7, 'up')).toBe(true);
    expect(
      read(editor)
        .slice(5)
        .map(([, text]) => text),
    ).toEqual(['B', 'b', 'A', 'a', 'Respectfully submitted,', 'S']);
  });

  it.each([
    ['words', 'pasted', ['On', 'xt']],
    ['a picture', '', ['One', 'Text']],
    ['what is too long', 'x'.repeat(5_000_000), ['One', 'Text']],
  ])(
    '[DO92] before the paste of %s over the edge of a part, words go only when others are sure to come',
    (_, words, left) => {
      const editor = editorWith([
        ['address', 'One'],
        ['numbered', 'Text'],
      ]);
      editor.registerCommand(PASTE_COMMAND, () => true, COMMAND_PRIORITY_CRITICAL);
      put(editor, 0, 'end');
      run(editor, () => {
        const selection = $getSelection();
        const [one, text] = $blocks().map((block) => block.getFirstChildOrThrow());
        if (!$isRangeSelection(selection) || !one || !text) throw new Error('no selection');
        selection.anchor.set(one.getKey(), 2, 'text');
        selection.focus.set(text.getKey(), 2, 'text');
        const clipboardData = { getData: (type: string) => (type === 'text/plain' ? words : '') };
        editor.dispatchCommand(PASTE_COMMAND, { clipboardData } as unknown as ClipboardEvent);
        expect($getSelection()?.isCollapsed()).toBe(true);
      });
      expect(read(editor).map(([, text]) => text)).toEqual(left);
    },
  );

  it('[DO95] a new part stands behind the one of the caret, its first words to fill in selected', () => {
    const editor = editorWith([
      ['transmission', 'one'],
      ['address', 'One'],
      ['re', 'Re: x'],
    ]);
    put(editor, 0, 'end');
    run(editor, () => void $insertPart('address'));
    type(editor, 'b@c');
    expect(read(editor).map(([style]) => style)).toEqual(['transmission', 'address', 'transmission', 'address', 're']);
    expect(read(editor)[2]).toEqual(['transmission', 'VIA EMAIL: b@c']);
    expect(read(editor)[3]?.[1].split('\n')).toHaveLength(5);
  });

  it.each([
    [3, 0],
    [4, 1],
  ])(
    '[DO14] [DO91] while device 3 suggests, Enter on an empty last line that device %i suggested leaves %i breaks',
    (by, left) => {
      const editor = editorWith([['address', 'Officer']]);
      const map = new Y.Doc().getMap<unknown>('suggestions');
      let made = 0;
      const [own, other] = [3, by].map(
        (device) =>
          new SuggestionBook({
            map,
            by: device,
            now: () => ++made,
            freshId: () => `suggestion${String(++made).padStart(6, '0')}` as SuggestionId,
          }),
      ) as [SuggestionBook, SuggestionBook];
      put(editor, 0, 'end');
      run(editor, () => void createHand(other).nodes([$createLineBreakNode()], 'insert'));
      other.write();
      registerSuggesting(editor, own, () => true);
      setSuggesting(editor, createHand(own));
      put(editor, 0, 'end');
      enter(editor);
      const breaks = editor.read(() => $blocks()[0]?.getChildren().filter($isLineBreakNode));
      expect(breaks).toHaveLength(left);
    },
  );

  it('[DO92] [DO95] suggests all of it while suggesting', () => {
    const editor = editorWith([
      ['numbered', 'Text'],
      ['signature', '____'],
    ]);
    const map = new Y.Doc().getMap<unknown>('suggestions');
    let made = 0;
    const book = new SuggestionBook({
      map,
      by: 3,
      now: () => ++made,
      freshId: () => `suggestion${String(++made).padStart(6, '0')}` as SuggestionId,
    });
    registerSuggesting(editor, book, () => true);
    setSuggesting(editor, createHand(book));
    put(editor, 1, 'start');
    remove(editor, true);
    expect(JSON.stringify(editor.getEditorState())).not.toContain('pDel_');
    put(editor, 1, 'end');
    enter(editor);
    run(editor, () => void $insertPart('signature'));
    const blocks = editor.getEditorState().toJSON().root.children as unknown as {
      blockStyle: string;
      $?: object;
      children: { $?: object }[];
    }[];
    expect(blocks.map(({ blockStyle }) => blockStyle)).toEqual(['numbered', 'signature', 'signature']);
    expect(Object.keys(blocks[1]?.$ ?? {}).some((key) => key.startsWith('pIns_'))).toBe(true);
    for (const child of blocks[2]?.children ?? [])
      expect(Object.keys(child.$ ?? {}).some((key) => key.startsWith('ins_'))).toBe(true);
  });
});
