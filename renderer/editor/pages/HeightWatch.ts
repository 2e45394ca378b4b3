import type { NodeKey } from 'lexical';

/**
 * Tells how many lines some blocks take on the screen, once they are on it. The browser tells when it has laid them out
 * anyway: nothing is laid out for it.
 */
export class HeightWatch {
  readonly #tell: (key: NodeKey, lines: number) => void;
  readonly #elements = new Map<NodeKey, Element>();
  readonly #keys = new WeakMap<Element, NodeKey>();
  readonly #observer: ResizeObserver;

  constructor(tell: (key: NodeKey, lines: number) => void) {
    this.#tell = tell;
    this.#observer = new ResizeObserver((sizes) => {
      for (const { target, contentRect } of sizes) {
        const key = this.#keys.get(target);
        // Off the screen a block has a height of convenience.
        if (key === undefined || !target.checkVisibility({ contentVisibilityAuto: true })) continue;
        const linePx = Number.parseFloat(getComputedStyle(target).lineHeight);
        if (linePx > 0) this.#tell(key, Math.max(1, Math.round(contentRect.height / linePx)));
      }
    });
  }

  watch(key: NodeKey, element: HTMLElement | null): void {
    if (!element || this.#elements.get(key) === element) return;
    this.leave(key);
    this.#elements.set(key, element);
    this.#keys.set(element, key);
    this.#observer.observe(element);
  }

  leave(key: NodeKey): void {
    const element = this.#elements.get(key);
    if (!element) return;
    this.#observer.unobserve(element);
    this.#elements.delete(key);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#elements.clear();
  }
}
