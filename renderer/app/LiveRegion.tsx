import { useCallback, useState } from 'react';

/** One sentence for screen readers; `turn` makes a repeated sentence a new one. */
export interface Announcement {
  sentence: string;
  turn: number;
}

export function useAnnouncements() {
  const [announcement, setAnnouncement] = useState<Announcement>({ sentence: '', turn: 0 });
  const announce = useCallback(
    (sentence: string) => setAnnouncement((before) => ({ sentence, turn: before.turn + 1 })),
    [],
  );
  return { announcement, announce };
}

/** The one polite live region of the window. */
export function LiveRegion({ announcement }: { announcement: Announcement }) {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      <span key={announcement.turn}>{announcement.sentence}</span>
    </div>
  );
}
