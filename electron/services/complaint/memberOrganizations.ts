import type * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { Organization } from '../../../shared/domain/records.ts';
import { clientIdOf, deviceOfClient, isDeviceNumber } from '../../../shared/sync/clientIds.ts';

/**
 * The records that members wrote about themselves: by the main process (window 0) of a device of that organization. The
 * sample's invented signatories, or a record in somebody else's name, are none.
 */
export function readMemberOrganizations(
  doc: Y.Doc,
  organizationOf: (device: number) => number | undefined,
): Organization[] {
  const map = doc.getMap('organizations');
  return readCollection('organizations', map).filter(({ id, order }) => {
    const client = map._map.get(`${id}/id`)?.id.client;
    if (client === undefined) return false;
    const device = deviceOfClient(client);
    return isDeviceNumber(device) && client === clientIdOf(device, 0) && organizationOf(device) === order;
  });
}
