import type * as Y from 'yjs';
import { type CollectionName, type Collections, META_ROOT, recordEntries } from '../../shared/domain/collections.ts';
import type { SerializedBody } from '../../shared/domain/document.ts';
import type { Meta } from '../../shared/domain/records.ts';
import { fillBody } from '../editor/binding/fillBody.ts';

/** Pieces of a snapshot as they lie in resources/. */
interface StoredRecords extends Partial<{ [N in CollectionName]: Collections[N][] }> {
  meta: Meta;
}

/**
 * Writes the template or the sample into a complaint that this device has just made, in one transaction, so that a
 * crash leaves either nothing or all of it. The title that the person typed stays.
 */
export async function fillNewComplaint(doc: Y.Doc, from: 'template' | 'sample'): Promise<void> {
  const { body, records } = await readStored(from);
  doc.transact(() => {
    const meta = doc.getMap(META_ROOT);
    for (const [field, value] of Object.entries(records.meta)) {
      if (field === 'title' && meta.get('title')) continue;
      meta.set(field, value);
    }
    for (const [name, list] of Object.entries(records)) {
      if (name === 'meta' || !Array.isArray(list)) continue;
      const map = doc.getMap(name);
      for (const record of list) for (const [key, value] of recordEntries(record)) map.set(key, value);
    }
    fillBody(doc, body);
  }, 'fill');
}

async function readStored(from: 'template' | 'sample'): Promise<{ body: SerializedBody; records: StoredRecords }> {
  const [body, records] =
    from === 'sample'
      ? await Promise.all([import('../../resources/sample/body.json'), import('../../resources/sample/records.json')])
      : await Promise.all([
          import('../../resources/template/body.en.json'),
          import('../../resources/template/records.en.json'),
        ]);
  return { body: body.default as unknown as SerializedBody, records: records.default as unknown as StoredRecords };
}
