import { CLICK_COMMAND, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, type LexicalEditor, mergeRegister } from 'lexical';
import { $applyLink, $readLink, $removeLink, type LinkAtCaret } from './linkCommands.ts';

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

export function createLinkApi(editor: LexicalEditor): LinkApi & { dispose(): void } {
  const listeners = new Set<() => void>();
  const follow = (): void => {
    for (const listener of listeners) listener();
  };
  const update = (run: () => boolean): boolean => {
    let done = false;
    editor.update(
      () => {
        done = run();
      },
      { discrete: true },
    );
    return done;
  };
  const stop = mergeRegister(
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        const on = event.target instanceof Element ? event.target.closest('[data-link]') : null;
        if (!on || !(event.ctrlKey || event.metaKey)) return false;
        // The caret comes to the click with the next change of the selection.
        requestAnimationFrame(follow);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (!event || !(event.ctrlKey || event.metaKey) || !$readLink()) return false;
        event.preventDefault();
        follow();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
  return {
    getLink: () => editor.getEditorState().read($readLink),
    applyLink: (address, words) => update(() => $applyLink(address, words)),
    removeLink: () => update($removeLink),
    subscribeLinkFollowed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stop();
      listeners.clear();
    },
  };
}
