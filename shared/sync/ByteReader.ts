import { readUtf8 } from '../crypto/bytes.ts';

/** Thrown by `ByteReader` only; `readWith` turns it into null, so it never leaves a parse function. */
export class MalformedBytes extends Error {}

/** Reads big-endian binary input; every read past the end throws `MalformedBytes`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new MalformedBytes();
    this.at++;
    return value;
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  /** Refuses what is not a safe integer. */
  u64(): number {
    const at = this.#step(8);
    const value = this.#view.getUint32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes();
    return value;
  }

  /** Refuses what is not a safe integer. */
  varuint(): number {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at++];
    if (byte === undefined) throw new MalformedBytes();
    let value = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[at++];
      if (byte === undefined || scale > Number.MAX_SAFE_INTEGER) throw new MalformedBytes();
      value += (byte & 127) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes();
    }
    this.at = at;
    return value;
  }

  /** A count of items of at least `itemBytes` each: never more than the bytes left can hold. */
  count(itemBytes = 1): number {
    const value = this.varuint();
    if (value * itemBytes > this.left) throw new MalformedBytes();
    return value;
  }

  /** A view of the next bytes, not a copy. */
  raw(length: number): Uint8Array {
    const start = this.#step(length);
    return this.bytes.subarray(start, start + length);
  }

  /** Passes over UTF-8 and gives its length in UTF-16 units. Mostly that of its bytes, without a view of them being made. */
  textUnits(length: number): number {
    const { bytes } = this;
    const start = this.#step(length);
    for (let at = start; at < start + length; at++) {
      if ((bytes[at] as number) < 128) continue;
      const text = readUtf8(bytes.subarray(start, start + length));
      if (text === null) throw new MalformedBytes();
      return text.length;
    }
    return length;
  }

  sized(maxBytes: number): Uint8Array {
    const length = this.u32();
    if (length > maxBytes) throw new MalformedBytes();
    return this.raw(length);
  }

  text(maxBytes: number): string {
    const text = readUtf8(this.sized(maxBytes));
    if (text === null) throw new MalformedBytes();
    return text;
  }

  rest(): Uint8Array {
    return this.raw(this.left);
  }

  end(): void {
    if (this.left !== 0) throw new MalformedBytes();
  }

  #step(length: number): number {
    if (length > this.left) throw new MalformedBytes();
    const start = this.at;
    this.at += length;
    return start;
  }
}

/** The result of `read`, or null when the bytes end early or hold something out of range. */
export function readWith<T>(bytes: Uint8Array, read: (reader: ByteReader) => T): T | null {
  try {
    return read(new ByteReader(bytes));
  } catch (error) {
    if (error instanceof MalformedBytes) return null;
    throw error;
  }
}
