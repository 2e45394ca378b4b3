const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Lower-case base32 without padding: 16 bytes give 26 characters. */
export function base32(bytes: Uint8Array): string {
  return encode(bytes, ALPHABET, 5);
}

/** Base64 with `-` and `_`, without padding. */
export function base64url(bytes: Uint8Array): string {
  return encode(bytes, BASE64URL, 6);
}

/** Null for a character outside the alphabet. Left-over bits are dropped. */
export function parseBase64url(text: string): Uint8Array | null {
  return decode(text, BASE64URL, 6);
}

function encode(bytes: Uint8Array, alphabet: string, bitsEach: number): string {
  const out: (string | undefined)[] = []; // joined at the end to one flat string: room ids are kept for long
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= bitsEach) {
      heldBits -= bitsEach;
      out.push(alphabet[(held >>> heldBits) & (2 ** bitsEach - 1)]);
    }
    held &= 2 ** heldBits - 1;
  }
  if (heldBits > 0) out.push(alphabet[(held << (bitsEach - heldBits)) & (2 ** bitsEach - 1)]);
  return out.join('');
}

function decode(text: string, alphabet: string, bitsEach: number): Uint8Array | null {
  const out: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = (held << bitsEach) | value;
    heldBits += bitsEach;
    if (heldBits >= 8) {
      heldBits -= 8;
      out.push((held >>> heldBits) & 255);
      held &= 2 ** heldBits - 1;
    }
  }
  return Uint8Array.from(out);
}
