/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One damage to a file's bytes: cut off, one bit flipped, or a run overwritten. */
export function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const kind = random();
  if (kind < 0.3) return new Uint8Array(bytes.subarray(0, at));
  const copy = new Uint8Array(bytes);
  if (kind < 0.8) copy[at] = (copy[at] as number) ^ (1 << Math.floor(random() * 8));
  else copy.fill(Math.floor(random() * 256), at, at + 1 + Math.floor(random() * 64));
  return copy;
}
