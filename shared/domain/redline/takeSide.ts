import type { SerializedBlock, SerializedBody, SerializedInline } from '../document.ts';
import { type Redline, type RedlineRun, type RunPiece, sidesOf } from './Redline.ts';

/** The blocks of one side of a redline: exactly those of the text it was made from. */
export function takeSide(redline: Redline, side: 'before' | 'after'): SerializedBlock[] {
  const blocks: SerializedBlock[] = [];
  const gone = side === 'before' ? 'inserted' : 'deleted';
  let runs: RedlineRun[] = [];
  for (const row of redline.rows) {
    runs.push(...row.runs.filter((run) => sidesOf(run.mark)[side]));
    const shell = row[side];
    if (row.end === gone || !shell) continue;
    // A block of a kind without children keeps having none.
    const children = joinPieces(runs.map((run) => run[side] as RunPiece));
    blocks.push('children' in shell ? { ...shell, children } : shell);
    runs = [];
  }
  return blocks;
}

/** As `takeSide`, with the root of the text it belongs to. */
export function takeBodySide(redline: Redline, side: 'before' | 'after', root: SerializedBody): SerializedBody {
  return { ...root, root: { ...root.root, children: takeSide(redline, side) } };
}

/** Whole nodes of consecutive parts. */
export function joinPieces(pieces: readonly RunPiece[]): SerializedInline[] {
  const nodes: RunPiece[] = [];
  for (const piece of pieces) {
    const last = nodes.at(-1);
    if (last?.at === piece.at && last.node.type === 'text' && piece.node.type === 'text')
      nodes[nodes.length - 1] = { at: last.at, node: { ...last.node, text: last.node.text + piece.node.text } };
    else nodes.push(piece);
  }
  return nodes.map(({ node }) => node);
}
