import { $isElementNode, type LexicalNode, type NodeKey, type UpdateListenerPayload } from 'lexical';
import { suggestionIdsOf } from '../../../shared/domain/resolveSuggestions.ts';
import { stateOf } from '../nodes/textState.ts';

/** What of an update tells which nodes were changed. */
export type EditorChange = Pick<
  UpdateListenerPayload,
  'prevEditorState' | 'editorState' | 'dirtyElements' | 'dirtyLeaves'
>;

/** [DO19] Suggestions that a node has lost its mark of in this update; others may have it still. */
export function findLostSuggestions({
  prevEditorState,
  editorState,
  dirtyElements,
  dirtyLeaves,
}: EditorChange): Set<string> {
  const before = prevEditorState._nodeMap;
  const now = editorState._nodeMap;
  const lost = new Set<string>();
  const compare = (key: NodeKey): void => {
    const old = before.get(key);
    if (!old) return;
    const next = now.get(key);
    if (next === old) return;
    if (old.__state) {
      const kept = new Set(next ? suggestionIdsOf(stateOf(next)) : []);
      for (const id of suggestionIdsOf(stateOf(old))) if (!kept.has(id)) lost.add(id);
    }
    // Only what was changed itself is named: what went with its block is found in it.
    if (!next && $isElementNode(old))
      for (let child: NodeKey | null = old.__first; child !== null; ) {
        compare(child);
        child = (before.get(child) as LexicalNode).__next;
      }
  };
  for (const key of dirtyLeaves) compare(key);
  for (const key of dirtyElements.keys()) compare(key);
  return lost;
}

/** Those of the ids that a node of one of the states carries. */
export function findMarked(
  states: readonly UpdateListenerPayload['editorState'][],
  ids: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  for (const state of states)
    for (const node of state._nodeMap.values())
      if (node.__state) for (const id of suggestionIdsOf(stateOf(node))) if (ids.has(id)) found.add(id);
  return found;
}
