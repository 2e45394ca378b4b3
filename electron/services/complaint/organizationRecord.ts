import type * as Y from 'yjs';
import { recordEntries } from '../../../shared/domain/collections.ts';
import type { OrganizationId } from '../../../shared/domain/ids.ts';

const COLORS = 8;

/** Two letters for the badge: of the first two words, else of the one word. Empty for an empty name. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => [...word][0] ?? '') : [...(words[0] ?? '')].slice(0, 2);
  return letters.join('').toUpperCase();
}

/**
 * Writes this organization's own record (main does, as window 0 of its device, so that it exists before any window
 * opens). Order and color follow from the organization number, which the invitation gives: 1 for the creator.
 */
export function writeOrganization(
  doc: Y.Doc,
  organization: { id: string; name: string; organizationNumber: number },
): void {
  const map = doc.getMap('organizations');
  const record = {
    id: organization.id as OrganizationId,
    name: organization.name,
    initials: initialsOf(organization.name),
    color: (organization.organizationNumber - 1) % COLORS,
    order: organization.organizationNumber,
  };
  for (const [key, value] of recordEntries<'organizations'>(record)) if (map.get(key) !== value) map.set(key, value);
}
