import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorApi } from '../../editor/EditorApi.ts';
import type { Misspelling } from '../../editor/SpellingApi.ts';

/** Opens the menu of a wrong word: right click, Shift F10, or as a command; another one goes to the next mistake. */
export function useSpellingMenu(
  editor: EditorApi | null,
  announce: (sentence: string) => void,
): { misspelling: Misspelling | null; openAtCaret(): void; openNext(): void; close(): void } {
  const { t } = useTranslation();
  const [misspelling, setMisspelling] = useState<Misspelling | null>(null);
  const close = useCallback(() => setMisspelling(null), []);
  const openAtCaret = useCallback(() => {
    const found = editor?.tools.spelling.find(null) ?? null;
    if (found) setMisspelling(found);
    else announce(t('spelling.notWrong'));
  }, [editor, announce, t]);
  const openNext = useCallback(() => {
    void editor?.tools.spelling.next().then((found) => {
      if (found) setMisspelling(found);
      else announce(t('spelling.allRight'));
    });
  }, [editor, announce, t]);

  useEffect(() => {
    if (!editor) return;
    const inText = (target: EventTarget | null): boolean =>
      target instanceof Element && target.closest('.page-text') !== null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const menuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
      if (!menuKey || !inText(event.target)) return;
      event.preventDefault();
      openAtCaret();
    };
    const onContextMenu = (event: MouseEvent) => {
      if (!inText(event.target)) return;
      const found = editor.tools.spelling.find({ x: event.clientX, y: event.clientY });
      if (!found) return;
      event.preventDefault();
      setMisspelling(found);
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('contextmenu', onContextMenu);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('contextmenu', onContextMenu);
    };
  }, [editor, openAtCaret]);
  return { misspelling, openAtCaret, openNext, close };
}
