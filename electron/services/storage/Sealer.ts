import { hkdfSync, randomBytes as systemRandomBytes } from 'node:crypto';
import { utf8 } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { KEY_BYTES, openBytes, sealBytes } from '../../../shared/crypto/sealing.ts';

/** Cryptographic random bytes. */
export function randomBytes(length: number): Uint8Array {
  return new Uint8Array(systemRandomBytes(length));
}

/**
 * Seals values for this computer's disk. `context` is bound to the value, so that one moved to another place does not
 * open there.
 */
export class Sealer {
  readonly #ciphers: Ciphers;
  readonly #key: Uint8Array;

  /** `key` is 32 bytes. */
  constructor(ciphers: Ciphers, key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new Error('key length');
    this.#ciphers = ciphers;
    this.#key = key;
  }

  seal(plain: Uint8Array, context: string): Uint8Array {
    return sealBytes(this.#ciphers, this.#key, plain, utf8(context));
  }

  /** Null when the value was not sealed here under this context, or was changed since. */
  open(sealed: Uint8Array, context: string): Uint8Array | null {
    const opened = openBytes(this.#ciphers, this.#key, sealed, utf8(context));
    return opened.ok ? opened.value : null;
  }

  /** A sealer for one purpose; its key tells nothing about this one's. */
  derive(purpose: string): Sealer {
    return new Sealer(this.#ciphers, this.deriveKey(purpose));
  }

  /** 32 bytes for one purpose, for a module that seals by itself. */
  deriveKey(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#key, new Uint8Array(0), purpose, KEY_BYTES));
  }
}
