import {
  $applyNodeReplacement,
  type DOMConversionMap,
  type DOMConversionOutput,
  type DOMExportOutput,
  type EditorConfig,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  ParagraphNode,
  type RangeSelection,
  type SerializedElementNode,
  type Spread,
} from 'lexical';
import { BLOCK_STYLES, type BlockStyle } from '../../../shared/domain/document.ts';
import { isLetterPart, styleBehind } from '../../../shared/domain/letterParts.ts';

export type SerializedBlockNode = Spread<
  { blockStyle: BlockStyle; textFormat: number; textStyle: string },
  SerializedElementNode
>;

const HEADING_LEVEL: Partial<Record<BlockStyle, number>> = { h1: 2, h2: 3, h3: 4, h4: 5 };

/** What Enter at the end of a block of each style begins. Styles that are not listed continue themselves. */
const NEXT_STYLE: Partial<Record<BlockStyle, BlockStyle>> = {
  h1: 'numbered',
  h2: 'numbered',
  h3: 'numbered',
  h4: 'numbered',
  centered: 'plain',
};

/**
 * The only block class. Its style is an attribute, because replacing a node by another class loses a peer's edit. It
 * extends ParagraphNode only so that it can stand in for the paragraphs that Lexical itself makes.
 */
export class BlockNode extends ParagraphNode {
  __blockStyle: BlockStyle = 'plain';

  static override getType(): string {
    return 'block';
  }

  static override clone(node: BlockNode): BlockNode {
    return new BlockNode(node.__key);
  }

  static override importJSON(serialized: SerializedBlockNode): BlockNode {
    return $createBlockNode()
      .updateFromJSON({ ...serialized, textFormat: 0, textStyle: '' })
      .setBlockStyle(parseBlockStyle(serialized.blockStyle));
  }

  static override importDOM(): DOMConversionMap {
    const as = (blockStyle: BlockStyle) => () => ({
      conversion: (): DOMConversionOutput => ({ node: $createBlockNode(blockStyle) }),
      priority: 1 as const,
    });
    return {
      p: as('numbered'),
      blockquote: as('quote'),
      li: (element: HTMLElement) => as(element.parentElement?.tagName === 'OL' ? 'ordered' : 'bullet')(),
      h1: as('h1'),
      h2: as('h2'),
      h3: as('h3'),
      h4: as('h4'),
      h5: as('h4'),
      h6: as('h4'),
    };
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__blockStyle = previous.__blockStyle;
  }

  override createDOM(_config: EditorConfig): HTMLElement {
    const element = document.createElement('p');
    element.className = 'block';
    writeStyle(element, this.__blockStyle);
    return element;
  }

  override updateDOM(previous: this, element: HTMLElement): boolean {
    if (previous.__blockStyle !== this.__blockStyle) writeStyle(element, this.__blockStyle);
    return false;
  }

  override exportDOM(_editor: LexicalEditor): DOMExportOutput {
    const style = this.getBlockStyle();
    const tag = /^h[1-4]$/.test(style) ? style : style === 'quote' ? 'blockquote' : 'p';
    return { element: document.createElement(tag) };
  }

  override exportJSON(): SerializedBlockNode {
    const { textFormat: _format, textStyle: _style, ...element } = super.exportJSON();
    return { ...element, blockStyle: this.getBlockStyle() } as SerializedBlockNode;
  }

  getBlockStyle(): BlockStyle {
    return parseBlockStyle(this.getLatest().__blockStyle);
  }

  setBlockStyle(blockStyle: BlockStyle): this {
    const writable = this.getWritable();
    writable.__blockStyle = blockStyle;
    return writable;
  }

  override insertNewAfter(selection: RangeSelection, restoreSelection = true): BlockNode {
    const style = this.getBlockStyle();
    const atEnd = selection.isCollapsed() && selection.anchor.offset === lastOffset(selection);
    const next = this.getNextSibling();
    const behind = isLetterPart(style)
      ? styleBehind(style, $isBlockNode(next) ? next.getBlockStyle() : null)
      : (NEXT_STYLE[style] ?? style);
    const block = $createBlockNode(atEnd ? behind : style);
    block.setDirection(this.getDirection());
    this.insertAfter(block, restoreSelection);
    return block;
  }

  /** Backspace at the start first takes the style away, and only then joins with the block before; never from a part. */
  override collapseAtStart(): boolean {
    if (isLetterPart(this.getBlockStyle()) && !this.isEmpty()) return true;
    if (this.getBlockStyle() === 'plain') return false;
    this.setBlockStyle('plain');
    return true;
  }

  override canBeEmpty(): true {
    return true;
  }
}

function lastOffset(selection: RangeSelection): number {
  const node = selection.anchor.getNode();
  return selection.anchor.type === 'text' ? node.getTextContentSize() : (node as ElementNode).getChildrenSize();
}

function writeStyle(element: HTMLElement, style: BlockStyle): void {
  element.dataset.style = style;
  const level = HEADING_LEVEL[style];
  if (level) {
    element.setAttribute('role', 'heading');
    element.setAttribute('aria-level', String(level));
  } else {
    element.removeAttribute('role');
    element.removeAttribute('aria-level');
  }
}

/** Any other word, as a newer program or a hostile peer might send, reads as 'plain'. */
export function parseBlockStyle(value: unknown): BlockStyle {
  return (BLOCK_STYLES as readonly unknown[]).includes(value) ? (value as BlockStyle) : 'plain';
}

export function $createBlockNode(blockStyle: BlockStyle = 'plain'): BlockNode {
  const node = $applyNodeReplacement(new BlockNode());
  node.__blockStyle = blockStyle;
  return node;
}

export function $isBlockNode(node: LexicalNode | null | undefined): node is BlockNode {
  return node instanceof BlockNode;
}
