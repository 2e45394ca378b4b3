import {
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import type { ClaimId, ThreadId } from '../../../shared/domain/ids.ts';
import { threadIdsOn } from '../comments/threadMarks.ts';
import type { SelectionState } from '../EditorApi.ts';
import { countWords } from '../index/readBlock.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $hasMark, claimIdsOn, SMALL_CAPS_MARK } from '../nodes/textState.ts';
import { $blockOf } from './formatCommands.ts';

export const NO_SELECTION: SelectionState = {
  collapsed: true,
  selectedWords: 0,
  blockStyle: null,
  blockKey: null,
  formats: { bold: false, italic: false, underline: false, smallCaps: false },
  claimIds: [],
  threadIds: [],
  citation: null,
  personId: null,
};

/** What the caret or the selection is about. */
export function readSelection(editor: LexicalEditor): SelectionState {
  return editor.getEditorState().read(() => {
    const selection = $getSelection();
    if ($isNodeSelection(selection)) {
      const [node] = selection.getNodes();
      if (!node) return NO_SELECTION;
      const block = $blockOf(node);
      const place = {
        ...NO_SELECTION,
        blockStyle: block?.getBlockStyle() ?? null,
        blockKey: block?.getKey() ?? null,
        threadIds: threadIdsAt([node], block),
      };
      if ($isCitationNode(node)) {
        const exhibitId = node.getExhibitId();
        return exhibitId ? { ...place, citation: { nodeKey: node.getKey(), exhibitId, page: node.getPage() } } : place;
      }
      return $isPersonMentionNode(node) ? { ...place, personId: node.getPersonId() || null } : place;
    }
    if (!$isRangeSelection(selection)) return NO_SELECTION;
    const anchor = selection.anchor.getNode();
    const block = $blockOf(anchor);
    const touched = selection.isCollapsed() ? [anchor] : selection.getNodes();
    const claimIds = new Set<ClaimId>();
    for (const node of touched) if ($isTextNode(node)) for (const id of claimIdsOn(node)) claimIds.add(id as ClaimId);
    return {
      collapsed: selection.isCollapsed(),
      selectedWords: selection.isCollapsed() ? 0 : countWords(selection.getTextContent()),
      blockStyle: block?.getBlockStyle() ?? null,
      blockKey: block?.getKey() ?? null,
      formats: {
        bold: selection.hasFormat('bold'),
        italic: selection.hasFormat('italic'),
        underline: selection.hasFormat('underline'),
        smallCaps: $isTextNode(anchor) && $hasMark(anchor, SMALL_CAPS_MARK),
      },
      claimIds: [...claimIds],
      threadIds: threadIdsAt(touched, block),
      citation: null,
      personId: null,
    };
  });
}

/** Threads on the nodes, then those about the whole paragraph. */
function threadIdsAt(nodes: readonly LexicalNode[], block: LexicalNode | null): ThreadId[] {
  const ids = new Set<ThreadId>();
  for (const node of block ? [...nodes, block] : nodes) for (const id of threadIdsOn(node)) ids.add(id);
  return [...ids];
}

export function sameSelection(a: SelectionState, b: SelectionState): boolean {
  return (
    a.collapsed === b.collapsed &&
    a.selectedWords === b.selectedWords &&
    a.blockStyle === b.blockStyle &&
    a.blockKey === b.blockKey &&
    a.personId === b.personId &&
    a.citation?.nodeKey === b.citation?.nodeKey &&
    a.citation?.page === b.citation?.page &&
    a.formats.bold === b.formats.bold &&
    a.formats.italic === b.formats.italic &&
    a.formats.underline === b.formats.underline &&
    a.formats.smallCaps === b.formats.smallCaps &&
    a.claimIds.length === b.claimIds.length &&
    a.claimIds.every((id, position) => id === b.claimIds[position]) &&
    a.threadIds.length === b.threadIds.length &&
    a.threadIds.every((id, position) => id === b.threadIds[position])
  );
}
