/** 'fit' fills the width; a number is percent of the printed size. */
export type Zoom = 'fit' | number;

export const CSS_PX_PER_POINT = 96 / 72;
const STEPS = [50, 75, 100, 125, 150, 200, 300];

/** The next step from `percent` in the given direction; stays at the ends. */
export function nextZoom(percent: number, direction: 1 | -1): number {
  const step =
    direction === 1 ? STEPS.find((value) => value > percent + 1) : STEPS.findLast((value) => value < percent - 1);
  return step ?? (direction === 1 ? 300 : 50);
}
