import { fail, ok, type Result } from '../domain/result.ts';
import { BlobOpener } from './BlobOpener.ts';
import { BlobSealer } from './BlobSealer.ts';
import { parseBase64url } from './baseEncoding.ts';
import { BLOB_HEAD_BYTES, plainRange, type RunningHash, sealedRange } from './blobLayout.ts';
import { hex, join, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { unpad } from './padding.ts';
import { KEY_BYTES, openBytes } from './sealing.ts';

const FORMAT_1 = 1;
const STEP_BYTES = 8_192;
const format1Size = (sizeBytes: number): number => Math.ceil((sizeBytes + 4) / STEP_BYTES) * STEP_BYTES;

export interface SealedBlob {
  sealed: Uint8Array;
  /** SHA-256 of `sealed`, lower-case hex. */
  blobId: string;
  /** base64url; belongs in the shared document only. */
  blobKey: string;
}

/** [CR15] Seals bytes that are in memory anyway; files are sealed piece by piece, see `BlobSealer`. */
export function sealBlob(ciphers: Ciphers, bytes: Uint8Array, chunkBytes?: number): SealedBlob {
  const sealer = new BlobSealer(ciphers, bytes.length, wholeHash(ciphers), chunkBytes);
  const parts = [sealer.head];
  let at = 0;
  for (let wanted = sealer.wantedBytes; wanted !== null; wanted = sealer.wantedBytes) {
    parts.push(sealer.next(bytes.subarray(at, at + wanted)));
    at += wanted;
  }
  return { sealed: join(...parts), blobId: sealer.finish(), blobKey: sealer.blobKey };
}

/** [CR13] Bytes of a sealed blob of either format that is in memory whole; `blob-damaged` for anything wrong. */
export function openBlob(
  ciphers: Ciphers,
  sealed: Uint8Array,
  blobId: string,
  blobKey: string,
  chunkBytes?: number,
): Result<Uint8Array, { code: 'blob-damaged' }> {
  if (hex(ciphers.sha256(sealed)) !== blobId) return fail({ code: 'blob-damaged' });
  const bytes = sealed[0] === FORMAT_1 ? openFormat1(ciphers, sealed, blobKey) : null;
  const opened = bytes ?? openChunks(ciphers, sealed, blobKey, chunkBytes);
  return opened ? ok(opened) : fail({ code: 'blob-damaged' });
}

/** [CR12] */
function openFormat1(ciphers: Ciphers, sealed: Uint8Array, blobKey: string): Uint8Array | null {
  const key = parseBase64url(blobKey);
  if (key?.length !== KEY_BYTES) return null;
  const opened = openBytes(ciphers, key, sealed.subarray(1), utf8('alegato-blob-1'));
  return opened.ok ? unpad(opened.value, format1Size) : null;
}

function openChunks(ciphers: Ciphers, sealed: Uint8Array, blobKey: string, chunkBytes?: number): Uint8Array | null {
  const head = sealed.subarray(0, BLOB_HEAD_BYTES);
  const opener = BlobOpener.create(ciphers, head, sealed.length, blobKey, chunkBytes);
  if (!opener) return null;
  const { layout } = opener;
  const openAt = (index: number): Uint8Array | null => {
    const { offset, length } = sealedRange(layout, index);
    return opener.open(index, sealed.subarray(offset, offset + length));
  };
  const last = openAt(layout.chunkCount - 1);
  const sizeBytes = last && opener.sizeOf(last);
  if (sizeBytes === null) return null;
  const bytes = new Uint8Array(sizeBytes);
  for (let index = 0; index < layout.chunkCount; index++) {
    const plain = openAt(index);
    const content = plain && opener.contentOf(index, plain, sizeBytes);
    if (!content) return null;
    if (content.length > 0) bytes.set(content, plainRange(layout, index).offset);
  }
  return bytes;
}

/** SHA-256 of everything at once, for what is in memory anyway. */
function wholeHash(ciphers: Ciphers): RunningHash {
  const parts: Uint8Array[] = [];
  return { update: (bytes) => parts.push(bytes), digest: () => ciphers.sha256(join(...parts)) };
}
