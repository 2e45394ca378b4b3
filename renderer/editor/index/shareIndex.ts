import type { DocumentIndex } from '../EditorApi.ts';

/**
 * The index `next` with everything of `before` in it that is equal: lists, maps and their entries keep their identity
 * while what they say stays the same, and so does the whole. Whoever shows a part of it draws when that part changes.
 */
export function shareIndex(before: DocumentIndex, next: DocumentIndex): DocumentIndex {
  let same = true;
  const shared: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(next)) {
    const old = (before as unknown as Record<string, unknown>)[name];
    shared[name] = shareValue(old, value);
    if (shared[name] !== old) same = false;
  }
  return same ? before : (shared as unknown as DocumentIndex);
}

/** `before` when `next` says the same; else `next`, a list or map of which keeps the entries that say the same. */
export function shareValue(before: unknown, next: unknown): unknown {
  if (before === next || typeof next !== 'object' || next === null || typeof before !== 'object' || before === null)
    return next;
  if (Array.isArray(next)) return Array.isArray(before) ? shareList(before, next) : next;
  if (next instanceof Map) return before instanceof Map ? shareMap(before, next) : next;
  return before instanceof Map || Array.isArray(before) ? next : shareRecord(before, next);
}

function shareList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  // Something that came or went shifts all behind it: the ends are compared with the ends.
  const shift = next.length - before.length;
  let from = 0;
  const shared = next.map((value, position) => {
    const kept = from === position ? shareValue(before[position], value) : value;
    if (kept === before[position]) from = position + 1;
    return kept;
  });
  for (let position = next.length - 1; position >= from; position -= 1)
    shared[position] = shareValue(before[position - shift], next[position]);
  return shift === 0 && shared.every((value, position) => value === before[position]) ? before : shared;
}

function shareMap(before: ReadonlyMap<unknown, unknown>, next: ReadonlyMap<unknown, unknown>): unknown {
  let same = before.size === next.size;
  const order = before.keys();
  const shared = new Map<unknown, unknown>();
  for (const [key, value] of next) {
    const kept = shareValue(before.get(key), value);
    if (kept !== before.get(key) || order.next().value !== key) same = false;
    shared.set(key, kept);
  }
  return same ? before : shared;
}

function shareRecord(before: object, next: object): object {
  const old = before as Record<string, unknown>;
  const names = Object.keys(next);
  const isEqual = (name: string): boolean => {
    const value = (next as Record<string, unknown>)[name];
    return value === old[name] || (typeof value === 'object' && shareValue(old[name], value) === old[name]);
  };
  return names.length === Object.keys(old).length && names.every(isEqual) ? before : next;
}
