import type { PageMenu } from '../../shared/ipc/menu.ts';

/** What the page of each window wants in the application's menu, which shows that of the window in front. */
export class WindowMenus {
  readonly #menus = new Map<number, readonly PageMenu[]>();
  readonly #onChanged: () => void;
  #front: number | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Of the window in front; none before its page has said anything. */
  get current(): readonly PageMenu[] {
    return (this.#front === null ? undefined : this.#menus.get(this.#front)) ?? [];
  }

  get front(): number | null {
    return this.#front;
  }

  write(windowId: number, menus: readonly PageMenu[]): void {
    this.#menus.set(windowId, menus);
    this.#front ??= windowId;
    if (windowId === this.#front) this.#onChanged();
  }

  bringToFront(windowId: number): void {
    if (windowId === this.#front) return;
    this.#front = windowId;
    this.#onChanged();
  }

  /** Its page is gone or begins anew. */
  forget(windowId: number): void {
    if (!this.#menus.delete(windowId)) return;
    if (windowId === this.#front) this.#onChanged();
  }
}
