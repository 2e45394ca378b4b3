import { fail, ok, type Result } from '../domain/result.ts';
import { base64url, parseBase64url } from './baseEncoding.ts';
import { hex, join, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { pad, unpad } from './padding.ts';
import { KEY_BYTES, openBytes, sealBytes } from './sealing.ts';

const VERSION = 1;
const STEP_BYTES = 8_192;
const blobSize = (sizeBytes: number): number => Math.ceil((sizeBytes + 4) / STEP_BYTES) * STEP_BYTES;

export interface SealedBlob {
  sealed: Uint8Array;
  /** SHA-256 of `sealed`, lower-case hex. */
  blobId: string;
  /** base64url; belongs in the shared document only. */
  blobKey: string;
}

/** [CR12] Seals a file under a fresh key of its own. */
export function sealBlob(ciphers: Ciphers, bytes: Uint8Array): SealedBlob {
  const key = ciphers.randomBytes(KEY_BYTES);
  const body = sealBytes(ciphers, key, pad(bytes, blobSize(bytes.length)), utf8('alegato-blob-1'));
  const sealed = join(Uint8Array.of(VERSION), body);
  return { sealed, blobId: hex(ciphers.sha256(sealed)), blobKey: base64url(key) };
}

/** [CR13] The file's bytes; `blob-damaged` for a wrong hash, key, length or padding. */
export function openBlob(
  ciphers: Ciphers,
  sealed: Uint8Array,
  blobId: string,
  blobKey: string,
): Result<Uint8Array, { code: 'blob-damaged' }> {
  const key = parseBase64url(blobKey);
  if (key?.length !== KEY_BYTES || sealed[0] !== VERSION || hex(ciphers.sha256(sealed)) !== blobId) {
    return fail({ code: 'blob-damaged' });
  }
  const opened = openBytes(ciphers, key, sealed.subarray(1), utf8('alegato-blob-1'));
  const bytes = opened.ok ? unpad(opened.value, blobSize) : null;
  return bytes ? ok(bytes) : fail({ code: 'blob-damaged' });
}
