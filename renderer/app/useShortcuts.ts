import { useEffect, useRef } from 'react';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { Commands } from '../ui/commands/CommandsContext.ts';
import { commandOfKey, isKeyOf } from '../ui/commands/commands.ts';

/** Listens for the keys of the registry that belong to the window, wherever the focus is. */
export function useShortcuts(commands: Commands, editor: EditorApi | null): void {
  const current = useRef(commands);
  current.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // Whatever has the focus may have taken the key for itself.
      if (event.defaultPrevented) return;
      const id = commandOfKey(event, 'window');
      if (id === null) return;
      event.preventDefault();
      current.current.run(id);
    };
    // Before the text, which would go on to the next word with these.
    const onSectionKey = (event: KeyboardEvent) => {
      const id = isKeyOf(event, 'section-up') ? 'section-up' : isKeyOf(event, 'section-down') ? 'section-down' : null;
      if (id === null || !editor?.hasFocus()) return;
      event.preventDefault();
      event.stopPropagation();
      current.current.run(id);
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keydown', onSectionKey, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keydown', onSectionKey, { capture: true });
    };
  }, [editor]);
}
