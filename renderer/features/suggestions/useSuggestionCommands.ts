import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuggestionView } from '../../../shared/domain/resolveSuggestions.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { rememberTold } from './useSuggestionNews.ts';
import { describeSuggestion } from './useSuggestions.ts';

/** What keys, menu and palette do with suggestions; each says what came of it. */
export interface SuggestionCommands {
  /** Suggests from now on, or writes. */
  toggle(): void;
  step(by: 1 | -1): void;
  /** Answers the one at the caret or those that the selection touches. */
  answer(view: SuggestionView): void;
}

/** The commands about suggestions, for the window around the workbench. */
export function useSuggestionCommands({ editor, session, announce }: Workbench): SuggestionCommands {
  const { t } = useTranslation();
  return useMemo(() => {
    const api = editor?.suggestions ?? null;
    return {
      toggle() {
        if (!api || session.readOnly || session.getStatus().role === 'reviewer') return;
        const on = !api.isSuggesting();
        api.setSuggesting(on);
        announce(t(on ? 'suggestions.on' : 'suggestions.off'));
      },
      step(by) {
        const list = api?.listNow() ?? [];
        if (!api || list.length === 0) return announce(t('suggestions.none'));
        const here = new Set(api.selected());
        const at = list.findIndex(({ id }) => here.has(id));
        const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
        const entry = list[next];
        if (!entry) return;
        api.reveal(entry.id, true);
        api.show(entry.id);
        rememberTold(api, entry.id);
        announce(t('suggestions.at', { at: next + 1, count: list.length, what: describeSuggestion(entry, t) }));
      },
      answer(view) {
        if (!api || session.readOnly || session.getStatus().role === 'reviewer') return;
        const count = api.answer(view, api.selected());
        announce(count === 0 ? t('suggestions.noneHere') : t(`suggestions.${view}`, { count }));
      },
    };
  }, [editor, session, announce, t]);
}
