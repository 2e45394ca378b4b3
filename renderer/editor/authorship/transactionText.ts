import * as Y from 'yjs';

/** Characters that one transaction wrote or removed side by side in one text, and where each came from. */
export interface TextRun {
  parent: unknown;
  text: string;
  pieces: readonly { client: number; clock: number; length: number }[];
  /** What stands right before and right behind it now, not more than `MOST_AROUND` of it. */
  before: string;
  behind: string;
}

/** Code units. */
const MOST_AROUND = 64;

/** What this document's own client wrote into texts in the transaction. */
export function readInserted(transaction: Y.Transaction): TextRun[] {
  const { doc } = transaction;
  const client = doc.clientID;
  const items: Y.Item[] = [];
  const structs = doc.store.clients.get(client) ?? [];
  const first = transaction.beforeState.get(client) ?? 0;
  for (let index = structs.length - 1; index >= 0; index -= 1) {
    const struct = structs[index] as Y.Item | Y.GC;
    if (struct.id.clock + struct.length <= first) break;
    if (isText(struct) && !struct.deleted) items.push(struct);
  }
  return joinRuns(new Set(items), ({ deleted }) => deleted);
}

/** What the transaction removed from texts, whoever had written it. */
export function readRemoved(transaction: Y.Transaction): TextRun[] {
  const items = new Set<Y.Item>();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (isText(struct)) items.add(struct);
  });
  // what the same change wrote may stand in the middle of what it removed
  const isNew = ({ id }: Y.Item): boolean => id.clock >= (transaction.beforeState.get(id.client) ?? 0);
  return joinRuns(items, (item) => item.deleted || isNew(item));
}

function isText(struct: Y.Item | Y.GC | Y.AbstractStruct): struct is Y.Item {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.parentSub === null;
}

/** Items of one text that stand side by side, but for marks and what `passedOver` names, are one run. */
function joinRuns(items: ReadonlySet<Y.Item>, passedOver: (item: Y.Item) => boolean): TextRun[] {
  const runs: TextRun[] = [];
  for (const parent of new Set([...items].map((item) => item.parent as Y.AbstractType<unknown>))) {
    let run: (Omit<TextRun, 'pieces'> & { pieces: TextRun['pieces'][number][] }) | null = null;
    for (let item = parent._start; item !== null; item = item.right) {
      if (items.has(item)) {
        if (!run) {
          run = { parent, text: '', pieces: [], before: readAround(item.left, 'left'), behind: '' };
          runs.push(run);
        }
        run.behind = readAround(item.right, 'right');
        run.text += (item.content as Y.ContentString).str;
        run.pieces.push({ client: item.id.client, clock: item.id.clock, length: item.length });
      } else if (item.countable && !passedOver(item)) run = null;
    }
  }
  return runs;
}

/** The letters that stand from an item on in one direction, up to anything else that counts. */
function readAround(from: Y.Item | null, way: 'left' | 'right'): string {
  let text = '';
  for (let item = from; item !== null && text.length < MOST_AROUND; item = item[way]) {
    if (item.deleted || !item.countable) continue;
    if (!(item.content instanceof Y.ContentString)) break;
    text = way === 'left' ? item.content.str + text : text + item.content.str;
  }
  return way === 'left' ? text.slice(-MOST_AROUND) : text.slice(0, MOST_AROUND);
}
