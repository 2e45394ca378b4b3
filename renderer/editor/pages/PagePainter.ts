import type { LexicalEditor } from 'lexical';
import type { PageMark } from './PageEstimator.ts';
import './pages.css';

/**
 * Shows where pages begin on the blocks themselves, as a background and a word in the margin: it moves with the text, and
 * nobody has to read where that stands. (Elements anchored over the sheet stopped the painting of the window.)
 */
export class PagePainter {
  readonly #editor: LexicalEditor;
  #painted = new Map<HTMLElement, string>();
  #name: (page: number) => string = String;
  #marks: readonly PageMark[] = [];

  constructor(editor: LexicalEditor) {
    this.#editor = editor;
  }

  setName(name: (page: number) => string): void {
    this.#name = name;
    this.#painted = new Map([...this.#painted.keys()].map((element) => [element, '']));
    this.paint(this.#marks);
  }

  paint(marks: readonly PageMark[]): void {
    this.#marks = marks;
    const next = new Map<HTMLElement, PageMark[]>();
    for (const mark of marks) {
      const element = this.#editor.getElementByKey(mark.blockKey);
      if (!element) continue;
      const known = next.get(element);
      if (known) known.push(mark);
      else next.set(element, [mark]);
    }
    for (const element of this.#painted.keys()) if (!next.has(element)) clear(element);
    const painted = new Map<HTMLElement, string>();
    for (const [element, own] of next) {
      const key = own.map(({ page, line }) => `${page}:${line}`).join(' ');
      painted.set(element, key);
      if (this.#painted.get(element) !== key) this.#draw(element, own);
    }
    this.#painted = painted;
  }

  dispose(): void {
    for (const element of this.#painted.keys()) clear(element);
    this.#painted.clear();
  }

  #draw(element: HTMLElement, marks: readonly PageMark[]): void {
    const [first] = marks;
    if (!first) return;
    element.dataset.page = this.#name(first.page);
    const { style } = element;
    style.setProperty('--page-top', topOf(first));
    style.setProperty('--page-rules', marks.map(() => 'var(--page-rule)').join(', '));
    style.setProperty('--page-places', marks.map((mark) => `0 ${topOf(mark)}`).join(', '));
    style.setProperty('--page-sizes', marks.map(() => '100% 1px').join(', '));
  }
}

function topOf({ line }: PageMark): string {
  return line === 0 ? '0px' : `calc(${line * LINE_PX}px * var(--page-zoom, 1) + var(--page-lead, 0px))`;
}

/** Height of a line at 100 %, as in editor.css. */
const LINE_PX = 24;

function clear(element: HTMLElement): void {
  delete element.dataset.page;
  for (const name of ['--page-top', '--page-rules', '--page-places', '--page-sizes'])
    element.style.removeProperty(name);
}
