import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  type EditorState,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type PointType,
  type RangeSelection,
} from 'lexical';
import { parseSuggestionKey, suggestionIdsOf } from '../../../shared/domain/resolveSuggestions.ts';
import { VALUE_MARKS } from '../../../shared/domain/settleValues.ts';
import { $isImageNode } from '../images/ImageNode.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isNoteNode, type NoteNode } from '../nodes/NoteNode.ts';
import { stateOf } from '../nodes/textState.ts';
import type { OpenSuggestion } from '../SuggestionApi.ts';
import { $isRowNode } from '../tables/RowNode.ts';
import { $isTableNode, type TableNode } from '../tables/TableNode.ts';
import { $cellsOf, $rowsOf } from '../tables/tableShape.ts';
import { $suggestionsInSelection } from './answerSuggestions.ts';
import { $rangeOf } from './textRange.ts';

const MAX_CHARACTERS = 300;

/** Words that the page shows in place of a node. */
export interface PageWords {
  editor: LexicalEditor;
  key: NodeKey;
  words: string;
}

/**
 * Every suggestion that touches the text and its notes, in the order of reading: a note is read at its reference.
 * `pageWords` takes up what was read from the page.
 */
export function readSuggestions(
  editor: LexicalEditor,
  notes: LexicalEditor | null = null,
  pageWords: PageWords[] = [],
): OpenSuggestion[] {
  const found = new Map<string, OpenSuggestion>();
  let inNote = false;
  const at: EntryAt = (id, node, blockKey) => {
    let entry = found.get(id);
    if (!entry) {
      entry = {
        id,
        inserted: '',
        deleted: '',
        formatted: '',
        value: null,
        splits: 0,
        joins: 0,
        style: null,
        nodeKey: node.getKey(),
        blockKey,
        inNote,
      };
      found.set(id, entry);
    }
    return entry;
  };
  const notesById = notes ? readNotes(notes) : null;
  const readNote = (noteId: string): void => {
    const note = notesById?.get(noteId);
    if (!notes || !note) return;
    notesById?.delete(noteId);
    inNote = true;
    notes.getEditorState().read(() => readBlocks(notes, note, at, pageWords), { editor: notes });
    inNote = false;
  };
  editor.getEditorState().read(() => readBlocks(editor, $getRoot(), at, pageWords, readNote), { editor });
  return [...found.values()];
}

/** The notes with suggestions, by their ids. */
function readNotes(notes: LexicalEditor): Map<string, NoteNode> {
  const found = new Map<string, NoteNode>();
  notes.getEditorState().read(() => {
    for (const note of $getRoot().getChildren())
      if ($isNoteNode(note) && !found.has(note.getNoteId())) found.set(note.getNoteId(), note);
  });
  return found;
}

function readBlocks(
  editor: LexicalEditor,
  parent: ElementNode,
  at: EntryAt,
  pageWords: PageWords[],
  readNote: (noteId: string) => void = () => {},
): void {
  for (let block = parent.getFirstChild(); block !== null; block = block.getNextSibling()) {
    if ($isTableNode(block)) {
      readTable(block, at);
      for (const cell of block.getChildren().flatMap((row) => ($isRowNode(row) ? $cellsOf(row) : [])))
        readBlocks(editor, cell, at, pageWords, readNote);
    }
    if (!$isBlockNode(block)) continue;
    const blockKey = block.getKey();
    for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling()) {
      if (node.__state) readNode(editor, node, blockKey, at, pageWords);
      if ($isFootnoteNode(node)) readNote(node.getNoteId());
    }
    if (block.__state) readBlockEnd(block, at);
  }
}

type EntryAt = (id: string, node: LexicalNode, blockKey: NodeKey) => OpenSuggestion;

function readNode(
  editor: LexicalEditor,
  node: LexicalNode,
  blockKey: NodeKey,
  at: EntryAt,
  pageWords: PageWords[],
): void {
  const state = stateOf(node);
  const ids = suggestionIdsOf(state);
  if (!state || ids.length === 0) return;
  const words = $isTextNode(node) ? node.getTextContent() : pageText(editor, node);
  if (!$isTextNode(node)) pageWords.push({ editor, key: node.getKey(), words: wordsOnPage(editor, node.getKey()) });
  for (const key of Object.keys(state)) {
    const parsed = parseSuggestionKey(key);
    if (!parsed || !ids.includes(parsed.id)) continue;
    const field = parsed.mark === 'ins_' ? 'inserted' : parsed.mark === 'del_' ? 'deleted' : 'formatted';
    const entry = at(parsed.id, node, blockKey);
    if (parsed.mark === 'lnk_' || parsed.mark === 'lng_') entry.value ??= VALUE_MARKS[parsed.mark];
    entry[field] = (entry[field] + words).slice(0, MAX_CHARACTERS);
  }
}

/** A citation or a person reads as the page shows it. */
function pageText(editor: LexicalEditor, node: LexicalNode): string {
  if (node.getType() === 'linebreak') return '↵';
  if ($isFootnoteNode(node)) return `[${wordsOnPage(editor, node.getKey())}] `;
  if ($isImageNode(node)) return `[${node.getAlt()}]`;
  return wordsOnPage(editor, node.getKey());
}

const wordsOnPage = (editor: LexicalEditor, key: NodeKey): string => editor.getElementByKey(key)?.textContent || '…';

/** Whether the page shows other words there than those that were read. */
export function hasOtherWords({ editor, key, words }: PageWords): boolean {
  return wordsOnPage(editor, key) !== words;
}

function readBlockEnd(block: LexicalNode, at: EntryAt): void {
  const state = stateOf(block);
  const ids = suggestionIdsOf(state);
  if (!state || !$isBlockNode(block)) return;
  for (const key of Object.keys(state)) {
    const parsed = parseSuggestionKey(key);
    if (!parsed || !ids.includes(parsed.id)) continue;
    const entry = at(parsed.id, block, block.getKey());
    if (parsed.mark === 'pIns_') {
      entry.splits += 1;
      if (entry.inserted) entry.inserted = `${entry.inserted} ¶ `.slice(0, MAX_CHARACTERS);
    } else if (parsed.mark === 'pDel_') {
      entry.joins += 1;
      if (entry.deleted) entry.deleted = `${entry.deleted} ¶ `.slice(0, MAX_CHARACTERS);
    } else if (parsed.mark === 'lng_') {
      entry.value ??= 'lang';
      entry.formatted = (entry.formatted + block.getTextContent()).slice(0, MAX_CHARACTERS);
    } else if (parsed.mark === 'sty_') entry.style ??= { before: String(state[key]), after: block.getBlockStyle() };
  }
}

/** Rows and columns of a table, and tables as wholes. */
function readTable(table: TableNode, at: EntryAt): void {
  const note = (node: LexicalNode, key: string, what: 'table' | 'row' | 'column', words: string): void => {
    const parsed = parseSuggestionKey(key);
    if (!parsed) return;
    const way = parsed.mark.endsWith('Ins_') ? 'inserted' : 'deleted';
    const entry = at(parsed.id, node, table.getKey());
    entry.part = { what, way, count: (entry.part?.count ?? 0) + 1 };
    entry[way] = `${entry[way]} ${words}`.trim().slice(0, MAX_CHARACTERS);
  };
  const marksOn = (node: LexicalNode): string[] => {
    const state = stateOf(node);
    const ids = suggestionIdsOf(state);
    return Object.keys(state ?? {}).filter((key) => ids.includes(parseSuggestionKey(key)?.id ?? ''));
  };
  for (const key of table.__state ? marksOn(table) : []) {
    if (/^r(Ins|Del)_/.test(key)) note(table, key, 'table', table.getTextContent());
    else if (/^c(Ins|Del)_/.test(key))
      for (const id of String(stateOf(table)?.[key]).split(' ')) {
        const cells = $rowsOf(table).flatMap((row) => $cellsOf(row).filter((cell) => cell.getColumn() === id));
        note(table, key, 'column', cells.map((cell) => cell.getTextContent()).join(' '));
      }
  }
  for (const row of $rowsOf(table))
    for (const key of row.__state ? marksOn(row) : [])
      if (/^r(Ins|Del)_/.test(key)) note(row, key, 'row', row.getTextContent());
}

/** What one update of an editor changed. */
interface Update {
  dirtyElements: ReadonlyMap<NodeKey, boolean>;
  dirtyLeaves: ReadonlySet<NodeKey>;
  editorState: EditorState;
  prevEditorState: EditorState;
}

/**
 * Whether an update may change what {@link readSuggestions} says: something that it made, changed, moved or removed
 * carries a suggestion or did. Only nodes of the update are looked at, and the children of blocks that came or went.
 */
export function touchesSuggestions(update: Update): boolean {
  const maps = [update.editorState._nodeMap, update.prevEditorState._nodeMap];
  // A reference may bring a note that holds suggestions, or take it along.
  const carries = (node: LexicalNode): boolean => $isFootnoteNode(node) || suggestionIdsOf(stateOf(node)).length > 0;
  const holds = (node: LexicalNode, nodes: ReadonlyMap<NodeKey, LexicalNode>): boolean => {
    if (!$isBlockNode(node)) return true;
    for (let key = node.__first; key !== null; ) {
      const child: LexicalNode | undefined = nodes.get(key);
      if (!child || carries(child)) return true;
      key = child.__next;
    }
    return false;
  };
  for (const nodes of maps) {
    for (const key of update.dirtyLeaves) {
      const node = nodes.get(key);
      if (node && carries(node)) return true;
    }
    for (const [key, isOwnChange] of update.dirtyElements) {
      const node = key === 'root' ? undefined : nodes.get(key);
      if (node && (carries(node) || (isOwnChange && holds(node, nodes)))) return true;
    }
  }
  return false;
}

/** Suggestions at the caret or touched by the selection, read from the text as it stands: no node is split for it. */
export function $readSelected(): string[] {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return $suggestionsInSelection();
  const range = $rangeOf($wholeTexts(selection));
  if (!range) return [];
  const ids = new Set<string>();
  for (const node of [...range.nodes, ...range.blocks, range.end.block])
    for (const id of suggestionIdsOf(stateOf(node))) ids.add(id);
  return [...ids];
}

/** The selection with the whole of each text that it covers a part of. */
function $wholeTexts(selection: RangeSelection): RangeSelection {
  const whole = selection.clone();
  const [first, last] = whole.isBackward() ? [whole.focus, whole.anchor] : [whole.anchor, whole.focus];
  const sizeOf = ({ key }: PointType): number => $getNodeByKey(key)?.getTextContentSize() ?? 0;
  if (first.type === 'text' && first.offset < sizeOf(first)) first.offset = 0;
  if (last.type === 'text' && last.offset > 0) last.offset = sizeOf(last);
  return whole;
}
