import { CLICK_COMMAND, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, type LexicalEditor, mergeRegister } from 'lexical';
import type { LinkApi } from '../LinkApi.ts';
import { $applyLink, $readLink, $removeLink } from './linkCommands.ts';

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
