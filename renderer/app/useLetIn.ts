import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../ui/bridge.ts';

/** Tells when an invitation that had to wait became a complaint, wherever the person is by then. */
export function useLetIn(announce: (sentence: string) => void): {
  joined: { complaintId: string; title: string } | null;
  /** An invitation pasted just now has to wait. */
  expect(joinId: string): void;
  dismiss(): void;
} {
  const { t } = useTranslation();
  const [joined, setJoined] = useState<{ complaintId: string; title: string } | null>(null);
  // One that is answered at once is opened by whoever pasted it and needs no word from here.
  const waiting = useRef(new Set<string>());
  useEffect(() => {
    void ask('joins/list', undefined).then((answer) => {
      if (answer.ok) for (const { id } of answer.value) waiting.current.add(id);
    });
  }, []);
  useEffect(
    () =>
      window.alegato.on('joins/changed', ({ joinId, joined: complaintId }) => {
        if (complaintId === null || !waiting.current.delete(joinId)) return;
        void ask('library/list', undefined).then((answer) => {
          const found = answer.ok ? answer.value.find(({ id }) => id === complaintId) : undefined;
          const title = found?.title || t('library.untitled');
          setJoined({ complaintId, title });
          announce(t('waiting.joined', { title }));
        });
      }),
    [announce, t],
  );
  const expect = useCallback((joinId: string) => void waiting.current.add(joinId), []);
  const dismiss = useCallback(() => setJoined(null), []);
  return { joined, expect, dismiss };
}
