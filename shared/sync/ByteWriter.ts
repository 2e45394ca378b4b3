import { utf8 } from '../crypto/bytes.ts';

/** Builds big-endian binary messages; grows as needed. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  u8(value: number): this {
    this.#reserve(1);
    this.#view.setUint8(this.#length, value);
    this.#length += 1;
    return this;
  }

  u16(value: number): this {
    this.#reserve(2);
    this.#view.setUint16(this.#length, value);
    this.#length += 2;
    return this;
  }

  u32(value: number): this {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
    return this;
  }

  /** Eight bytes of a safe integer. */
  u64(value: number): this {
    this.#reserve(8);
    this.#view.setBigUint64(this.#length, BigInt(value));
    this.#length += 8;
    return this;
  }

  /** Seven bits a byte, lowest first: the integers of Yjs. */
  varuint(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.u8(128 | (rest % 128));
      rest = Math.floor(rest / 128);
    }
    return this.u8(rest);
  }

  /** The bytes alone, without a length. */
  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Four bytes of length, then the bytes. */
  sized(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.sized(utf8(text));
  }

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
