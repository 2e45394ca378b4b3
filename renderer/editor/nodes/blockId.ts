import { type BlockId, isId } from '../../../shared/domain/ids.ts';
import type { BlockNode } from './BlockNode.ts';
import { $getStateValue, $setStateValue } from './stateValue.ts';

const BLOCK_ID = 'id';

/** What references name; null until the first one needs it. */
export function $getBlockId(block: BlockNode): BlockId | null {
  const value = $getStateValue(block, BLOCK_ID);
  return isId(value) ? (value as BlockId) : null;
}

/** Gives the block its id in this update, unless it has one. `taken`: ids that an earlier block holds already [DO3]. */
export function $ensureBlockId(block: BlockNode, freshId: () => BlockId, taken: ReadonlySet<string>): BlockId {
  const known = $getBlockId(block);
  if (known && !taken.has(known)) return known;
  const id = freshId();
  $setStateValue(block, BLOCK_ID, id);
  return id;
}
