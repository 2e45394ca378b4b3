import type { ComplaintStatus } from '../../shared/ipc/contract.ts';

/** How long good news may wait. */
const CALM_MS = 400;

/**
 * Passes the status on as a person can read it: bad news and changes of the connection at once, good news (saved,
 * acknowledged, partners catching up) at most every 400 ms. So "Saving…" stands while somebody types, instead of
 * flickering with every group that is written, and never says saved too early.
 */
export class CalmStatus {
  #shown: ComplaintStatus;
  #latest: ComplaintStatus;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onShow: () => void;

  constructor(first: ComplaintStatus, onShow: () => void) {
    this.#shown = first;
    this.#latest = first;
    this.#onShow = onShow;
  }

  /** What to show now. */
  get current(): ComplaintStatus {
    return this.#shown;
  }

  take(next: ComplaintStatus): void {
    this.#latest = next;
    if (isUrgent(this.#shown, next)) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), CALM_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = this.#latest;
    this.#onShow();
  }
}

function isUrgent(shown: ComplaintStatus, next: ComplaintStatus): boolean {
  return (
    (shown.saved && !next.saved) ||
    shown.relay !== next.relay ||
    shown.relayReason !== next.relayReason ||
    (shown.heldBack === null) !== (next.heldBack === null) ||
    shown.removed !== next.removed ||
    shown.role !== next.role ||
    (shown.missing.length === 0) !== (next.missing.length === 0)
  );
}
