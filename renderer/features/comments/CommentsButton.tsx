import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { commandTitle } from '../../ui/commands/commandWords.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { countForOrganization } from './listThreads.ts';
import { useConversations } from './useConversations.ts';

/** In the status bar: how many open comments name one's own organization or are assigned to it; nothing for none. */
export function CommentsButton() {
  const { t } = useTranslation();
  const { session, open, announce } = useWorkbench();
  const { conversations, organizationOf } = useConversations(session);
  const count = countForOrganization(conversations, session.organizationId, organizationOf);
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) announce(t('comments.forYou', { count }));
    before.current = count;
  }, [count, announce, t]);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="bar-button news-button"
      title={commandTitle(t, 'comments', t('comments.forYou', { count }))}
      aria-keyshortcuts="Control+Alt+Shift+M"
      onClick={() => open({ kind: 'comments' })}
    >
      {t('comments.forYou', { count })}
    </button>
  );
}
