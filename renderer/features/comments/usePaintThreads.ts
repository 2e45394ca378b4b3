import { useEffect, useMemo } from 'react';
import type { ThreadId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { EditorApi } from '../../editor/EditorApi.ts';
import { useConversations } from './useConversations.ts';

/** Keeps what is open painted on the page, in the colors of those who began it. */
export function usePaintThreads(session: ComplaintSession, editor: EditorApi | null, selected: ThreadId | null): void {
  const { conversations, beganBy } = useConversations(session);
  const colors = useMemo(
    () =>
      new Map(
        conversations
          .filter(({ thread }) => thread.status === 'open')
          .map(({ thread }) => [thread.id, beganBy(thread).color] as const),
      ),
    [conversations, beganBy],
  );
  useEffect(() => editor?.showThreads({ colors, selected }), [editor, colors, selected]);
}
