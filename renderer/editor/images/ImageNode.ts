import {
  $applyNodeReplacement,
  DecoratorNode,
  type DOMExportOutput,
  type LexicalNode,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import type { ImageId } from '../../../shared/domain/ids.ts';
import { IMAGE_WIDTH, parseAlt, parseImageId, parseImageWidth } from '../../../shared/domain/images/imageRules.ts';

export type SerializedImageNode = Spread<{ imageId: ImageId | ''; alt: string; width: number }, SerializedLexicalNode>;

/** An image in the text [DO80]. What it shows is painted by ImagePainter, from the file of its record. */
export class ImageNode extends DecoratorNode<null> {
  __imageId: ImageId | '' = '';
  __alt = '';
  /** Hundredths of the width of its paragraph's text. */
  __width: number = IMAGE_WIDTH.max;

  static override getType(): string {
    return 'image';
  }

  static override clone(node: ImageNode): ImageNode {
    return new ImageNode(node.__key);
  }

  static override importJSON(serialized: SerializedImageNode): ImageNode {
    const { imageId, alt, width } = serialized;
    return (
      $createImageNode({ imageId: parseImageId(imageId), alt: parseAlt(alt), width: parseImageWidth(width) })
        // Written by a program that may be newer: only what every node has is taken over as it is.
        .updateFromJSON(serialized)
    );
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__imageId = previous.__imageId;
    this.__alt = previous.__alt;
    this.__width = previous.__width;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'image';
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', this.getAlt());
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  /** Other programs get the words; the file stays here. */
  override exportDOM(): DOMExportOutput {
    const element = document.createElement('span');
    element.textContent = `[${this.getAlt()}]`;
    return { element };
  }

  override exportJSON(): SerializedImageNode {
    return { ...super.exportJSON(), imageId: this.getImageId(), alt: this.getAlt(), width: this.getWidth() };
  }

  override decorate(): null {
    return null;
  }

  override isInline(): true {
    return true;
  }

  override isKeyboardSelectable(): true {
    return true;
  }

  getImageId(): ImageId | '' {
    return parseImageId(this.getLatest().__imageId);
  }

  /** Empty only where another program left it out [DO81]. */
  getAlt(): string {
    return parseAlt(this.getLatest().__alt);
  }

  getWidth(): number {
    return parseImageWidth(this.getLatest().__width);
  }

  setAlt(alt: string): void {
    this.getWritable().__alt = parseAlt(alt);
  }

  setWidth(width: number): void {
    this.getWritable().__width = parseImageWidth(width);
  }
}

export interface ImageFields {
  imageId: ImageId | '';
  alt: string;
  width: number;
}

export function $createImageNode({ imageId, alt, width }: ImageFields): ImageNode {
  const node = $applyNodeReplacement(new ImageNode());
  node.__imageId = imageId;
  node.__alt = alt;
  node.__width = width;
  return node;
}

export function $isImageNode(node: LexicalNode | null | undefined): node is ImageNode {
  return node instanceof ImageNode;
}
