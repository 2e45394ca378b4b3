import {
  $createNodeSelection,
  $getNodeByKey,
  $getSelection,
  $insertNodes,
  $isNodeSelection,
  $isRangeSelection,
  $setSelection,
  type NodeKey,
} from 'lexical';
import { IMAGE_WIDTH, parseAlt } from '../../../shared/domain/images/imageRules.ts';
import type { ImagePlace } from '../ImageApi.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $createImageNode, $isImageNode, type ImageFields, type ImageNode } from './ImageNode.ts';

/** [DO81] Puts an image in place of selected words, or behind a selected node; false without a caret or without words. */
export function $insertImage(fields: ImageFields): boolean {
  if (parseAlt(fields.alt) === '') return false;
  const selected = $getSelection();
  if ($isNodeSelection(selected)) selected.getNodes().at(-1)?.selectNext(0, 0);
  if (!$isRangeSelection($getSelection())) return false;
  const node = $createImageNode({ ...fields, alt: parseAlt(fields.alt) });
  const hand = $suggesting();
  if (hand) return hand.nodes([node], 'image');
  $insertNodes([node]);
  return true;
}

/** [DO81] [DO84] */
export function $changeImage(nodeKey: NodeKey, fields: Pick<ImageFields, 'alt' | 'width'>): boolean {
  const node = $getNodeByKey(nodeKey);
  if (!$isImageNode(node) || parseAlt(fields.alt) === '' || $suggesting()) return false;
  if (node.getAlt() !== parseAlt(fields.alt)) node.setAlt(fields.alt);
  if (node.getWidth() !== fields.width) node.setWidth(fields.width);
  return true;
}

/** Takes the image out of the text, or suggests that; the caret stands where it was. */
export function $removeImage(nodeKey: NodeKey): boolean {
  const node = $getNodeByKey(nodeKey);
  if (!$isImageNode(node)) return false;
  $selectImage(node);
  const hand = $suggesting();
  if (hand) return hand.removal();
  node.selectPrevious();
  node.remove();
  return true;
}

export function $selectImage(node: ImageNode): void {
  const selection = $createNodeSelection();
  selection.add(node.getKey());
  $setSelection(selection);
}

/** The image that is selected alone; null for none. */
export function $selectedImage(): ImageNode | null {
  const selection = $getSelection();
  const nodes = $isNodeSelection(selection) ? selection.getNodes() : [];
  return nodes.length === 1 && $isImageNode(nodes[0]) ? nodes[0] : null;
}

export function $readImage(node: ImageNode): ImagePlace {
  return { nodeKey: node.getKey(), imageId: node.getImageId(), alt: node.getAlt(), width: node.getWidth() };
}

/** The next width in steps, within the bounds. */
export function stepWidth(width: number, steps: number): number {
  const stepped = (Math.round(width / IMAGE_WIDTH.step) + steps) * IMAGE_WIDTH.step;
  return Math.min(IMAGE_WIDTH.max, Math.max(IMAGE_WIDTH.min, stepped));
}
