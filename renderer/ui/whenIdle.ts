type Subscribe = (listener: () => void) => () => void;

/** Told at the latest after so long without an idle moment, however busy the window is. */
const LATEST_MS = 400;
/** Told again after so long. */
const LEAST_MS = 400;
/** A pause of the keys: drawing the sidebars takes longer than a frame, and a letter would wait for it. */
const PAUSE_MS = 250;
/** Told at the latest after so long while keys go on: whoever types sees the counts go on. */
const TYPING_MS = 1_600;
const deferred = new WeakMap<Subscribe, Subscribe>();
const waiting = new Set<() => void>();
let scheduled = false;
let toldMs = Number.NEGATIVE_INFINITY;
let typedMs = Number.NEGATIVE_INFINITY;
let waitingSinceMs = 0;
if (typeof document !== 'undefined')
  document.addEventListener('keydown', () => (typedMs = performance.now()), { capture: true, passive: true });

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
    waitingSinceMs = performance.now();
    tellIdle();
  });
  return () => {
    stop();
    waiting.delete(tell);
  };
}

/** Looks again after a pause as long as there is a reason to wait. */
function tellIdle(): void {
  const nowMs = performance.now();
  const paused = Math.min(typedMs + PAUSE_MS, waitingSinceMs + TYPING_MS);
  const restMs = Math.max(toldMs + LEAST_MS, paused) - nowMs;
  if (restMs > 0) setTimeout(tellIdle, restMs);
  else requestIdleCallback(tellAll, { timeout: LATEST_MS });
}

function tellAll(): void {
  scheduled = false;
  toldMs = performance.now();
  const told = [...waiting];
  waiting.clear();
  for (const tell of told) tell();
}
