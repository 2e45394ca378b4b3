import { NoticeBar } from '../ui/NoticeBar.tsx';
import type { ShownNotice } from './useNotices.ts';

/** The notices on screen, newest last. They are read out by the live region, not from here. */
export function NoticeStack({ notices, onDismiss }: { notices: readonly ShownNotice[]; onDismiss(key: number): void }) {
  if (notices.length === 0) return null;
  return (
    <div className="notice-stack">
      {notices.map(({ key, notice }) => (
        <NoticeBar key={key} notice={notice} onDismiss={() => onDismiss(key)} />
      ))}
    </div>
  );
}
