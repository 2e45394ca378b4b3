import type { UserState } from '@lexical/yjs';
import { $getAnchorAndFocusForUserState, type BindingV2, type Provider, syncCursorPositions } from '@lexical/yjs';
import type { LexicalEditor, NodeKey } from 'lexical';

const SHOWN_OR_SKIPPED = 'contentvisibilityautostatechange';
/** Carets that move by themselves are drawn no more often: each drawing is a frame of its own, beside that of the words. */
const LEAST_MS = 100;

/**
 * The carets of the others, drawn once before each frame that needs it: where a caret stands can be read only from a
 * page that is laid out, and the library would lay it out with every update. A caret in a paragraph that the browser
 * skips is not drawn until that comes into view.
 */
export class PeerCursors {
  readonly #editor: LexicalEditor;
  readonly #binding: BindingV2;
  readonly #provider: Provider;
  readonly #readStates: () => Map<number, UserState>;
  readonly #restarted = new Set<number>();
  #frame: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #placedMs = Number.NEGATIVE_INFINITY;
  #watched: HTMLElement | null = null;

  /** `binding` is the library's, which never draws itself; `readStates` gives the others as they may be shown. */
  constructor(binding: BindingV2, provider: Provider, readStates: () => Map<number, UserState>) {
    this.#editor = binding.editor;
    this.#provider = provider;
    this.#readStates = readStates;
    this.#binding = Object.create(binding, { cursors: { value: new Map(), enumerable: true } }) as BindingV2;
  }

  /** To be called when a caret of another moves while the text stays as it is. */
  readonly schedule = (): void => {
    if (this.#frame !== null || this.#timer !== null || this.#binding.cursorsContainer === null) return;
    const restMs = this.#placedMs + LEAST_MS - performance.now();
    if (restMs <= 0) return this.scheduleNow();
    this.#timer = setTimeout(this.scheduleNow, restMs);
  };

  /** To be called after a change of text or layout, which is painted anyway. */
  readonly scheduleNow = (): void => {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#frame !== null || this.#binding.cursorsContainer === null) return;
    if (this.#binding.cursors.size === 0 && this.#readStates().size === 0) return;
    this.#frame = requestAnimationFrame(this.#place);
  };

  /** These moved: their names are shown again. */
  restart(clientIds: readonly number[]): void {
    for (const id of clientIds) this.#restarted.add(id);
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#frame = null;
    this.#timer = null;
    this.#watched?.removeEventListener(SHOWN_OR_SKIPPED, this.scheduleNow, { capture: true });
  }

  readonly #place = (): void => {
    this.#frame = null;
    this.#placedMs = performance.now();
    const root = this.#editor.getRootElement();
    if (!root) return;
    if (this.#watched !== root) {
      this.#watched?.removeEventListener(SHOWN_OR_SKIPPED, this.scheduleNow, { capture: true });
      root.addEventListener(SHOWN_OR_SKIPPED, this.scheduleNow, { capture: true });
      this.#watched = root;
    }
    const states = this.#readStates();
    for (const [id, state] of states)
      if (state.focusing && !this.#isShown(state)) states.set(id, { ...state, focusing: false });
    syncCursorPositions(this.#binding, this.#provider, { getAwarenessStates: () => states });
    for (const id of this.#restarted)
      for (const animation of this.#binding.cursors.get(id)?.selection?.name.getAnimations() ?? []) {
        animation.cancel();
        animation.play();
      }
    this.#restarted.clear();
  };

  /** Whether both ends stand where the browser lays out. Asks for styles alone. */
  #isShown(state: UserState): boolean {
    const { anchorKey, focusKey } = this.#editor.read(() => $getAnchorAndFocusForUserState(this.#binding, state));
    return this.#isLaidOut(anchorKey) || (anchorKey !== focusKey && this.#isLaidOut(focusKey));
  }

  #isLaidOut(key: NodeKey | null): boolean {
    const element = key === null ? null : this.#editor.getElementByKey(key);
    return element?.checkVisibility({ contentVisibilityAuto: true }) ?? false;
  }
}
