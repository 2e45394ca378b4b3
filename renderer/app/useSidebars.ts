import { useCallback, useState } from 'react';

/** Below this the right panel lies over the page; below the second the outline shrinks to the margin. Interface px. */
const NARROW_PX = 1320;
const SMALL_PX = 1100;

/** An overlay takes the focus, unless something inside it has taken it already; Escape then leaves it. */
function focusSoon(id: string): void {
  requestAnimationFrame(() => {
    const region = document.getElementById(id);
    if (region && !region.contains(document.activeElement)) region.focus();
  });
}

/**
 * Which sidebars are open in a window of this width. Wide windows remember what the person wants; in small ones a
 * sidebar lies over the page until it is left, one at a time.
 */
export function useSidebars(widthPx: number) {
  const narrow = widthPx < NARROW_PX;
  const small = widthPx < SMALL_PX;
  const [leftWanted, setLeftWanted] = useState(true);
  const [rightWanted, setRightWanted] = useState(true);
  const [leftOver, setLeftOver] = useState(false);
  const [rightOver, setRightOver] = useState(false);
  const setLeftOpen = useCallback(
    (value: boolean) => {
      if (!small) {
        setLeftWanted(value);
        return;
      }
      setLeftOver(value);
      if (!value) return;
      setRightOver(false);
      focusSoon('left');
    },
    [small],
  );
  const setRightOpen = useCallback(
    (value: boolean) => {
      if (!narrow) {
        setRightWanted(value);
        return;
      }
      setRightOver(value);
      if (!value) return;
      setLeftOver(false);
      focusSoon('right');
    },
    [narrow],
  );
  return {
    narrow,
    small,
    leftOpen: small ? leftOver : leftWanted,
    rightOpen: narrow ? rightOver : rightWanted,
    setLeftOpen,
    setRightOpen,
  };
}
