import * as Y from 'yjs';
import { BODY_ROOT, NOTES_ROOT } from '../../../shared/domain/collections.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { Authors } from '../authorship/Authors.ts';

/** Where each letter of the text that another device typed was typed first, as `<client>/<clock>`. */
export function othersLetters(doc: Y.Doc, authors: Authors): Set<string> {
  const own = deviceOfClient(doc.clientID);
  const found = new Set<string>();
  const open = [BODY_ROOT, NOTES_ROOT].map((root) => doc.get(root, Y.XmlElement) as Y.AbstractType<unknown>);
  for (let type = open.pop(); type; type = open.pop()) {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentType) open.push(item.content.type as Y.AbstractType<unknown>);
      if (!(item.content instanceof Y.ContentString)) continue;
      for (const { origin, length, author } of authors.of(item.id.client, item.id.clock, item.length)) {
        if (author === own) continue;
        for (let at = 0; at < length; at += 1) found.add(`${origin.client}/${origin.clock + at}`);
      }
    }
  }
  return found;
}
