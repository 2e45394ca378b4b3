import {
  $getRoot,
  $isElementNode,
  $isTextNode,
  $parseSerializedNode,
  type ElementFormatType,
  type ElementNode,
  type LexicalNode,
  type SerializedLexicalNode,
} from 'lexical';
import type { SerializedBlock, SerializedInline } from '../../../shared/domain/document.ts';
import type { BlockShell, Redline, RedlineRow, RedlineRun, RunPiece } from '../../../shared/domain/redline/Redline.ts';
import { sidesOf } from '../../../shared/domain/redline/Redline.ts';
import { joinPieces } from '../../../shared/domain/redline/takeSide.ts';
import { $isBlockNode, parseBlockStyle } from '../nodes/BlockNode.ts';
import { $setStateValue, type StateValue } from '../nodes/stateValue.ts';

/**
 * Makes the text of the editor, or of one note in it, which must be the redline's old side, into its new side. Blocks and words that are the
 * same on both sides are not touched, so that what a partner types in them at this moment stays. [DO53]
 */
export function $applyRedline(redline: Redline, root: ElementNode = $getRoot()): void {
  const blocks = root.getChildren();
  let index = 0;
  let at = 0;
  /** Words of the block that goes on here which stand in a block before it now. */
  let leaving: RedlineRun[] = [];
  /** Words of blocks that are gone which stand in the block that goes on here. */
  let coming: RedlineRun[] = [];
  for (const row of redline.rows) {
    const block = blocks[index];
    if (row.end === 'inserted') {
      const made = $makeBlock(row, [...coming, ...row.runs]);
      if (block) block.insertBefore(made);
      else root.append(made);
      leaving.push(...row.runs.filter((run) => sidesOf(run.mark).before));
      coming = [];
      continue;
    }
    if (!block) throw new Error('applyRedline: the text is another one');
    const size = $isElementNode(block) ? block.getChildrenSize() : 0;
    if (row.end === 'deleted') {
      block.remove();
      coming.push(...row.runs.filter((run) => sidesOf(run.mark).after));
      leaving = [];
    } else {
      const runs = [...leaving.map(asDeleted), ...coming.map(asInserted), ...row.runs];
      if (runs.some((run) => !isUntouched(run)) || !sameShell(row)) $changeBlock(block, row, runs, at);
      leaving = [];
      coming = [];
    }
    at += size;
    index += 1;
  }
}

function asDeleted(run: RedlineRun): RedlineRun {
  return { mark: 'deleted', before: run.before, after: null };
}
function asInserted(run: RedlineRun): RedlineRun {
  return { mark: 'inserted', before: null, after: run.after };
}

function isUntouched({ before, after }: RedlineRun): boolean {
  return before !== null && after !== null && (before.node === after.node || sameJson(before.node, after.node));
}

function sameShell({ before, after }: RedlineRow): boolean {
  return sameJson(before, after);
}

function afterPieces(runs: readonly RedlineRun[]): RunPiece[] {
  return runs.filter((run) => sidesOf(run.mark).after).map((run) => run.after as RunPiece);
}

function $makeBlock(row: RedlineRow, runs: readonly RedlineRun[]): LexicalNode {
  const shell = row.after as SerializedBlock;
  const children = joinPieces(afterPieces(runs));
  return $parse('children' in shell ? { ...shell, children } : shell);
}

function $changeBlock(block: LexicalNode, row: RedlineRow, runs: readonly RedlineRun[], at: number): void {
  const { after } = row;
  if (!$isBlockNode(block) || !after || after.type !== 'block') {
    block.replace($makeBlock(row, runs));
    return;
  }
  const style = parseBlockStyle(after.blockStyle);
  if (block.getBlockStyle() !== style) block.setBlockStyle(style);
  if (block.getDirection() !== after.direction) block.setDirection(after.direction);
  const format = after.format as ElementFormatType;
  if (block.getFormatType() !== format) block.setFormat(format);
  if (block.getIndent() !== after.indent) block.setIndent(after.indent);
  const [has, wants] = [stateOf(row.before), stateOf(after)];
  for (const key of new Set([...Object.keys(has), ...Object.keys(wants)]))
    $setStateValue(block, key, parseStateValue(wants[key]));
  $changeChildren(block, runs, at);
}

function stateOf(shell: BlockShell | null): Record<string, unknown> {
  return (shell?.$ ?? {}) as Record<string, unknown>;
}

function parseStateValue(value: unknown): StateValue {
  return typeof value === 'string' || value === 1 ? value : null;
}

/** Puts the new children in place; every text node that stays a text of the same look keeps being that node. */
function $changeChildren(block: ElementNode, runs: readonly RedlineRun[], at: number): void {
  const children = block.getChildren();
  const kept = new Set<LexicalNode>();
  const next: LexicalNode[] = [];
  for (const { node, from } of newNodes(runs)) {
    const old = from === null ? undefined : children[from - at];
    if (old && !kept.has(old) && $canBecome(old, node)) {
      if ($isTextNode(old) && node.type === 'text' && old.getTextContent() !== node.text) old.setTextContent(node.text);
      kept.add(old);
      next.push(old);
    } else next.push($parse(node));
  }
  for (const child of children) if (!kept.has(child)) child.remove();
  let last: LexicalNode | null = null;
  for (const node of next) {
    if (!kept.has(node)) {
      const first = block.getFirstChild();
      if (last) last.insertAfter(node);
      else if (first) first.insertBefore(node);
      else block.append(node);
    }
    last = node;
  }
}

/** The new nodes, each with the place of the old node whose words it keeps. */
function newNodes(runs: readonly RedlineRun[]): { node: SerializedInline; from: number | null }[] {
  const nodes: { pieces: RunPiece[]; from: number | null }[] = [];
  let last: number | null = null;
  for (const run of runs) {
    if (!sidesOf(run.mark).after || !run.after) continue;
    const open = run.after.at === last ? nodes.at(-1) : undefined;
    if (open && run.after.node.type === 'text') {
      open.pieces.push(run.after);
      open.from ??= run.before?.at ?? null;
    } else nodes.push({ pieces: [run.after], from: run.before?.at ?? null });
    last = run.after.at;
  }
  return nodes.map(({ pieces, from }) => ({ node: joinPieces(pieces)[0] as SerializedInline, from }));
}

function $canBecome(old: LexicalNode, node: SerializedInline): boolean {
  const json = old.exportJSON() as unknown as Record<string, unknown>;
  return sameJson({ ...json, text: '' }, { ...node, text: '' });
}

function $parse(json: SerializedBlock | SerializedInline): LexicalNode {
  return $parseSerializedNode(json as unknown as SerializedLexicalNode);
}

function sameJson(one: unknown, other: unknown): boolean {
  return stableJson(one) === stableJson(other);
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
