const STEPS = [128, 512, 2_048, 8_192] as const;
const LENGTH_BYTES = 4;

/** [SY10] The size that content of `sizeBytes` takes once padded, its length field included. */
export function paddedSize(sizeBytes: number): number {
  const needed = sizeBytes + LENGTH_BYTES;
  return STEPS.find((step) => needed <= step) ?? Math.ceil(needed / 8_192) * 8_192;
}

/** Length, content, zeros. `size` defaults to the steps of [SY10]. */
export function pad(content: Uint8Array, size = paddedSize(content.length)): Uint8Array {
  const out = new Uint8Array(size);
  new DataView(out.buffer).setUint32(0, content.length);
  out.set(content, LENGTH_BYTES);
  return out;
}

/** The content, or null when length, size or filler is not what `pad` makes. `sizeOf` is the size rule in use. */
export function unpad(padded: Uint8Array, sizeOf: (sizeBytes: number) => number = paddedSize): Uint8Array | null {
  if (padded.length < LENGTH_BYTES) return null;
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  if (length > padded.length - LENGTH_BYTES || sizeOf(length) !== padded.length) return null;
  for (let i = LENGTH_BYTES + length; i < padded.length; i++) if (padded[i] !== 0) return null;
  return padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}
