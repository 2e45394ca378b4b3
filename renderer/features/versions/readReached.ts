import * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';

/** How far each device has come: the sum of its clocks, which only ever grow. */
export function readReached(doc: Y.Doc): Record<string, number> {
  const reached: Record<string, number> = {};
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    const device = String(deviceOfClient(client));
    reached[device] = (reached[device] ?? 0) + clock;
  }
  return reached;
}

/** Names of the organizations of those devices that have come further; a device without a name goes without one. */
export function readChangers(
  doc: Y.Doc,
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): string[] {
  const organizations = doc.getMap('organizations');
  const names = new Map<string, string>();
  for (const [key, value] of organizations.entries()) {
    const client = organizations._map.get(key)?.id.client;
    if (!key.endsWith('/name') || typeof value !== 'string' || value === '' || client === undefined) continue;
    names.set(String(deviceOfClient(client)), value.slice(0, 120));
  }
  const changed = Object.keys(now).filter((device) => (now[device] ?? 0) > (before[device] ?? 0));
  return [...new Set(changed.flatMap((device) => names.get(device) ?? []))].sort().slice(0, 100);
}
