import { $getNodeByKey, $getSelection, $insertNodes, $isRangeSelection } from 'lexical';
import type { ReferenceKind } from '../../../shared/domain/document.ts';
import type { BlockId } from '../../../shared/domain/ids.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import { $ensureBlockId, $getBlockId } from '../nodes/blockId.ts';
import { $createReferenceNode } from '../nodes/ReferenceNode.ts';
import type { ReferenceChoice } from '../ReferenceApi.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $listBlocks } from '../tables/tableShape.ts';

/**
 * Inserts a reference at the caret; the block it names gets its id in the same update. `typed`: how many characters
 * before the caret (the sign and what was searched for) it takes the place of. False without a caret or target.
 */
export function $insertReference(choice: ReferenceChoice, freshId: () => BlockId, typed = 0): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const target = $targetOf(choice, freshId);
  if (target === null) return false;
  const hand = $suggesting();
  if (typed > 0 && selection.isCollapsed() && selection.anchor.type === 'text') {
    const { key, offset } = selection.anchor;
    selection.anchor.set(key, Math.max(0, offset - typed), 'text');
    if (hand) hand.removal();
    else selection.removeText();
  }
  const reference = $createReferenceNode(choice.kind, target);
  if (hand) return hand.nodes([reference], 'insert');
  $insertNodes([reference]);
  return true;
}

function $targetOf(choice: ReferenceChoice, freshId: () => BlockId): string | null {
  switch (choice.kind) {
    case 'exhibit':
      return choice.exhibitId;
    case 'person':
      return choice.personId;
    case 'note':
      return choice.noteId;
    default: {
      const block = $getNodeByKey(choice.blockKey);
      if (!$isBlockNode(block) || !block.isAttached()) return null;
      const taken = new Set<string>();
      for (const node of $listBlocks()) {
        if (node.is(block)) break;
        const id = $getBlockId(node);
        if (id) taken.add(id);
      }
      return $ensureBlockId(block, freshId, taken);
    }
  }
}

/** The kind of reference that a block of this style takes; null for one without a number or label. */
export function referenceKindOf(style: string): Extract<ReferenceKind, 'paragraph' | 'heading'> | null {
  if (/^h[1-4]$/.test(style)) return 'heading';
  return style === 'numbered' || style === 'ordered' ? 'paragraph' : null;
}
