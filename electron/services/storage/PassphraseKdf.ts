import { Worker } from 'node:worker_threads';
import sodium from 'libsodium-wrappers-sumo';

/** Argon2id's cost: passes over the memory, and the memory in bytes. */
export interface PassphraseCost {
  ops: number;
  memoryBytes: number;
}
export const SALT_BYTES = 16;
/** [KF1] For new slots. Old ones keep theirs until the passphrase is changed. */
export const PASSPHRASE_COST: PassphraseCost = { ops: 3, memoryBytes: 256 * 1024 * 1024 };

/** Turns a passphrase into a 32-byte key, slowly. Rejects when there is not enough memory. */
export interface PassphraseKdf {
  derive(passphrase: string, salt: Uint8Array, cost: PassphraseCost): Promise<Uint8Array>;
}
export interface PassphraseRequest {
  passphrase: string;
  salt: Uint8Array;
  cost: PassphraseCost;
}

/** Argon2id in this thread. */
export const directKdf: PassphraseKdf = {
  derive: async (passphrase, salt, { ops, memoryBytes }) => {
    await sodium.ready;
    return sodium.crypto_pwhash(
      32,
      passphrase.normalize('NFKC'),
      salt,
      ops,
      memoryBytes,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    );
  },
};

/** Argon2id in a worker of its own, which ends afterwards and takes its memory with it; windows stay responsive. */
export function workerKdf(workerPath: string): PassphraseKdf {
  return {
    derive: (passphrase, salt, cost) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(workerPath, {
          workerData: { passphrase, salt, cost } satisfies PassphraseRequest,
        });
        worker.once('message', (key: Uint8Array) => resolve(key));
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the worker ended without a key')));
      }),
  };
}
