import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentIndex } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';

/** Moves a heading's section and says so to a screen reader; false when it cannot go there. */
export function useSectionMove(): (blockKey: string, target: 'up' | 'down' | { before: string | null }) => boolean {
  const { t } = useTranslation();
  const { session, editor, announce } = useWorkbench();
  const index = useDocumentIndex();
  return useCallback(
    (blockKey, target) => {
      if (!editor || session.readOnly) return false;
      const title = index.blocks.find((block) => block.key === blockKey)?.text.trim() || t('outline.untitled');
      const from = index.blocks.findIndex((block) => block.key === blockKey);
      const done = editor.moveSection(blockKey, target);
      const up =
        target === 'up' ||
        (typeof target === 'object' &&
          target.before !== null &&
          index.blocks.findIndex((block) => block.key === target.before) < from);
      announce(done ? t(up ? 'references.movedUp' : 'references.movedDown', { title }) : t('references.cannotMove'));
      return done;
    },
    [editor, session, index, announce, t],
  );
}

/** Alt+Shift+Up and Down in the text move the section at the caret. */
export function useSectionKeys(): void {
  const { editor } = useWorkbench();
  const index = useDocumentIndex();
  const move = useSectionMove();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !editor?.hasFocus()) return;
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      const { blockKey } = editor.getSelection();
      const at = index.blocks.findIndex((block) => block.key === blockKey);
      const heading = index.blocks.slice(0, at + 1).findLast((block) => /^h[1-4]$/.test(block.style));
      event.preventDefault();
      event.stopPropagation();
      if (heading) move(heading.key, event.key === 'ArrowUp' ? 'up' : 'down');
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [editor, index, move]);
}
