import { compareCodeUnits } from '../../../shared/domain/collections.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';

/** The `people` field of a claim with the person added, or taken out; sorted, so that two partners write the same. */
export function togglePerson(people: string, personId: PersonId): string {
  const ids = new Set(people.split(' ').filter(Boolean));
  if (!ids.delete(personId)) ids.add(personId);
  return [...ids].sort(compareCodeUnits).join(' ');
}
