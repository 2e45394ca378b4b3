import { type ImageParts, readOrientation } from './ImageReading.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Bit depths by colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const MAX_CHUNKS = 100_000;
/** Chunks of one length each that say which colours are meant, and nothing of anybody. */
const COLOUR_CHUNKS: Readonly<Record<string, number>> = { gAMA: 4, cHRM: 32, sRGB: 1 };

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * Reads a PNG chunk by chunk, each with its checksum, and keeps those that draw it: no text, no times, no EXIF, no colour
 * profile (it can name a screen), no further frames, nothing behind the end (a cropped picture's older state). [DO82]
 */
export function readPng(bytes: Uint8Array): ImageParts | null {
  if (!isPng(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  const seen = new Set<string>();
  let [widthPx, heightPx, colourType, redraw, before] = [0, 0, 0, false, ''];
  let at = 8;
  for (let count = 0; count < MAX_CHUNKS && at + 12 <= bytes.length; count += 1) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type) || view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return null;
    if (count === 0 && type !== 'IHDR') return null;
    const data = bytes.subarray(at + 8, end - 4);
    const chunk = bytes.subarray(at, end);
    const repeats = seen.has(type);
    const drawn = seen.has('IDAT');
    seen.add(type);
    at = end;
    switch (type) {
      case 'IHDR': {
        if (repeats || length !== 13) return null;
        [widthPx, heightPx, colourType] = [view.getUint32(at - 17), view.getUint32(at - 13), data[9] as number];
        if (!DEPTHS[colourType]?.includes(data[8] as number)) return null;
        if (data[10] !== 0 || data[11] !== 0 || (data[12] as number) > 1) return null;
        parts.push(chunk);
        break;
      }
      case 'PLTE':
        if (repeats || drawn || length === 0 || length % 3 !== 0 || length > 768) return null;
        if (colourType === 0 || colourType === 4) return null;
        parts.push(chunk);
        break;
      case 'tRNS':
        if (repeats || drawn || length > 256 || (colourType === 3 && !seen.has('PLTE'))) return null;
        if (colourType === 4 || colourType === 6) return null;
        if (colourType !== 3 && length !== (colourType === 0 ? 2 : 6)) return null;
        parts.push(chunk);
        break;
      case 'IDAT':
        if (drawn && before !== 'IDAT') return null;
        if (colourType === 3 && !seen.has('PLTE')) return null;
        parts.push(chunk);
        break;
      case 'IEND':
        if (length !== 0 || !drawn) return null;
        parts.push(chunk);
        return { widthPx, heightPx, parts, redraw };
      default: {
        // A capital first letter: nobody who does not know it can draw the rest.
        if (/^[A-Z]/.test(type)) return null;
        const wanted = COLOUR_CHUNKS[type];
        if (wanted === length && !repeats && !drawn && !seen.has('PLTE')) parts.push(chunk);
        else if (type === 'iCCP') redraw = true;
        else if (type === 'eXIf') redraw ||= readOrientation(data) !== 1;
      }
    }
    before = type;
  }
  return null;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** The checksum of PNG's chunks. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1)
    value = (CRC_TABLE[(value ^ (bytes[at] as number)) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
