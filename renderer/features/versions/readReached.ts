import * as Y from 'yjs';
import { clientIdOf, deviceOfClient, isDeviceNumber } from '../../../shared/sync/clientIds.ts';

/** How far each device has come: the sum of its clocks, which only ever grow. */
export function readReached(doc: Y.Doc): Record<string, number> {
  const reached: Record<string, number> = {};
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const device = deviceOfClient(client);
    if (isDeviceNumber(device)) reached[device] = (reached[device] ?? 0) + clock;
  }
  return reached;
}

/** The organization of each device, by the name it goes under: of records, those that a device's own main process wrote. */
export function readNames(doc: Y.Doc): Map<number, string> {
  const organizations = doc.getMap('organizations');
  const names = new Map<number, string>();
  for (const key of organizations.keys()) {
    const client = organizations._map.get(key)?.id.client;
    if (!key.endsWith('/id') || client === undefined) continue;
    const device = deviceOfClient(client);
    const name = organizations.get(`${key.slice(0, -3)}/name`);
    if (isDeviceNumber(device) && client === clientIdOf(device, 0) && typeof name === 'string' && name !== '')
      names.set(device, name.slice(0, 120));
  }
  return names;
}

/** Names of the organizations of those devices that have come further; a device without a name goes without one. */
export function readChangers(
  doc: Y.Doc,
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): string[] {
  const names = readNames(doc);
  const changed = Object.keys(now).filter((device) => (now[device] ?? 0) > (before[device] ?? 0));
  return [...new Set(changed.flatMap((device) => names.get(Number(device)) ?? []))].sort().slice(0, 100);
}
