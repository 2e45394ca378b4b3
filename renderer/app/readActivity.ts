import * as Y from 'yjs';
import type { ActivityReading } from '../../shared/domain/activity/ActivityReading.ts';
import { buildActivity, countActivity } from '../../shared/domain/activity/buildActivity.ts';
import { comparePassages } from '../../shared/domain/activity/comparePassages.ts';
import { compareRecords, NEWS_COLLECTIONS, type Records } from '../../shared/domain/activity/compareRecords.ts';
import { readCollection } from '../../shared/domain/collections.ts';
import type { Response } from '../../shared/ipc/contract.ts';
import { deviceOfClient } from '../../shared/sync/clientIds.ts';
import { readPassages } from '../editor/authorship/readPassages.ts';

/** Null for a device that no organization is known to own. */
export type OrganizationOf = (device: number) => number | null;

/** Window 0 of a device is its main process. */
const CLIENTS_OF_DEVICE = 65_536;

/** Compares the document with what was last seen of it; null on the first visit. Takes a while: not while one types. */
export function readActivity(options: {
  doc: Y.Doc;
  seen: Response<'activity/read'>;
  ownDevice: number;
  organizationOf?: OrganizationOf;
}): ActivityReading | null {
  const { doc, seen, ownDevice } = options;
  if (seen.seenMs === null) return null;
  const base = new Y.Doc();
  Y.applyUpdate(base, seen.base, 'seen');
  const clocks = Y.decodeStateVector(Y.encodeStateVector(base));
  const known = founders(doc);
  const organizationOf = options.organizationOf ?? ((device: number) => known.get(device) ?? null);
  const groups = buildActivity({
    texts: comparePassages(readPassages(base), readPassages(doc, clocks)),
    records: compareRecords(readRecords(base), readRecords(doc), (collection, id, field) =>
      deviceOfField(doc, collection, `${id}/${field}`),
    ),
    ownDevice,
    organizationOf,
    others: [...new Set([...known].filter(([device]) => device !== ownDevice).map(([, order]) => order))],
  });
  base.destroy();
  const arrived = (organization: number | null): { firstMs: number; lastMs: number } | null => {
    const times = seen.arrivals.filter(({ device }) => organizationOf(device) === organization);
    if (times.length === 0) return null;
    return {
      firstMs: Math.min(...times.map(({ firstMs }) => firstMs)),
      lastMs: Math.max(...times.map(({ lastMs }) => lastMs)),
    };
  };
  return {
    seenMs: seen.seenMs,
    groups: groups.map((group) => ({ ...group, arrived: arrived(group.organization) })),
    count: countActivity(groups),
  };
}

function readRecords(doc: Y.Doc): Records {
  return Object.fromEntries(
    NEWS_COLLECTIONS.map((name) => [name, readCollection(name, doc.getMap(name))]),
  ) as unknown as Records;
}

/** Which device wrote the field as it is now. */
function deviceOfField(doc: Y.Doc, root: string, key: string): number | null {
  const item = doc.getMap(root)._map.get(key);
  return item ? deviceOfClient(item.id.client) : null;
}

/** An organization's record is written by main of its own first device: the sample's organizations are nobody's. */
function founders(doc: Y.Doc): Map<number, number> {
  const found = new Map<number, number>();
  for (const { id, order } of readCollection('organizations', doc.getMap('organizations'))) {
    const client = doc.getMap('organizations')._map.get(`${id}/id`)?.id.client;
    if (client !== undefined && client === deviceOfClient(client) * CLIENTS_OF_DEVICE)
      found.set(deviceOfClient(client), order);
  }
  return found;
}
