import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import sodium from 'libsodium-wrappers-sumo';
import * as Y from 'yjs';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { createEpoch, createRoot } from '../shared/crypto/room.ts';
import { createSodiumCiphers } from '../shared/crypto/sodiumCiphers.ts';
import { encodeUpdateContent, parseUpdateContent } from '../shared/sync/content.ts';
import { createFrame, frameHash, KIND, parseFrame, verifyAndOpen } from '../shared/sync/Frame.ts';
import type { Bench } from './Bench.ts';
import { median, round } from './quantile.ts';

type Patch = [position: number, deletedCount: number, insertedText: string];
/** Carries one update from one device to the other; `sizeBytes` is what travels. */
type Carry = (update: Uint8Array) => { update: Uint8Array; sizeBytes: number };

const DEVICE = 7;
const CHUNK = 2_000;

/** `npm run bench frames -- [--operations 259778]`: the first so many operations of the trace in data/. */
export const bench: Bench = {
  about: 'one edit sealed, signed, verified, opened and applied, against plain Yjs (encode, apply), over the B4 trace',
  flags: '[--operations N]',
  async run(flags) {
    const { values } = parseArgs({ args: [...flags], options: { operations: { type: 'string', default: '259778' } } });
    const patches = (await readPatches()).slice(0, Number(values.operations));
    await sodium.ready;
    const sealed = new Pair(sealAndOpen(createSodiumCiphers(sodium)));
    const plain = new Pair((update) => ({ update, sizeBytes: update.length }));
    const chunkRatios: number[] = [];
    const totals = { sealedMs: 0, plainMs: 0 };
    for (let from = 0; from < patches.length; from += CHUNK) {
      const chunk = patches.slice(from, from + CHUNK);
      // In turns, and each first every other time, so that neither has the quieter machine.
      const first = (from / CHUNK) % 2 === 0 ? sealed : plain;
      const firstMs = first.replay(chunk);
      const secondMs = (first === sealed ? plain : sealed).replay(chunk);
      const [sealedMs, plainMs] = first === sealed ? [firstMs, secondMs] : [secondMs, firstMs];
      totals.sealedMs += sealedMs;
      totals.plainMs += plainMs;
      chunkRatios.push(sealedMs / plainMs);
    }
    if (sealed.text() !== plain.text()) throw new Error('The two texts differ at the end of the trace.');
    const perEdit = {
      sealedUs: round((1_000 * totals.sealedMs) / patches.length, 1),
      plainUs: round((1_000 * totals.plainMs) / patches.length, 1),
    };
    console.log(
      `  ${patches.length} edits; sealed ${perEdit.sealedUs} µs an edit, ${round(sealed.bytes / patches.length, 0)} bytes on the way; plain ${perEdit.plainUs} µs, ${round(plain.bytes / patches.length, 0)} bytes`,
    );
    return {
      name: 'frames',
      ratios: { sealedToPlain: round(totals.sealedMs / totals.plainMs) },
      targets: {},
      met: true,
      medianOfChunks: round(median(chunkRatios)),
      operations: patches.length,
      ...perEdit,
      bytesPerEdit: { sealed: round(sealed.bytes / patches.length, 1), plain: round(plain.bytes / patches.length, 1) },
    };
  },
};

/** An author and a reader of one text; every edit is carried over by itself. */
class Pair {
  bytes = 0;
  readonly #author = new Y.Doc();
  readonly #reader = new Y.Doc();
  readonly #text = this.#author.getText('text');

  constructor(carry: Carry) {
    this.#author.clientID = DEVICE * 65_536 + 1;
    this.#author.on('update', (update: Uint8Array) => {
      const arrived = carry(update);
      this.bytes += arrived.sizeBytes;
      Y.applyUpdate(this.#reader, arrived.update, 'frame');
    });
  }

  /** Milliseconds that the edits took, arrival included. */
  replay(patches: readonly Patch[]): number {
    const startMs = performance.now();
    for (const [position, deleted, inserted] of patches) {
      this.#author.transact(() => {
        if (deleted > 0) this.#text.delete(position, deleted);
        if (inserted !== '') this.#text.insert(position, inserted);
      });
    }
    return performance.now() - startMs;
  }

  text(): string {
    return this.#reader.getText('text').toString();
  }
}

/** What the product does with an update of one device on its way to another, without disk and network. */
function sealAndOpen(ciphers: Ciphers): Carry {
  const { room } = createRoot(ciphers);
  const epoch = createEpoch(ciphers);
  const device = ciphers.signPair(ciphers.randomBytes(32));
  let counter = 1;
  let previous = ciphers.sha256(room.roomIdBytes);
  return (update) => {
    counter += 1;
    const content = encodeUpdateContent({
      heads: new Map([[DEVICE + 1, { counter, mark: previous.subarray(0, 8) }]]),
      update,
    });
    const bytes = createFrame(ciphers, room, epoch, device.secretKey, {
      kind: KIND.update,
      device: DEVICE,
      counter,
      previous,
      content,
    });
    previous = frameHash(ciphers, bytes);
    const frame = parseFrame(bytes);
    const opened = frame.ok ? verifyAndOpen(ciphers, room, epoch, device.publicKey, frame.value) : frame;
    const arrived = opened.ok ? parseUpdateContent(opened.value) : null;
    if (!arrived) throw new Error('A frame did not open.');
    return { update: arrived.update, sizeBytes: bytes.length };
  };
}

async function readPatches(): Promise<Patch[]> {
  const packed = await readFile(join(import.meta.dirname, 'data/automerge-paper.json.gz'));
  const trace = JSON.parse(gunzipSync(packed).toString('utf8')) as { txns: { patches: Patch[] }[] };
  return trace.txns.flatMap((transaction) => transaction.patches);
}
