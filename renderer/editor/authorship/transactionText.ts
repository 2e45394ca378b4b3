import * as Y from 'yjs';

/** Characters that one transaction wrote or removed side by side in one text, and where each came from. */
export interface TextRun {
  parent: unknown;
  text: string;
  pieces: readonly { client: number; clock: number; length: number }[];
}

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
  return joinRuns(new Set(items), (item) => item.deleted);
}

/** What the transaction removed from texts, whoever had written it. */
export function readRemoved(transaction: Y.Transaction): TextRun[] {
  const items = new Set<Y.Item>();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (isText(struct)) items.add(struct);
  });
  return joinRuns(items, (item) => item.deleted && !items.has(item));
}

function isText(struct: Y.Item | Y.GC | Y.AbstractStruct): struct is Y.Item {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.parentSub === null;
}

/** Items of one text that stand side by side, but for marks and what `passedOver` names, are one run. */
function joinRuns(items: ReadonlySet<Y.Item>, passedOver: (item: Y.Item) => boolean): TextRun[] {
  const runs: TextRun[] = [];
  for (const parent of new Set([...items].map((item) => item.parent as Y.AbstractType<unknown>))) {
    let run: { parent: unknown; text: string; pieces: TextRun['pieces'][number][] } | null = null;
    for (let item = parent._start; item !== null; item = item.right) {
      if (items.has(item)) {
        if (!run) {
          run = { parent, text: '', pieces: [] };
          runs.push(run);
        }
        run.text += (item.content as Y.ContentString).str;
        run.pieces.push({ client: item.id.client, clock: item.id.clock, length: item.length });
      } else if (item.countable && !passedOver(item)) run = null;
    }
  }
  return runs;
}
