import { $getRoot, $isTextNode, type ElementNode, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical';
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

const MAX_CHARACTERS = 300;

/** Every suggestion that touches the text and its notes, in the order of reading: a note is read at its reference. */
export function readSuggestions(editor: LexicalEditor, notes: LexicalEditor | null = null): OpenSuggestion[] {
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
    notes.getEditorState().read(() => readBlocks(notes, note, at), { editor: notes });
    inNote = false;
  };
  editor.getEditorState().read(() => readBlocks(editor, $getRoot(), at, readNote), { editor });
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
  readNote: (noteId: string) => void = () => {},
): void {
  for (let block = parent.getFirstChild(); block !== null; block = block.getNextSibling()) {
    if ($isTableNode(block)) {
      readTable(block, at);
      for (const cell of block.getChildren().flatMap((row) => ($isRowNode(row) ? $cellsOf(row) : [])))
        readBlocks(editor, cell, at, readNote);
    }
    if (!$isBlockNode(block)) continue;
    const blockKey = block.getKey();
    for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling()) {
      if (node.__state) readNode(editor, node, blockKey, at);
      if ($isFootnoteNode(node)) readNote(node.getNoteId());
    }
    if (block.__state) readBlockEnd(block, at);
  }
}

type EntryAt = (id: string, node: LexicalNode, blockKey: NodeKey) => OpenSuggestion;

function readNode(editor: LexicalEditor, node: LexicalNode, blockKey: NodeKey, at: EntryAt): void {
  const state = stateOf(node);
  const ids = suggestionIdsOf(state);
  if (!state || ids.length === 0) return;
  const words = $isTextNode(node) ? node.getTextContent() : pageText(editor, node);
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
  if ($isFootnoteNode(node)) return `[${editor.getElementByKey(node.getKey())?.textContent || '…'}] `;
  if ($isImageNode(node)) return `[${node.getAlt()}]`;
  return editor.getElementByKey(node.getKey())?.textContent || '…';
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
