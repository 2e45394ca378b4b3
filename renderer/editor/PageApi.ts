/** How many pages the filing would have, estimated (docs/decisions/023-page-view.md). */
export interface PageState {
  /** With the exhibit index; at least 1. */
  readonly count: number;
  /** How many of them the letter itself takes. */
  readonly letterCount: number;
  /** Page of the caret, from 1; null without one in the text. */
  readonly current: number | null;
}

/** The pages of the filing, as the rest of the window asks for them. */
export interface PageApi {
  /** The same object until something changed. */
  getPages(): PageState;
  /** Told within a second of a change, when the window has nothing else to do. */
  subscribePages(listener: () => void): () => void;
  /** Puts the caret where that page of the letter begins and shows it; false when there is no such page. */
  goToPage(number: number): boolean;
}
