import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageState } from '../../editor/PageApi.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useCommands } from '../../ui/commands/CommandsContext.ts';
import { commandTitle } from '../../ui/commands/commandWords.ts';
import { useWorkbench } from '../../ui/workbench.ts';

const NO_PAGES: PageState = { count: 1, letterCount: 1, current: null };
const subscribeNothing = () => () => {};

/** In the status bar: on which page the caret is, of how many; opens the list of pages. */
export function PageButton() {
  const { t } = useTranslation();
  const { editor, language } = useWorkbench();
  const { run } = useCommands();
  const pages = editor?.pages ?? null;
  const { count, current } = useSyncExternalStore(
    pages ? pages.subscribePages : subscribeNothing,
    pages ? pages.getPages : () => NO_PAGES,
  );
  const number = (value: number) => formatNumber(value, language);
  return (
    <button
      type="button"
      className="status-item bar-button count pages-button"
      title={commandTitle(t, 'go-to-page', t('pages.why'))}
      onClick={() => run('go-to-page')}
    >
      {current === null
        ? t('pages.count', { count, number: number(count) })
        : t('pages.place', { page: number(current), count: number(count) })}
    </button>
  );
}
