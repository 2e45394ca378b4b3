import { createHash } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import * as Y from 'yjs';
import { openHocuspocusClient } from './hocuspocusClient.ts';
import type { LoadCalls, MarkTime } from './LoadCalls.ts';
import { pumpPair } from './pumpPair.ts';
import { replayTrace } from './replayTrace.ts';
import type { ClientSpec, OpenClient, SyncClient } from './SyncClient.ts';
import type { SystemName } from './SyncSystem.ts';
import { openSealedClient } from './sealedClient.ts';
import { openStockClient } from './stockClient.ts';
import { typeMarks } from './typeMarks.ts';
import { writeWords } from './writeWords.ts';

/** Runs in a child process: opens clients of any system and does what `LoadCalls` says. */
const OPENERS: Record<SystemName, OpenClient> = {
  alegato: openSealedClient,
  stock: openStockClient,
  hocuspocus: openHocuspocusClient,
};
const OPEN_AT_ONCE = 10;

const clients = new Map<string, SyncClient>();
const sockets: Socket[] = [];
const seenMarks: MarkTime[] = [];
subscribe('net.client.socket', (message) => sockets.push((message as { socket: Socket }).socket));

/** The monotonic clock that all processes of a machine share. */
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const digestOf = (text: Y.Text): string => createHash('sha256').update(text.toString()).digest('hex');

function client(id: string): SyncClient {
  const found = clients.get(id);
  if (!found) throw new Error(`no client ${id}`);
  return found;
}

/** Waits for a state of a document, looked at after each of its transactions. */
async function until(doc: Y.Doc, reached: () => boolean): Promise<void> {
  if (reached()) return;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!reached()) return;
      doc.off('afterTransaction', look);
      resolve();
    };
    doc.on('afterTransaction', look);
  });
}

/** When the text became the one with that digest: a text of its length may still lack an edit in its middle. */
async function timeOf(doc: Y.Doc, digest: string, length: number): Promise<number> {
  const text = doc.getText('t');
  let atMs = nowMs();
  await until(doc, () => {
    if (text.length !== length) return false;
    atMs = nowMs();
    return digestOf(text) === digest;
  });
  return atMs;
}

async function open(spec: ClientSpec, state: boolean, onDoc?: (doc: Y.Doc) => void): Promise<void> {
  const opened = await OPENERS[spec.system](spec, onDoc);
  clients.set(spec.id, opened);
  if (state) opened.show({ name: `person ${spec.device}` });
}

const calls: LoadCalls = {
  async open({ clients: specs, state }) {
    const rest = [...specs];
    await Promise.all(
      Array.from({ length: OPEN_AT_ONCE }, async () => {
        for (let spec = rest.shift(); spec; spec = rest.shift()) await open(spec, state);
      }),
    );
  },
  async join({ client: spec, digest, length }) {
    const cpu = process.cpuUsage();
    const startMs = nowMs();
    let complete = Promise.resolve(Number.NaN);
    await open(spec, false, (doc) => {
      complete = timeOf(doc, digest, length);
    });
    const { user, system } = process.cpuUsage(cpu);
    const joined = client(spec.id);
    if (digestOf(joined.text) !== digest) throw new Error(`${spec.system}: the joined text is another one`);
    const ms = (await complete) - startMs;
    clients.delete(spec.id);
    await joined.close();
    return { ms, cpuMs: (user + system) / 1_000 };
  },
  async close({ ids }) {
    for (const id of ids) {
      await client(id).close();
      clients.delete(id);
    }
  },
  async write(plan) {
    const startMs = nowMs();
    const writer = client(plan.writer);
    const characters = await writeWords(writer, client(plan.observer), plan);
    const ms = nowMs() - startMs;
    return { ms, characters, documentBytes: Y.encodeStateAsUpdate(writer.doc).length, digest: digestOf(writer.text) };
  },
  async typeMarks({ authors, edits, paceMs, showCursor }) {
    const each = authors.map(({ id, firstMark }) =>
      typeMarks(client(id), { id, firstMark, edits, paceMs, showCursor, nowMs }),
    );
    return (await Promise.all(each)).flat();
  },
  async watch({ ids }) {
    seenMarks.length = 0;
    for (const id of ids) {
      client(id).text.observe((event) => {
        const atMs = nowMs();
        for (const { insert } of event.delta)
          if (typeof insert === 'string')
            for (const character of insert) seenMarks.push({ id, mark: character.codePointAt(0) ?? 0, atMs });
      });
    }
  },
  async seen({ count }) {
    while (seenMarks.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return seenMarks;
  },
  async pump({ pairs, window, warmUpMs, durationMs }) {
    const opened = pairs.map(({ writer, observer }) => ({ writer: client(writer), observer: client(observer) }));
    const startMs = nowMs() + warmUpMs;
    const endMs = startMs + durationMs;
    const seen = await Promise.all(opened.map((pair) => pumpPair(pair, { window, startMs, endMs, nowMs })));
    return { seen: seen.reduce((sum, count) => sum + count, 0), ms: durationMs };
  },
  async reach({ id, length }) {
    const { doc, text } = client(id);
    await until(doc, () => text.length === length);
  },
  async digest({ id, digest, length }) {
    return { atMs: await timeOf(client(id).doc, digest, length) };
  },
  async settle({ id }) {
    while (client(id).unacknowledged() !== null) await new Promise((resolve) => setTimeout(resolve, 5));
  },
  compact: ({ id }) => client(id).compact(),
  async traffic() {
    return {
      sentBytes: sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
      receivedBytes: sockets.reduce((sum, socket) => sum + socket.bytesRead, 0),
    };
  },
  replay: ({ id, ...plan }) => replayTrace(client(id), { ...plan, nowMs }),
};

process.on('message', (message) => {
  const { call, name, input } = message as { call?: number; name: keyof LoadCalls; input: never };
  if (call === undefined) return;
  (calls[name] as (input: never) => Promise<unknown>)(input).then(
    (value) => process.send?.({ call, value }),
    (error: Error) => process.send?.({ call, error: error.stack ?? error.message }),
  );
});
// a profile, when one is taken, is written at an orderly end
process.on('SIGTERM', () => process.exit(0));
console.log('load process ready');
