import { $getRoot, $isTextNode, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical';
import { parseSuggestionKey, suggestionIdsOf } from '../../../shared/domain/resolveSuggestions.ts';
import { $isImageNode } from '../images/ImageNode.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { stateOf } from '../nodes/textState.ts';
import type { OpenSuggestion } from '../SuggestionApi.ts';

const MAX_CHARACTERS = 300;

/** Every suggestion that touches the text, in the order of reading. */
export function readSuggestions(editor: LexicalEditor): OpenSuggestion[] {
  const found = new Map<string, OpenSuggestion>();
  const at = (id: string, node: LexicalNode, blockKey: NodeKey): OpenSuggestion => {
    let entry = found.get(id);
    if (!entry) {
      entry = {
        id,
        inserted: '',
        deleted: '',
        formatted: '',
        splits: 0,
        joins: 0,
        style: null,
        nodeKey: node.getKey(),
        blockKey,
      };
      found.set(id, entry);
    }
    return entry;
  };
  editor.getEditorState().read(
    () => {
      for (let block = $getRoot().getFirstChild(); block !== null; block = block.getNextSibling()) {
        if (!$isBlockNode(block)) continue;
        const blockKey = block.getKey();
        for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling())
          if (node.__state) readNode(editor, node, blockKey, at);
        if (block.__state) readBlockEnd(block, at);
      }
    },
    { editor },
  );
  return [...found.values()];
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
    entry[field] = (entry[field] + words).slice(0, MAX_CHARACTERS);
  }
}

/** A citation or a person reads as the page shows it. */
function pageText(editor: LexicalEditor, node: LexicalNode): string {
  if (node.getType() === 'linebreak') return '↵';
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
    } else if (parsed.mark === 'sty_') entry.style ??= { before: String(state[key]), after: block.getBlockStyle() };
  }
}
