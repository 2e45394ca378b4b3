import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { HostEd25519 } from '../../../shared/crypto/HostSignatures.ts';

/** What precedes the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The runtime's own library: half the time of WebAssembly in Electron, and as fast from its first call on. */
export const nodeEd25519: HostEd25519<KeyObject> = {
  readKey: (publicKey) =>
    createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' }),
  verify: (key, message, signature) => verify(null, message, key, signature),
};
