const MAX_DEPTH = 64;

/**
 * A lower bound of what a structured-cloned payload takes in memory, in bytes; Infinity when it is nested deeper than
 * any of our documents.
 */
export function sizeOfPayload(payload: unknown): number {
  let total = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value: payload, depth: 0 }];
  const seen = new Set<object>();
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { value, depth } = entry;
    if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
    if (typeof value === 'string') total += value.length * 2;
    else if (typeof value !== 'object' || value === null) total += 8;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) total += value.byteLength;
    else if (!seen.has(value)) {
      seen.add(value);
      total += 16;
      for (const [key, inner] of Object.entries(value)) {
        total += key.length;
        waiting.push({ value: inner, depth: depth + 1 });
      }
    }
  }
  return total;
}
