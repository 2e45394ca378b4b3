import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../ui/commands/CommandsContext.ts';
import { commandAria, commandTitle } from '../../ui/commands/commandWords.ts';
import { useStatus } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { useSuggestionNews } from './useSuggestionNews.ts';
import { useOwnerOf, useSuggesting } from './useSuggestions.ts';

/** Shows and changes whether this person suggests, and tells the page whose suggestions are whose. */
export function SuggestingButton() {
  const { t } = useTranslation();
  const { editor, session } = useWorkbench();
  const { run } = useCommands();
  const { role } = useStatus(session);
  const suggesting = useSuggesting();
  const ownerOf = useOwnerOf(session, t('suggestions.somebody'));
  useSuggestionNews(ownerOf);
  const api = editor?.suggestions ?? null;
  const isReviewer = role === 'reviewer';

  useEffect(() => {
    if (isReviewer) api?.setSuggesting(true);
  }, [api, isReviewer]);
  useEffect(() => {
    // Hundreds of marks, a handful of sentences.
    const said = new Map<string, string>();
    api?.setWords({
      authorOf: ownerOf,
      describe: (mark, name) => {
        const known = said.get(`${mark}/${name}`);
        if (known !== undefined) return known;
        const sentence = t(`suggestions.marks.${mark}`, { name });
        said.set(`${mark}/${name}`, sentence);
        return sentence;
      },
    });
  }, [api, ownerOf, t]);
  const hint = t(isReviewer ? 'suggestions.modeReviewer' : 'suggestions.modeHint');
  return (
    <button
      type="button"
      className={`tool ${suggesting ? 'on' : ''}`}
      aria-pressed={suggesting}
      aria-keyshortcuts={commandAria('suggesting')}
      title={commandTitle(t, 'suggesting', hint)}
      disabled={!editor || session.readOnly}
      aria-disabled={isReviewer || undefined}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run('suggesting')}
    >
      {t('suggestions.mode')}
    </button>
  );
}
