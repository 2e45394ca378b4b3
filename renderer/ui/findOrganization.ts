import type * as Y from 'yjs';
import type { Organization } from '../../shared/domain/records.ts';
import { clientIdOf, deviceOfClient, isDeviceNumber } from '../../shared/sync/clientIds.ts';

/** The member organization with that number: of records alike, the one its own main process (window 0) wrote. */
export function findOrganization(
  doc: Y.Doc,
  organizations: readonly Organization[],
  number: number | null,
): Organization | undefined {
  const alike = organizations.filter(({ order }) => order === number);
  return alike.find(({ id }) => isOfMember(doc, id)) ?? alike[0];
}

function isOfMember(doc: Y.Doc, id: string): boolean {
  const client = doc.getMap('organizations')._map.get(`${id}/id`)?.id.client;
  if (client === undefined) return false;
  const device = deviceOfClient(client);
  return isDeviceNumber(device) && client === clientIdOf(device, 0);
}
