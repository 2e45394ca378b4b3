import { newId } from '../../shared/domain/ids.ts';

/** A new identifier from the system's randomness. */
export function freshId<T extends string>(): T {
  return newId<T>((length) => crypto.getRandomValues(new Uint8Array(length)));
}
