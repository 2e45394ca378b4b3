const KEY = 'alegato.libraryRestored';

/** Remembers over the reload that follows a restore that the person is to be told; false takes it back. */
export function markRestoring(restoring: boolean): void {
  if (restoring) sessionStorage.setItem(KEY, 'yes');
  else sessionStorage.removeItem(KEY);
}

/** True once after a restore. */
export function takeRestored(): boolean {
  const restored = sessionStorage.getItem(KEY) === 'yes';
  sessionStorage.removeItem(KEY);
  return restored;
}
