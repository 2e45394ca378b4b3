import * as Y from 'yjs';
import { BODY_ROOT, NOTES_ROOT } from '../domain/collections.ts';

export interface BodyBlock {
  /** The same in every document that has this block. */
  id: string;
  text: string;
  /** Who wrote its words: client id to the end of the last run of theirs, as a clock. */
  clients: ReadonlyMap<number, number>;
}

/** The paragraphs of a complaint's text and then of its footnotes as its Y.Doc holds them, without an editor, in their order. */
export function readBodyBlocks(doc: Y.Doc): BodyBlock[] {
  const blocks = readBlocks(doc.share.get(BODY_ROOT)?._start ?? null);
  for (let note = doc.share.get(NOTES_ROOT)?._start ?? null; note; note = note.right)
    if (!note.deleted && note.content instanceof Y.ContentType) blocks.push(...readBlocks(note.content.type._start));
  return blocks;
}

const HOLDS_BLOCKS: ReadonlySet<string> = new Set(['table', 'row', 'cell']);

function readBlocks(first: Y.Item | null): BodyBlock[] {
  const blocks: BodyBlock[] = [];
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue;
    // A table holds rows, a row cells, a cell paragraphs.
    if (item.content instanceof Y.ContentType && HOLDS_BLOCKS.has((item.content.type as Y.XmlElement).nodeName)) {
      blocks.push(...readBlocks(item.content.type._start));
      continue;
    }
    const clients = new Map<number, number>();
    blocks.push({ id: `${item.id.client}:${item.id.clock}`, text: readText(item, clients), clients });
  }
  return blocks;
}

function readText(item: Y.Item, clients: Map<number, number>): string {
  if (item.content instanceof Y.ContentString) {
    const { client, clock } = item.id;
    clients.set(client, Math.max(clients.get(client) ?? 0, clock + item.length));
    return item.content.str;
  }
  if (!(item.content instanceof Y.ContentType)) return '';
  let text = '';
  for (let inner = item.content.type._start; inner; inner = inner.right)
    if (!inner.deleted) text += readText(inner, clients);
  return text;
}
