import * as Y from 'yjs';
import { ByteWriter } from '../../shared/sync/ByteWriter.ts';

/** A Yjs update that no honest program writes. */
export interface EvilUpdate {
  name: string;
  bytes: Uint8Array;
}

const MILLIONS = 30_000_000;
const NONE_DELETED = 0;

/** One struct of `client` at `clock`, whose info byte and what follows are given; no deletions. */
function oneStruct(client: number, clock: number, write: (w: ByteWriter) => ByteWriter): Uint8Array {
  const head = new ByteWriter().varuint(1).varuint(1).varuint(client).varuint(clock);
  return write(head).varuint(NONE_DELETED).done();
}

/** A value of the map `m` under `k`, in the given content and its bytes. */
function value(client: number, content: number, write: (w: ByteWriter) => ByteWriter): Uint8Array {
  return oneStruct(client, 0, (w) =>
    write(
      w
        .u8(32 | content)
        .varuint(1)
        .varuint(1)
        .u8(109)
        .varuint(1)
        .u8(107),
    ),
  );
}

const text = (w: ByteWriter, words: string): ByteWriter => {
  const bytes = Buffer.from(words);
  return w.varuint(bytes.length).raw(bytes);
};

/** Bytes that claim, nest or name what must be refused before Yjs sees it, written under `client`. [SY13] */
export function malformedUpdates(client: number): EvilUpdate[] {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  return [
    {
      name: 'claims 30 million structs in 8 bytes',
      bytes: new ByteWriter().varuint(1).varuint(MILLIONS).varuint(0).u8(0).u8(0).done(),
    },
    { name: 'claims 30 million clients', bytes: new ByteWriter().varuint(MILLIONS).raw(new Uint8Array(4)).done() },
    {
      name: 'claims 30 million deletions',
      bytes: new ByteWriter().varuint(0).varuint(1).varuint(client).varuint(MILLIONS).done(),
    },
    { name: 'claims 30 million characters', bytes: value(client, 4, (w) => w.varuint(MILLIONS).u8(97)) },
    { name: 'claims an array of 30 million', bytes: value(client, 8, (w) => w.varuint(1).u8(117).varuint(MILLIONS)) },
    { name: 'claims an object of 30 million', bytes: value(client, 8, (w) => w.varuint(1).u8(118).varuint(MILLIONS)) },
    { name: 'claims bytes it has not', bytes: value(client, 3, (w) => w.varuint(MILLIONS)) },
    {
      name: 'nests values 10,000 deep',
      bytes: value(client, 8, (w) => {
        w.varuint(1);
        for (let n = 0; n < 10_000; n++) w.u8(117).varuint(1);
        return w.u8(126);
      }),
    },
    { name: 'nests JSON 100,000 deep', bytes: value(client, 5, (w) => text(w, nested(100_000))) },
    { name: 'holds JSON that is none', bytes: value(client, 5, (w) => text(w, '{"a":')) },
    { name: 'holds a subdocument', bytes: value(client, 9, (w) => text(w, 'guid').u8(118).varuint(0)) },
    {
      name: 'sets __proto__',
      bytes: value(client, 8, (w) =>
        text(text(w.varuint(1).u8(118).varuint(1), '__proto__').u8(118).varuint(1), 'x').u8(120),
      ),
    },
    { name: 'holds a content that Yjs does not know', bytes: value(client, 15, (w) => w.u8(0)) },
    { name: 'lies beyond clock 2^48', bytes: oneStruct(client, 2 ** 48, (w) => w.u8(0).varuint(1)) },
    { name: 'is longer than any clock', bytes: oneStruct(client, 0, (w) => w.u8(0).varuint(2 ** 50)) },
    {
      name: 'deletes beyond clock 2^48',
      bytes: new ByteWriter()
        .varuint(0)
        .varuint(1)
        .varuint(client)
        .varuint(1)
        .varuint(2 ** 48)
        .varuint(5)
        .done(),
    },
    {
      name: 'hangs a struct on itself',
      bytes: oneStruct(client, 0, (w) =>
        text(
          w
            .u8(128 | 4)
            .varuint(client)
            .varuint(0),
          'a',
        ),
      ),
    },
    { name: 'is empty', bytes: new Uint8Array() },
    { name: 'has bytes left over', bytes: new Uint8Array([...Y.encodeStateAsUpdate(new Y.Doc()), 7]) },
    {
      name: 'names one client twice',
      bytes: new ByteWriter()
        .varuint(2)
        .varuint(1)
        .varuint(client)
        .varuint(0)
        .u8(0)
        .varuint(1)
        .varuint(1)
        .varuint(client)
        .varuint(0)
        .u8(0)
        .varuint(1)
        .varuint(0)
        .done(),
    },
    { name: 'writes a text that is no UTF-8', bytes: value(client, 4, (w) => w.varuint(2).u8(0xff).u8(0xfe)) },
    {
      name: 'holds a number of endless bytes',
      bytes: value(client, 8, (w) => w.varuint(1).u8(125).raw(new Uint8Array(40).fill(0xff)).u8(1)),
    },
  ];
}

/** Words typed into `t` under `client` by an honest Yjs, and what comes out. */
export function typed(client: number, words: string, base?: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  if (base) Y.applyUpdate(doc, base);
  const before = Y.encodeStateVector(doc);
  doc.getText('t').insert(0, words);
  return Y.encodeStateAsUpdate(doc, before);
}

/** Structs whose predecessors were never written: clock 1,000 of a client that has none. */
export function withoutItsPast(client: number): Uint8Array {
  return oneStruct(client, 1_000, (w) => text(w.u8(4).varuint(1).varuint(1).u8(116), 'from nowhere'));
}

/** A struct that hangs on one of somebody else's that does not exist. */
export function onNothing(client: number, other: number): Uint8Array {
  return oneStruct(client, 0, (w) =>
    text(
      w
        .u8(128 | 4)
        .varuint(other)
        .varuint(900_000),
      'on nothing',
    ),
  );
}

/** Deletes what `other` has not written yet. */
export function deletesTheFuture(other: number, from: number, length: number): Uint8Array {
  return new ByteWriter().varuint(0).varuint(1).varuint(other).varuint(1).varuint(from).varuint(length).done();
}

/** Types within types, one struct each: valid, and deep. */
export function deepTypes(client: number, depth: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  let parent: Y.XmlElement | Y.XmlFragment = doc.getXmlFragment('deep');
  doc.transact(() => {
    for (let n = 0; n < depth; n++) {
      const child = new Y.XmlElement('p');
      parent.insert(0, [child]);
      parent = child;
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
