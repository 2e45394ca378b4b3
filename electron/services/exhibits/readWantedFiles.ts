import type * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { SharedDoc } from '../replica/documents.ts';

/** A file that the shared document names, and the device that entered it there: that one had it first. */
export interface WantedFile {
  blobId: string;
  addedBy: number;
}

/** Records that name a sealed file: exhibits, named versions, and images of the text. */
export const ROOTS_WITH_FILES = ['exhibits', 'versions', 'images'] as const;

const BLOB_FIELD = /^[^/]{1,64}\/blobId$/;
const BLOB_ID = /^[0-9a-f]{64}$/;

/**
 * Client ids are bound to devices, so who wrote a field can be read from the document itself: no field has to say it.
 */
export function readWantedFiles(shared: SharedDoc): WantedFile[] {
  const files = new Map<string, WantedFile>();
  for (const root of ROOTS_WITH_FILES) {
    const map = shared.getMap(root);
    for (const [key, value] of map.entries()) {
      if (!BLOB_FIELD.test(key) || typeof value !== 'string' || !BLOB_ID.test(value)) continue;
      files.set(value, { blobId: value, addedBy: writerOf(map, key) });
    }
  }
  return [...files.values()];
}

/** Names of organizations by the devices that wrote them. */
export function readOrganizationNames(shared: SharedDoc): Map<number, string> {
  const map = shared.getMap('organizations');
  const names = new Map<number, string>();
  for (const [key, value] of map.entries()) {
    if (key.endsWith('/name') && typeof value === 'string' && value !== '') {
      names.set(writerOf(map, key), value.slice(0, 120));
    }
  }
  return names;
}

function writerOf(map: Y.Map<unknown>, key: string): number {
  return deviceOfClient(map._map.get(key)?.id.client ?? 0);
}
