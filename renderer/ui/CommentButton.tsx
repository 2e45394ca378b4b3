import { useTranslation } from 'react-i18next';
import { useRecords } from './useSession.ts';
import { useWorkbench } from './workbench.ts';

/** On a note, an exhibit or a claim: begins a comment about it, and leads to the open ones. */
export function CommentButton({
  anchor,
  target,
  quote,
}: {
  anchor: 'note' | 'exhibit' | 'claim';
  target: string;
  /** What is shown when the thing is gone. */
  quote: string;
}) {
  const { t } = useTranslation();
  const { session, open } = useWorkbench();
  const threads = useRecords(session, 'threads').filter(
    (thread) => thread.anchor === anchor && thread.target === target && thread.status === 'open',
  );
  return (
    <p className="actions">
      {!session.readOnly && (
        <button
          type="button"
          className="button quiet"
          onClick={() => open({ kind: 'comments', about: { anchor, target, quote: quote.slice(0, 300) } })}
        >
          {t('comments.add')}
        </button>
      )}
      {threads.map(({ id }, position) => (
        <button key={id} type="button" className="link-button" onClick={() => open({ kind: 'thread', threadId: id })}>
          {t('comments.numbered', { number: position + 1 })}
        </button>
      ))}
    </p>
  );
}
