import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { useWorkbench } from '../../ui/workbench.ts';

const subscribeNothing = () => () => {};

/** Shows and changes the language of the passage at the caret. */
export function PassageLanguageSelect() {
  const { t } = useTranslation();
  const { editor, session } = useWorkbench();
  const tool = editor?.tools.language;
  const language = useSyncExternalStore(
    tool ? tool.subscribe : subscribeNothing,
    tool ? tool.get : () => session.getMeta().language,
  );
  return (
    <select
      className="tool style"
      aria-label={t('spelling.passage')}
      title={t('spelling.passage')}
      disabled={!editor || session.readOnly}
      value={language}
      tabIndex={-1}
      onChange={(event) => {
        tool?.set(event.target.value as PassageLanguage);
        editor?.focus();
      }}
    >
      <option value="en">{t('common.english')}</option>
      <option value="es">{t('common.spanish')}</option>
    </select>
  );
}
