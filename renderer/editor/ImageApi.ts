import type { NodeKey } from 'lexical';
import type { ImageId } from '../../shared/domain/ids.ts';

/** An image of the text, as whoever edits it sees it. */
export interface ImagePlace {
  readonly nodeKey: NodeKey;
  readonly imageId: ImageId | '';
  readonly alt: string;
  readonly width: number;
}

/** What the text asks of the window around it. */
export type ImageRequest =
  /** Files were pasted, or dropped where the caret now stands. */
  | { readonly kind: 'insert'; readonly files: readonly File[] }
  | { readonly kind: 'edit'; readonly image: ImagePlace }
  /** A key made the image wider or narrower. */
  | { readonly kind: 'resized'; readonly width: number }
  | { readonly kind: 'selected'; readonly image: ImagePlace }
  /** Not while a person suggests [DO84]. */
  | { readonly kind: 'refused' };

/** Where the file of an image is, for this window. `gone`: no record says what it is. */
export type ImageState = 'here' | 'loading' | 'waiting' | 'damaged' | 'gone';

/** Images of the text, as the rest of the window asks for them. Commands answer false when they could not be done. */
export interface ImageApi {
  /** There is a caret or a selection in the text that an image could take the place of. */
  canInsert(): boolean;
  /** At the caret; suggested while the person suggests. */
  insert(image: { imageId: ImageId; alt: string; width: number }): boolean;
  /** Refused without words [DO81], and while the person suggests. */
  change(nodeKey: NodeKey, fields: { alt: string; width: number }): boolean;
  remove(nodeKey: NodeKey): boolean;
  /** The selected image; null for none. */
  getSelected(): ImagePlace | null;
  subscribeRequests(listener: (request: ImageRequest) => void): () => void;
}

/** What stands in the place of an image that cannot be shown. */
export interface ImageWords {
  readonly noAlt: string;
  state(state: Exclude<ImageState, 'here'>): string;
  /** Its name for a screen reader. */
  name(alt: string, state: ImageState): string;
}
