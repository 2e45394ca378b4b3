import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuggestionView } from '../../../shared/domain/resolveSuggestions.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { describeSuggestion, useOwnerOf, useSuggesting } from './useSuggestions.ts';

/** Keys: Ctrl Alt G suggests or writes, Ctrl Alt Shift G opens the list; with J and U to the next and the one before, with Y and R an answer to the one at the caret. */
export function SuggestingButton() {
  const { t } = useTranslation();
  const { editor, session, open, announce } = useWorkbench();
  const { role } = useStatus(session);
  const suggesting = useSuggesting();
  const ownerOf = useOwnerOf(session, t('suggestions.somebody'));
  const api = editor?.suggestions ?? null;
  const isReviewer = role === 'reviewer';

  useEffect(() => {
    if (isReviewer) api?.setSuggesting(true);
  }, [api, isReviewer]);
  useEffect(
    () => api?.setWords({ authorOf: ownerOf, describe: (mark, name) => t(`suggestions.marks.${mark}`, { name }) }),
    [api, ownerOf, t],
  );
  const toggle = useCallback(() => {
    if (!api || session.readOnly || isReviewer) return;
    const on = !api.isSuggesting();
    api.setSuggesting(on);
    announce(t(on ? 'suggestions.on' : 'suggestions.off'));
  }, [api, session, isReviewer, announce, t]);
  const step = useCallback(
    (by: 1 | -1) => {
      const list = api?.list() ?? [];
      if (!api || list.length === 0) return announce(t('suggestions.none'));
      const here = new Set(api.selected());
      const at = list.findIndex(({ id }) => here.has(id));
      const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
      const entry = list[next];
      if (!entry) return;
      api.reveal(entry.id, true);
      api.show(entry.id);
      announce(t('suggestions.at', { at: next + 1, count: list.length, what: describeSuggestion(entry, t) }));
    },
    [api, announce, t],
  );
  const answer = useCallback(
    (view: SuggestionView) => {
      if (!api || session.readOnly || isReviewer) return;
      const count = api.answer(view, api.selected());
      announce(count === 0 ? t('suggestions.noneHere') : t(`suggestions.${view}`, { count }));
    },
    [api, session, isReviewer, announce, t],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.isComposing) return;
      const code = event.code;
      const run =
        code === 'KeyG'
          ? event.shiftKey
            ? () => open({ kind: 'suggestions' })
            : toggle
          : code === 'KeyJ'
            ? () => step(1)
            : code === 'KeyU'
              ? () => step(-1)
              : code === 'KeyY'
                ? () => answer('accepted')
                : code === 'KeyR'
                  ? () => answer('rejected')
                  : null;
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open, toggle, step, answer]);

  const hint = t(isReviewer ? 'suggestions.modeReviewer' : 'suggestions.modeHint');
  return (
    <button
      type="button"
      className={`tool ${suggesting ? 'on' : ''}`}
      aria-pressed={suggesting}
      aria-keyshortcuts="Control+Alt+G"
      title={`${hint} (Ctrl Alt G)`}
      disabled={!editor || session.readOnly}
      aria-disabled={isReviewer || undefined}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={toggle}
    >
      {t('suggestions.mode')}
    </button>
  );
}
