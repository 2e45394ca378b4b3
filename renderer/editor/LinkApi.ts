/** The link at the caret or at the start of the selection. */
export interface LinkAtCaret {
  address: string;
  words: string;
}

/** Links of the text, for the window around the editor. */
export interface LinkApi {
  /** The link at the caret or at the start of the selection. */
  getLink(): LinkAtCaret | null;
  /** Makes the selected words, the link at the caret, or new `words` lead to an allowed address; false without a place. */
  applyLink(address: string, words?: string): boolean;
  removeLink(): boolean;
  /** Called when a person follows a link: Ctrl+click or Ctrl+Enter. The caret stands in it. */
  subscribeLinkFollowed(listener: () => void): () => void;
}
