import { type LexicalEditor, mergeRegister, type NodeKey } from 'lexical';
import type { ImageId } from '../../../shared/domain/ids.ts';
import { MAX_IMAGE_HEIGHT_INCHES } from '../../../shared/domain/images/imageRules.ts';
import type { ImageWords } from '../ImageApi.ts';
import type { ImageFiles } from './ImageFiles.ts';
import { ImageNode } from './ImageNode.ts';
import { $selectedImage } from './imageCommands.ts';

const PX_PER_INCH = 96;
/** Files are read when an image is this near to what is on screen. */
const NEAR = '1200px 0px';

interface Painted {
  element: HTMLElement;
  imageId: ImageId | '';
  alt: string;
  width: number;
}

/** Shows the images of the text: size at once, so that nothing jumps; the file once it is near and here. */
export class ImagePainter {
  readonly #editor: LexicalEditor;
  readonly #files: ImageFiles;
  readonly #painted = new Map<NodeKey, Painted>();
  readonly #near = new Set<Element>();
  readonly #observer: IntersectionObserver;
  readonly #stop: () => void;
  #words: ImageWords = { noAlt: '', state: () => '', name: (alt) => alt };
  #selected: NodeKey | null = null;

  constructor(editor: LexicalEditor, files: ImageFiles) {
    this.#editor = editor;
    this.#files = files;
    this.#observer = new IntersectionObserver((entries) => this.#arrive(entries), {
      rootMargin: NEAR,
      // The page scrolls inside the window, and its edge clips what the margin of the window would let in.
      scrollMargin: NEAR,
    } as IntersectionObserverInit);
    this.#stop = mergeRegister(
      editor.registerMutationListener(ImageNode, (mutations) => {
        for (const [key, mutation] of mutations) {
          if (mutation === 'destroyed') this.#forget(key);
          else this.#take(key);
        }
      }),
      editor.registerUpdateListener(({ editorState }) => {
        if (this.#painted.size === 0) return;
        this.#select(editorState.read(() => $selectedImage()?.getKey() ?? null));
      }),
    );
  }

  setWords(words: ImageWords): void {
    this.#words = words;
    this.repaint();
  }

  /** After records changed. */
  readonly repaint = (): void => {
    for (const painted of this.#painted.values()) this.#paint(painted);
  };

  /** The file of an image arrived, or turned out to be damaged. */
  readonly repaintImage = (imageId: ImageId): void => {
    for (const painted of this.#painted.values()) if (painted.imageId === imageId) this.#paint(painted);
  };

  dispose(): void {
    this.#stop();
    this.#observer.disconnect();
    this.#painted.clear();
  }

  #take(key: NodeKey): void {
    const element = this.#editor.getElementByKey(key);
    const fields = this.#editor.getEditorState().read(
      () => {
        const node = this.#editor.getEditorState()._nodeMap.get(key);
        return node instanceof ImageNode
          ? { imageId: node.getImageId(), alt: node.getAlt(), width: node.getWidth() }
          : null;
      },
      { editor: this.#editor },
    );
    if (!element || !fields) return;
    const before = this.#painted.get(key);
    if (before && before.element !== element) this.#forget(key);
    const painted = { element, ...fields };
    this.#painted.set(key, painted);
    if (before?.element !== element) this.#observer.observe(element);
    this.#paint(painted);
  }

  #forget(key: NodeKey): void {
    const painted = this.#painted.get(key);
    if (!painted) return;
    this.#observer.unobserve(painted.element);
    this.#near.delete(painted.element);
    this.#painted.delete(key);
  }

  #arrive(entries: readonly IntersectionObserverEntry[]): void {
    const near = new Set(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target));
    for (const painted of this.#painted.values())
      if (near.has(painted.element) && !this.#near.has(painted.element)) {
        this.#near.add(painted.element);
        this.#paint(painted);
      }
  }

  #select(key: NodeKey | null): void {
    if (key === this.#selected) return;
    if (this.#selected) this.#painted.get(this.#selected)?.element.classList.remove('selected');
    this.#selected = key;
    if (key) this.#painted.get(key)?.element.classList.add('selected');
  }

  #paint({ element, imageId, alt, width }: Painted): void {
    const record = this.#files.recordOf(imageId);
    const { state, url } = this.#near.has(element)
      ? this.#files.want(imageId)
      : { state: record?.blobId ? ('loading' as const) : ('gone' as const), url: '' };
    const words = alt || this.#words.noAlt;
    element.setAttribute('aria-label', this.#words.name(words, state));
    element.dataset['imageState'] = state;
    element.classList.toggle('image-unnamed', alt === '');
    setSize(element, width, record);
    const shown = element.firstElementChild;
    if (state === 'here') {
      if (shown instanceof HTMLImageElement && shown.src === url) return;
      const picture = document.createElement('img');
      picture.alt = '';
      picture.draggable = false;
      picture.decoding = 'async';
      picture.src = url;
      element.replaceChildren(picture);
      return;
    }
    const note = document.createElement('span');
    note.className = 'image-note';
    const name = document.createElement('span');
    name.className = 'image-alt';
    name.textContent = words;
    const said = document.createElement('span');
    said.className = 'image-said';
    said.textContent = this.#words.state(state);
    note.append(name, said);
    element.replaceChildren(note);
  }
}

/** As wide as it is asked to be, and never higher than a page. */
function setSize(element: HTMLElement, width: number, record: { widthPx: number; heightPx: number } | null): void {
  const { style } = element;
  if (!record || record.widthPx < 1 || record.heightPx < 1) {
    style.width = `${width}%`;
    style.aspectRatio = '';
    return;
  }
  const highest = MAX_IMAGE_HEIGHT_INCHES * PX_PER_INCH * (record.widthPx / record.heightPx);
  style.width = `min(${width}%, calc(${highest.toFixed(1)}px * var(--page-zoom, 1)))`;
  style.aspectRatio = `${record.widthPx} / ${record.heightPx}`;
}
