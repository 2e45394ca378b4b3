import type { LexicalEditor } from 'lexical';
import type { PageMark } from './PageEstimator.ts';
import './pages.css';

interface Painted {
  anchor: HTMLElement;
  line: number;
  mark: HTMLElement;
}

/**
 * Draws where pages begin: lines over the sheet, each anchored to the block that holds it, so that they move with the text
 * without anybody reading where it stands.
 */
export class PagePainter {
  readonly #editor: LexicalEditor;
  readonly #layer: HTMLElement;
  readonly #painted = new Map<number, Painted>();
  #name: (page: number) => string = String;
  #marks: readonly PageMark[] = [];

  constructor(editor: LexicalEditor, layer: HTMLElement) {
    this.#editor = editor;
    this.#layer = layer;
  }

  setName(name: (page: number) => string): void {
    this.#name = name;
    for (const [page, { mark }] of this.#painted) mark.dataset.name = name(page);
  }

  paint(marks: readonly PageMark[]): void {
    this.#marks = marks;
    const gone = new Set(this.#painted.keys());
    const anchors = new Map<HTMLElement, string[]>();
    for (const { page, blockKey, line } of marks) {
      const anchor = this.#editor.getElementByKey(blockKey);
      if (!anchor) continue;
      gone.delete(page);
      const names = anchors.get(anchor) ?? [];
      names.push(`--page-${page}`);
      anchors.set(anchor, names);
      const before = this.#painted.get(page);
      if (before?.anchor === anchor && before.line === line) continue;
      const mark = before?.mark ?? this.#add(page);
      mark.style.setProperty('--line-of-page', String(line));
      if (before && before.anchor !== anchor) before.anchor.style.removeProperty('anchor-name');
      this.#painted.set(page, { anchor, line, mark });
    }
    for (const page of gone) this.#remove(page);
    for (const [anchor, names] of anchors) {
      const value = names.join(', ');
      if (anchor.style.getPropertyValue('anchor-name') !== value) anchor.style.setProperty('anchor-name', value);
    }
  }

  /** Lights up where a page begins. */
  flash(page: number): void {
    const mark = this.#painted.get(page)?.mark;
    mark?.classList.add('flash');
    mark?.addEventListener('animationend', () => mark.classList.remove('flash'), { once: true });
  }

  /** Elements of blocks may be new ones. */
  repaint(): void {
    this.paint(this.#marks);
  }

  dispose(): void {
    for (const page of [...this.#painted.keys()]) this.#remove(page);
  }

  #add(page: number): HTMLElement {
    const mark = document.createElement('div');
    mark.className = 'page-mark';
    mark.dataset.page = String(page);
    mark.dataset.name = this.#name(page);
    mark.style.setProperty('position-anchor', `--page-${page}`);
    this.#layer.append(mark);
    return mark;
  }

  #remove(page: number): void {
    const painted = this.#painted.get(page);
    painted?.anchor.style.removeProperty('anchor-name');
    painted?.mark.remove();
    this.#painted.delete(page);
  }
}
