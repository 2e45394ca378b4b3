import type { Person } from '../../../shared/domain/records.ts';

const firstLetter = (name: string) => name.trim().normalize('NFD').replace(/\p{M}/gu, '').charAt(0).toUpperCase();
const fold = (name: string) => name.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The person whose pseudonym is the same, or begins with the same letter, as `pseudonym`; accents and case do not tell names apart. Null for none. */
export function findNameClash(
  pseudonym: string,
  others: readonly Person[],
): { kind: 'same' | 'initial'; other: Person; initial: string } | null {
  const initial = firstLetter(pseudonym);
  if (!initial) return null;
  const same = others.find((other) => fold(other.pseudonym) === fold(pseudonym));
  if (same) return { kind: 'same', other: same, initial };
  const alike = others.find((other) => firstLetter(other.pseudonym) === initial);
  return alike ? { kind: 'initial', other: alike, initial } : null;
}
