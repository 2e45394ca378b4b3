/** Why an image is not taken. */
export type ImageRefusal =
  | { code: 'image-kind' }
  | { code: 'image-broken' }
  | { code: 'image-file-large' }
  | { code: 'image-too-large'; params: { width: number; height: number; limitMegapixels: number } };

/** An image with nothing in it but what is needed to draw it. */
export interface CleanImage {
  mime: 'image/png' | 'image/jpeg';
  widthPx: number;
  heightPx: number;
  bytes: Uint8Array;
  /** What was taken out changes how it looks (it is turned, or has colours of its own): draw the original instead. */
  redraw: boolean;
}

/** The parts of a file that are kept, in their order, and what they say. Null: it is not whole, or not of its kind. */
export interface ImageParts {
  widthPx: number;
  heightPx: number;
  parts: Uint8Array[];
  redraw: boolean;
}

/** Joins pieces of bytes. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The turn that EXIF asks for, 1 (none) to 8; 1 for whatever is no such block. `exif` begins at its TIFF header. */
export function readOrientation(exif: Uint8Array): number {
  if (exif.length < 8) return 1;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.length);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const count = Math.min(view.getUint16(directory, little), 500);
  for (let entry = directory + 2; entry + 12 <= exif.length && entry < directory + 2 + 12 * count; entry += 12)
    if (view.getUint16(entry, little) === 0x0112) {
      const turn = view.getUint16(entry + 8, little);
      return turn >= 1 && turn <= 8 ? turn : 1;
    }
  return 1;
}
