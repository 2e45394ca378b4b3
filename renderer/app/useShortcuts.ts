import { useEffect, useRef } from 'react';

/** What the window's own keys do. */
export interface ShortcutCommands {
  openPalette(): void;
  toggleLeft(): void;
  toggleRight(): void;
  markClaim(): void;
  cite(): void;
  insertPerson(): void;
  refer(): void;
  openActivity(): void;
  comment(): void;
  openComments(): void;
  find(): void;
  replace(): void;
  /** 0 means back to 100%. */
  zoom(steps: number): void;
}

/** Keys of the window: Ctrl Alt M and Ctrl Alt Shift M for comments; Ctrl (or Cmd) with K, \, Shift \, Shift K, Shift E, Shift O, Shift J, Shift L, F (F3), H, and plus, minus, zero for the page. */
export function useShortcuts(commands: ShortcutCommands): void {
  const current = useRef(commands);
  current.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'F3' && !event.defaultPrevented) {
        event.preventDefault();
        current.current.find();
        return;
      }
      if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
      if (event.altKey) {
        if (event.code !== 'KeyM') return;
        event.preventDefault();
        if (event.shiftKey) current.current.openComments();
        else current.current.comment();
        return;
      }
      const { openPalette, toggleLeft, toggleRight, markClaim, cite, insertPerson, refer, openActivity, zoom } =
        current.current;
      const key = event.key.toLowerCase();
      const run =
        key === 'k'
          ? event.shiftKey
            ? markClaim
            : openPalette
          : key === 'f' && !event.shiftKey
            ? current.current.find
            : key === 'h' && !event.shiftKey
              ? current.current.replace
              : event.code === 'Backslash' || key === '\\'
                ? event.shiftKey
                  ? toggleRight
                  : toggleLeft
                : key === 'e' && event.shiftKey
                  ? cite
                  : key === 'o' && event.shiftKey
                    ? insertPerson
                    : key === 'j' && event.shiftKey
                      ? refer
                      : key === 'l' && event.shiftKey
                        ? openActivity
                        : key === '+' || key === '='
                          ? () => zoom(1)
                          : key === '-'
                            ? () => zoom(-1)
                            : key === '0' && !event.shiftKey
                              ? () => zoom(0)
                              : null;
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
