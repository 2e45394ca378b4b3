import type { SerializedBlock, SerializedBody, SerializedInline } from '../document.ts';
import type { BlockShell, RunPiece } from './Redline.ts';

/** Letters `start` to `end` of a text node; of any other node the whole, 0 to 0. */
export interface Range {
  piece: RunPiece;
  start: number;
  end: number;
}

/** A word, a stretch of space, a sign, an inline node that is not text, or the end of a block. */
export interface Token {
  /** Equal tokens have equal keys; the look of a word is not part of it. */
  key: string;
  kind: 'word' | 'space' | 'sign' | 'node' | 'end';
  /** More than one where the look changes inside a word. */
  ranges: readonly Range[];
}

/** A block as the comparison reads it. What only changed blocks are asked for is made when it is asked for. */
export class TokenBlock {
  /** Equal for blocks with the same words and nodes, whatever their looks. */
  readonly key: string;
  readonly shell: BlockShell;
  readonly inlines: readonly RunPiece[];
  readonly endKey: string;
  #tokens: Token[] | null = null;
  #words: Map<string, number> | null = null;
  #wordCount = 0;

  constructor(shell: BlockShell, inlines: readonly RunPiece[]) {
    this.shell = shell;
    this.inlines = inlines;
    this.endKey = `\u0000end ${shell.type}`;
    this.key = this.endKey + inlines.map((piece) => textOf(piece) || nodeKey(piece)).join('');
  }

  /** Without its end. */
  get tokens(): readonly Token[] {
    return (this.#tokens ??= readInlines(this.inlines));
  }

  /** How often each word stands in it; other nodes count as words. */
  get words(): ReadonlyMap<string, number> {
    if (this.#words) return this.#words;
    const words = new Map<string, number>();
    for (const { kind, key } of this.tokens) {
      if (kind !== 'word' && kind !== 'node') continue;
      this.#wordCount += 1;
      words.set(key, (words.get(key) ?? 0) + 1);
    }
    this.#words = words;
    return words;
  }

  get wordCount(): number {
    return this.words.size === 0 ? 0 : this.#wordCount;
  }
}

const PARTS = /\s+|[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;

/** Every block of a body. Nodes that this program does not know count as wholes, so nothing of them is lost. */
export function readTokens(body: SerializedBody): TokenBlock[] {
  let at = 0;
  return body.root.children.map((element) => {
    const block = element as SerializedBlock;
    const inlines = (block.children ?? []).map((node) => ({ node, at: at++ }));
    return new TokenBlock(block.children ? { ...block, children: [] } : block, inlines);
  });
}

function readInlines(inlines: readonly RunPiece[]): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < inlines.length; ) {
    let end = start;
    while (end < inlines.length && textOf(inlines[end] as RunPiece) !== '') end += 1;
    if (end > start) readWords(inlines.slice(start, end), tokens);
    const piece = inlines[end];
    if (piece) tokens.push({ key: nodeKey(piece), kind: 'node', ranges: [{ piece, start: 0, end: 0 }] });
    start = end + 1;
  }
  return tokens;
}

/** Words of neighbouring text nodes: one that is partly bold is still one word. */
function readWords(run: readonly RunPiece[], tokens: Token[]): void {
  const whole = run.length === 1 ? textOf(run[0] as RunPiece) : run.map(textOf).join('');
  let index = 0;
  let used = 0;
  for (const text of whole.match(PARTS) ?? []) {
    const ranges: Range[] = [];
    for (let left = text.length; left > 0; ) {
      const piece = run[index] as RunPiece;
      const length = Math.min(left, textOf(piece).length - used);
      ranges.push({ piece, start: used, end: used + length });
      used += length;
      left -= length;
      if (used === textOf(piece).length) {
        index += 1;
        used = 0;
      }
    }
    tokens.push({ key: text, kind: kindOf(text), ranges });
  }
}

/** The part of a node that a range names. */
export function cutRange({ piece, start, end }: Range): RunPiece {
  const text = textOf(piece);
  if (start === 0 && end === text.length) return piece;
  return { node: { ...piece.node, text: text.slice(start, end) } as SerializedInline, at: piece.at };
}

/** The letters of a text piece; empty for any other node, and for a text without letters, which counts as a whole. */
export function textOf({ node }: RunPiece): string {
  return node.type === 'text' && typeof node.text === 'string' ? node.text : '';
}

function kindOf(text: string): Token['kind'] {
  return /^\s/.test(text) ? 'space' : /^[\p{L}\p{M}\p{N}_]/u.test(text) ? 'word' : 'sign';
}

function nodeKey({ node }: RunPiece): string {
  return `\u0000${stableJson(node)}\u0000`;
}

/** JSON with sorted keys and without marks: what a node is, not what is said about it. */
function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([key, each]) => key !== '$' && each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${stableJson(each)}`).join(',')}}`;
}
