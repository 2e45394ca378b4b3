type Subscribe = (listener: () => void) => () => void;

/** Told at the latest after so long, however busy the window is. */
const LATEST_MS = 400;
/** Told again after so long: whoever types sees the counts go on, and the window draws its sidebars for few of the keys. */
const LEAST_MS = 400;
const deferred = new WeakMap<Subscribe, Subscribe>();
const waiting = new Set<() => void>();
let scheduled = false;
let toldMs = Number.NEGATIVE_INFINITY;

/**
 * The same subscription, told when the window has nothing else to do, to all in one go. React renders what a store tells at
 * once and before the next frame: told in the middle of a keystroke, the sidebars would be drawn before the letter is.
 * One function for one `subscribe`, as `useSyncExternalStore` wants it.
 */
export function whenIdle(subscribe: Subscribe): Subscribe {
  let later = deferred.get(subscribe);
  if (!later) deferred.set(subscribe, (later = (listener) => subscribeLater(subscribe, listener)));
  return later;
}

function subscribeLater(subscribe: Subscribe, listener: () => void): () => void {
  const tell = (): void => listener(); // its own: one listener may be subscribed twice
  const stop = subscribe(() => {
    waiting.add(tell);
    if (scheduled) return;
    scheduled = true;
    const restMs = toldMs + LEAST_MS - performance.now();
    if (restMs > 0) setTimeout(tellIdle, restMs);
    else tellIdle();
  });
  return () => {
    stop();
    waiting.delete(tell);
  };
}

function tellIdle(): void {
  requestIdleCallback(tellAll, { timeout: LATEST_MS });
}

function tellAll(): void {
  scheduled = false;
  toldMs = performance.now();
  const told = [...waiting];
  waiting.clear();
  for (const tell of told) tell();
}
