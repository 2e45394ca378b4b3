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
  const blocks: BodyBlock[] = [];
  collectBlocks(doc.share.get(BODY_ROOT)?._start ?? null, blocks);
  for (let note = doc.share.get(NOTES_ROOT)?._start ?? null; note; note = note.right)
    if (!note.deleted && note.content instanceof Y.ContentType) collectBlocks(note.content.type._start, blocks);
  return blocks;
}

const HOLDS_BLOCKS: ReadonlySet<string> = new Set(['table', 'row', 'cell']);

/** Without recursion and without spreading: how deep and how many is for whoever wrote them. */
function collectBlocks(first: Y.Item | null, blocks: BodyBlock[]): void {
  const open: Y.Item[] = first ? [first] : [];
  for (let item = open.pop(); item; item = open.pop()) {
    if (item.right) open.push(item.right);
    if (item.deleted) continue;
    // A table holds rows, a row cells, a cell paragraphs.
    if (item.content instanceof Y.ContentType && HOLDS_BLOCKS.has((item.content.type as Y.XmlElement).nodeName)) {
      if (item.content.type._start) open.push(item.content.type._start);
      continue;
    }
    const clients = new Map<number, number>();
    blocks.push({ id: `${item.id.client}:${item.id.clock}`, text: readText(item, clients), clients });
  }
}

function readText(block: Y.Item, clients: Map<number, number>): string {
  let text = '';
  const open: Y.Item[] = [block];
  for (let item = open.pop(); item; item = open.pop()) {
    if (item !== block && item.right) open.push(item.right);
    if (item !== block && item.deleted) continue;
    if (item.content instanceof Y.ContentString) {
      const { client, clock } = item.id;
      clients.set(client, Math.max(clients.get(client) ?? 0, clock + item.length));
      text += item.content.str;
    } else if (item.content instanceof Y.ContentType && item.content.type._start) open.push(item.content.type._start);
  }
  return text;
}
