import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { BlobOpener } from './BlobOpener.ts';
import { BlobSealer } from './BlobSealer.ts';
import { base64url } from './baseEncoding.ts';
import { openBlob, type SealedBlob, sealBlob } from './blob.ts';
import {
  BLOB_CHUNK_BYTES,
  BLOB_HEAD_BYTES,
  blobLayout,
  MAX_FILE_BYTES,
  parseBlobLayout,
  sealedRange,
} from './blobLayout.ts';
import { hex, join, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { pad } from './padding.ts';
import { sealBytes } from './sealing.ts';
import { createSodiumCiphers } from './sodiumCiphers.ts';

let ciphers: Ciphers;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
});

/** Small enough that the smallest file has eight chunks. */
const SMALL = 1_024;
/** Seeded: libsodium's own source is slow for megabytes. */
function made(length: number): Uint8Array {
  let state = length + 1;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24);
}
const DAMAGED = { ok: false, error: { code: 'blob-damaged' } };

/** Opened as if the address were that of these bytes, so that the seals alone have to tell. */
function openAs(sealed: Uint8Array, blob: SealedBlob, chunkBytes = SMALL) {
  return openBlob(ciphers, sealed, hex(ciphers.sha256(sealed)), blob.blobKey, chunkBytes);
}
function chunksOf(sealed: Uint8Array, chunkBytes = SMALL): Uint8Array[] {
  const layout = parseBlobLayout(sealed.length, chunkBytes);
  if (!layout) throw new Error('layout');
  return Array.from({ length: layout.chunkCount }, (_, index) => {
    const { offset, length } = sealedRange(layout, index);
    return sealed.subarray(offset, offset + length);
  });
}
/** Ciphers whose random bytes are these, one after the other. */
function withRandom(...given: Uint8Array[]): Ciphers {
  return { ...ciphers, randomBytes: () => given.shift() as Uint8Array };
}

describe('a blob of format 2', () => {
  it('[CR15] comes back at every size around the borders of steps and chunks', () => {
    for (const border of [8_192, BLOB_CHUNK_BYTES])
      for (const length of [border - 9, border - 8, border - 7, border, border + 1]) {
        const bytes = made(length);
        const { sealed, blobId, blobKey } = sealBlob(ciphers, bytes);
        expect(sealed[0]).toBe(2);
        expect(sealed.length).toBe(blobLayout(length).sealedBytes);
        const opened = openBlob(ciphers, sealed, blobId, blobKey);
        expect(opened.ok && Buffer.compare(opened.value, bytes)).toBe(0);
      }
    for (const length of [0, 1, 8_183, 8_184, 8_185, 20_000]) {
      const bytes = made(length);
      const blob = sealBlob(ciphers, bytes, SMALL);
      const opened = openBlob(ciphers, blob.sealed, blob.blobId, blob.blobKey, SMALL);
      expect(opened.ok && Buffer.compare(opened.value, bytes)).toBe(0);
    }
  });

  it('[CR15] is what the specification says, built by hand with a second implementation', () => {
    const bytes = made(BLOB_CHUNK_BYTES + 5_000);
    const key = ciphers.randomBytes(32);
    const header = ciphers.randomBytes(24);
    const padded = new Uint8Array(BLOB_CHUNK_BYTES + 8_192);
    padded.set(bytes);
    new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length));
    const chunks = [padded.subarray(0, BLOB_CHUNK_BYTES), padded.subarray(BLOB_CHUNK_BYTES)].map((plain, index) => {
      const place = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, index);
      const associated = join(utf8('alegato-blob-2'), header, place, Uint8Array.of(index));
      return xchacha20poly1305(key, join(header.subarray(0, 16), place), associated).encrypt(plain);
    });
    const byHand = join(Uint8Array.of(2), header, ...chunks);
    const blob = sealBlob(withRandom(key, header), bytes);
    expect(Buffer.compare(blob.sealed, byHand)).toBe(0);
    expect(blob.blobId).toBe(hex(sha256(byHand)));
    expect(blob.blobKey).toBe(base64url(key));
  });

  it('[CR16] every flipped byte of a blob of eight chunks is refused, by the seals alone and by the address', () => {
    const blob = sealBlob(ciphers, made(5_000), SMALL);
    expect(chunksOf(blob.sealed)).toHaveLength(8);
    expect(openAs(blob.sealed, blob).ok).toBe(true);
    for (let at = 0; at < blob.sealed.length; at++) {
      const flipped = blob.sealed.slice();
      flipped[at] = (flipped[at] as number) ^ (1 << (at & 7));
      expect(openAs(flipped, blob)).toEqual(DAMAGED);
      if (at % 16 === 0) expect(openBlob(ciphers, flipped, blob.blobId, blob.blobKey, SMALL)).toEqual(DAMAGED);
    }
  });

  it('[CR16] every length it can be cut to, the chunk borders among them, and every length beyond is refused', () => {
    const blob = sealBlob(ciphers, made(30_000), SMALL);
    for (let length = 0; length < blob.sealed.length; length += 7)
      expect(openAs(blob.sealed.subarray(0, length), blob)).toEqual(DAMAGED);
    const chunks = chunksOf(blob.sealed);
    const head = blob.sealed.subarray(0, BLOB_HEAD_BYTES);
    for (let kept = 0; kept < chunks.length; kept++)
      expect(openAs(join(head, ...chunks.slice(0, kept)), blob)).toEqual(DAMAGED);
    // eight chunks are 8 KB: a length that a file may have
    for (const extension of [chunks.slice(0, 8), chunks.slice(-8)])
      expect(openAs(join(blob.sealed, ...extension), blob)).toEqual(DAMAGED);
    expect(openAs(join(blob.sealed, new Uint8Array(1)), blob)).toEqual(DAMAGED);
  });

  it('[CR16] chunks that changed places, came twice, were left out, or come from another file are refused', () => {
    const bytes = made(12_000);
    const key = ciphers.randomBytes(32);
    const header = ciphers.randomBytes(24);
    const blob = sealBlob(withRandom(key, header), bytes, SMALL);
    const head = blob.sealed.subarray(0, BLOB_HEAD_BYTES);
    const chunks = chunksOf(blob.sealed);
    const put = (mixed: Uint8Array[]) => openAs(join(head, ...mixed), blob);
    expect(put(chunks).ok).toBe(true);
    for (let i = 0; i < chunks.length; i++) {
      for (let j = 0; j < chunks.length; j++) {
        if (i === j) continue;
        expect(put(chunks.map((chunk, at) => chunks[at === i ? j : at === j ? i : at] ?? chunk))).toEqual(DAMAGED);
        expect(put(chunks.map((chunk, at) => (at === i ? (chunks[j] as Uint8Array) : chunk)))).toEqual(DAMAGED);
      }
    }
    // Same key, and a header that gives the same nonces: the rest of the header still tells the two apart.
    const sibling = header.slice();
    sibling[23] = (sibling[23] as number) ^ 1;
    for (const other of [
      sealBlob(ciphers, bytes, SMALL),
      sealBlob(withRandom(key, ciphers.randomBytes(24)), bytes, SMALL),
      sealBlob(withRandom(key, sibling), bytes, SMALL),
    ]) {
      const theirs = chunksOf(other.sealed);
      for (let i = 0; i < chunks.length; i++)
        expect(put(chunks.map((chunk, at) => (at === i ? (theirs[i] as Uint8Array) : chunk)))).toEqual(DAMAGED);
    }
  });

  it('[CR16] the end of a shorter file under the same key and header does not end a longer one', () => {
    const key = ciphers.randomBytes(32);
    const header = ciphers.randomBytes(24);
    const long = sealBlob(withRandom(key, header), made(20_000), SMALL);
    const short = sealBlob(withRandom(key, header), made(10_000), SMALL);
    const head = long.sealed.subarray(0, BLOB_HEAD_BYTES);
    const longChunks = chunksOf(long.sealed);
    const shortChunks = chunksOf(short.sealed);
    const end = shortChunks.length - 1;
    expect(openAs(join(head, ...longChunks.slice(0, shortChunks.length)), long)).toEqual(DAMAGED);
    expect(openAs(join(head, ...shortChunks, ...longChunks.slice(shortChunks.length)), long)).toEqual(DAMAGED);
    // What CR15 forbids to make: only the address tells these two apart.
    const spliced = join(head, ...longChunks.slice(0, end), shortChunks[end] as Uint8Array);
    expect(openBlob(ciphers, spliced, long.blobId, long.blobKey, SMALL)).toEqual(DAMAGED);
  });

  it('[CR16] filler that is no filler, a length of another size, and a key that is none are refused', () => {
    const bytes = made(1_000);
    for (const change of [
      (plain: Uint8Array) => plain.fill(1, 0, 1), // in the last chunk, whose beginning is filler
      (plain: Uint8Array) => plain.fill(0xff, plain.length - 8),
      (plain: Uint8Array) => plain.fill(0x7f, plain.length - 3, plain.length - 1),
    ]) {
      const lying: Ciphers = {
        ...ciphers,
        encrypt: (key, nonce, plain, associated) =>
          ciphers.encrypt(key, nonce, associated.at(-1) === 1 ? change(plain) : plain, associated),
      };
      const blob = sealBlob(lying, bytes, SMALL);
      expect(openAs(blob.sealed, blob)).toEqual(DAMAGED);
    }
    const blob = sealBlob(ciphers, bytes, SMALL);
    for (const blobKey of ['', 'A', blob.blobKey.slice(1), sealBlob(ciphers, bytes).blobKey])
      expect(openAs(blob.sealed, { ...blob, blobKey })).toEqual(DAMAGED);
    for (const format of [0, 1, 3, 255])
      expect(openAs(join(Uint8Array.of(format), blob.sealed.subarray(1)), blob)).toEqual(DAMAGED);
  });

  it('[CR17] a chunk opens by itself, and at its own place only', () => {
    const bytes = made(10_000);
    const blob = sealBlob(ciphers, bytes, SMALL);
    const head = blob.sealed.subarray(0, BLOB_HEAD_BYTES);
    const opener = BlobOpener.create(ciphers, head, blob.sealed.length, blob.blobKey, SMALL) as BlobOpener;
    const chunks = chunksOf(blob.sealed);
    for (const [index, chunk] of chunks.entries()) {
      const plain = opener.open(index, chunk) as Uint8Array;
      const content = opener.contentOf(index, plain, bytes.length) as Uint8Array;
      const expected = bytes.subarray(index * SMALL, (index + 1) * SMALL);
      expect(content).toEqual(expected);
      for (const elsewhere of [index - 1, index + 1]) {
        if (elsewhere >= 0 && elsewhere < chunks.length) expect(opener.open(elsewhere, chunk)).toBe(null);
      }
    }
  });

  it('[CR18] takes no file above 512 MB, and no sealed blob that claims to hold one', () => {
    const hash = { update: () => undefined, digest: () => new Uint8Array(32) };
    expect(() => new BlobSealer(ciphers, MAX_FILE_BYTES + 1, hash)).toThrow(RangeError);
    const largest = new BlobSealer(ciphers, MAX_FILE_BYTES, hash).layout;
    expect(parseBlobLayout(largest.sealedBytes)).toEqual(largest);
    expect(parseBlobLayout(blobLayout(MAX_FILE_BYTES + 8_192).sealedBytes)).toBe(null);
    for (const sealedBytes of [0, 1, 24, 25, 26, 41, 42, largest.sealedBytes - 1, largest.sealedBytes + 1, 2 ** 40])
      expect(parseBlobLayout(sealedBytes)).toBe(null);
  });

  it('[CR15] never seals two things under one nonce: parts come in order, each with its own size', () => {
    const hash = { update: () => undefined, digest: () => new Uint8Array(32) };
    const sealer = new BlobSealer(ciphers, 9_000, hash, SMALL);
    expect(() => sealer.next(new Uint8Array(SMALL - 1))).toThrow(RangeError);
    expect(() => sealer.finish()).toThrow('unfinished');
    for (let wanted = sealer.wantedBytes; wanted !== null; wanted = sealer.wantedBytes)
      sealer.next(new Uint8Array(wanted));
    expect(() => sealer.next(new Uint8Array(0))).toThrow(RangeError);
  });
});

describe('a blob of format 1', () => {
  it('[CR12] [CR13] still opens, and damage in it is still named', () => {
    const bytes = made(20_000);
    const key = ciphers.randomBytes(32);
    const sealed = join(Uint8Array.of(1), sealBytes(ciphers, key, pad(bytes, 24_576), utf8('alegato-blob-1')));
    const blob = { sealed, blobId: hex(ciphers.sha256(sealed)), blobKey: base64url(key) };
    const opened = openBlob(ciphers, sealed, blob.blobId, blob.blobKey);
    expect(opened.ok && Buffer.compare(opened.value, bytes)).toBe(0);
    for (let at = 0; at < sealed.length; at += 97) {
      const flipped = sealed.slice();
      flipped[at] = (flipped[at] as number) ^ 1;
      expect(openAs(flipped, blob, BLOB_CHUNK_BYTES)).toEqual(DAMAGED);
    }
    expect(openAs(sealed.subarray(0, -1), blob, BLOB_CHUNK_BYTES)).toEqual(DAMAGED);
    // the bytes of one format under the name of the other
    expect(openAs(join(Uint8Array.of(2), sealed.subarray(1)), blob, BLOB_CHUNK_BYTES)).toEqual(DAMAGED);
  });
});
