/** A promise that only ever rejects, with an AbortError when `signal` aborts; `forget` ends the wait. */
export function whenAborted(signal: AbortSignal): { promise: Promise<never>; forget(): void } {
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(new DOMException('', 'AbortError'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  promise.catch(() => {});
  return { promise, forget: () => signal.removeEventListener('abort', onAbort) };
}
