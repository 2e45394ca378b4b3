import { useCallback, useMemo, useState } from 'react';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { Place } from '../ui/workbench.ts';

const HISTORY_LIMIT = 50;

/** Same subject, so that opening it again does not grow the history. */
function sameSubject(a: Place, b: Place): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'claim' && b.kind === 'claim') return a.claimId === b.claimId;
  if (a.kind === 'person' && b.kind === 'person') return a.personId === b.personId;
  if (a.kind === 'exhibit' && b.kind === 'exhibit') return a.exhibitId === b.exhibitId && a.page === b.page;
  if (a.kind === 'thread' && b.kind === 'thread') return a.threadId === b.threadId;
  return true;
}

/** What the right panel is about, with a way back. */
export function usePlace(editor: EditorApi | null) {
  const [trail, setTrail] = useState<readonly Place[]>([]);
  const place = trail.at(-1) ?? null;
  const open = useCallback((next: Place) => {
    setTrail((before) => {
      const last = before.at(-1);
      return last && sameSubject(last, next) ? [...before.slice(0, -1), next] : [...before, next].slice(-HISTORY_LIMIT);
    });
  }, []);
  const back = useCallback(() => {
    if (place?.kind === 'exhibit' && place.returnTo) editor?.reveal(place.returnTo, { focus: true });
    setTrail((before) => before.slice(0, -1));
  }, [place, editor]);
  const clear = useCallback(() => setTrail([]), []);
  return useMemo(
    () => ({
      place,
      open,
      back,
      clear,
      canGoBack: trail.length > 1 || (place?.kind === 'exhibit' && place.returnTo !== undefined),
    }),
    [place, open, back, clear, trail.length],
  );
}
