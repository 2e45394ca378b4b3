import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isLetterPart, titleOfPart } from '../../shared/domain/letterParts.ts';
import { useWorkbench, type Workbench } from '../ui/workbench.ts';

type SectionTarget = 'up' | 'down' | { before: string | null };

/** Moves a heading's section and says so to a screen reader; false when it cannot go there. */
export function moveSection(
  { editor, session, announce }: Pick<Workbench, 'editor' | 'session' | 'announce'>,
  t: TFunction,
  blockKey: string,
  target: SectionTarget,
): boolean {
  if (!editor || session.readOnly) return false;
  const { suggestions } = editor;
  if (suggestions.isReviewer()) {
    announce(t('suggestions.closed.move'));
    return false;
  }
  const { blocks } = editor.getIndex();
  const moved = blocks.find((block) => block.key === blockKey);
  const isPart = isLetterPart(moved?.style);
  const title = (isPart ? titleOfPart(moved?.text ?? '') : moved?.text.trim()) || t('outline.untitled');
  const from = blocks.findIndex((block) => block.key === blockKey);
  const done = editor.moveSection(blockKey, target);
  const up =
    target === 'up' ||
    (typeof target === 'object' &&
      target.before !== null &&
      blocks.findIndex((block) => block.key === target.before) < from);
  const say = isPart ? 'pages' : 'references';
  const said = done ? t(up ? `${say}.movedUp` : `${say}.movedDown`, { title }) : t(`${say}.cannotMove`);
  announce(done && suggestions.isSuggesting() ? `${said} ${t('suggestions.atOnce')}` : said);
  return done;
}

/** Moves the section that the caret is in. */
export function moveSectionAtCaret(
  workbench: Pick<Workbench, 'editor' | 'session' | 'announce'>,
  t: TFunction,
  way: 'up' | 'down',
): void {
  const { editor } = workbench;
  if (!editor) return;
  const { blocks } = editor.getIndex();
  const { blockKey } = editor.getSelection();
  const at = blocks.findIndex((block) => block.key === blockKey);
  const isPart = isLetterPart(blocks[at]?.style);
  const heading = isPart ? blocks[at] : blocks.slice(0, at + 1).findLast((block) => /^h[1-4]$/.test(block.style));
  if (heading) moveSection(workbench, t, heading.key, way);
}

/** `moveSection` in the open complaint. */
export function useSectionMove(): (blockKey: string, target: SectionTarget) => boolean {
  const { t } = useTranslation();
  const { session, editor, announce } = useWorkbench();
  return useCallback(
    (blockKey, target) => moveSection({ editor, session, announce }, t, blockKey, target),
    [editor, session, announce, t],
  );
}
