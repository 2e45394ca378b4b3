import { useCallback, useState } from 'react';
import type { Notice } from '../../shared/ipc/contract.ts';
import { useNoticeSentence } from '../ui/useNoticeSentence.ts';

/** A notice on screen, with a key of its own. */
export interface ShownNotice {
  key: number;
  notice: Notice;
}
let nextKey = 1;
const SHOWN_LIMIT = 4;

/** Notices stay until dismissed; the same one again replaces the one on screen; the oldest gives way beyond four. */
export function useNotices(announce: (sentence: string) => void) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const sentence = useNoticeSentence();
  const notify = useCallback(
    (notice: Notice) => {
      const words = sentence(notice);
      setNotices((before) =>
        [...before.filter((shown) => sentence(shown.notice) !== words), { key: nextKey++, notice }].slice(-SHOWN_LIMIT),
      );
      announce(words);
    },
    [sentence, announce],
  );
  const dismiss = useCallback((key: number) => setNotices((before) => before.filter((shown) => shown.key !== key)), []);
  return { notices, notify, dismiss };
}
