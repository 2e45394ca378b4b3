import * as Y from 'yjs';
import { type Passage, type PassagePiece, SEEN_BEFORE } from '../../../shared/domain/activity/Passage.ts';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { parseBlockStyle } from '../nodes/BlockNode.ts';
import { Authors } from './Authors.ts';

/**
 * The body as blocks of words with their authors, read from the document itself: the order of blocks is the editor's.
 * Citations and people stand in it as one piece each. `seen`: the clocks of an earlier state; what was typed by then
 * gets the author SEEN_BEFORE, also where it was written again since.
 */
export function readPassages(doc: Y.Doc, seen?: ReadonlyMap<number, number>): Passage[] {
  const authors = new Authors(doc);
  const passages: Passage[] = [];
  for (const block of doc.get(BODY_ROOT, Y.XmlElement).toArray().flatMap(blocksIn)) {
    const pieces: PassagePiece[] = [];
    for (const child of block.toArray()) {
      if (child instanceof Y.XmlText) readText(child, authors, pieces, seen);
      else if (child instanceof Y.XmlElement) pieces.push(readInline(child));
    }
    passages.push({ style: parseBlockStyle(block.getAttribute('__blockStyle' as never)), pieces });
  }
  authors.dispose();
  return passages;
}

/** A block itself, or those in the cells of a table. */
function blocksIn(element: unknown): Y.XmlElement[] {
  if (!(element instanceof Y.XmlElement)) return [];
  return /^(table|row|cell)$/.test(element.nodeName) ? element.toArray().flatMap(blocksIn) : [element];
}

function readText(
  text: Y.XmlText,
  authors: Authors,
  pieces: PassagePiece[],
  seen: ReadonlyMap<number, number> | undefined,
): void {
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    let at = 0;
    for (const { length, author, origin } of authors.of(item.id.client, item.id.clock, item.length)) {
      const words = item.content.str.slice(at, at + length);
      const by = seen && origin.clock < (seen.get(origin.client) ?? 0) ? SEEN_BEFORE : author;
      const last = pieces.at(-1);
      if (last?.kind === 'words' && last.by === by) last.text += words;
      else pieces.push({ kind: 'words', text: words, by });
      at += length;
    }
  }
}

function readInline(element: Y.XmlElement): PassagePiece {
  const client = element._item?.id.client;
  const by = client === undefined ? null : deviceOfClient(client);
  const attribute = (name: string): string => String(element.getAttribute(name as never) ?? '');
  switch (element.nodeName) {
    case 'citation':
      return { kind: 'citation', exhibitId: attribute('__exhibitId'), page: Number(attribute('__page')) || 0, by };
    case 'person':
      return { kind: 'person', personId: attribute('__personId'), by };
    default:
      return { kind: 'words', text: '\n', by };
  }
}
