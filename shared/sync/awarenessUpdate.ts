import { readUtf8, utf8 } from '../crypto/bytes.ts';
import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';

/** One client's entry in a y-protocols awareness update; `state` is JSON, `null` meaning gone. */
export interface AwarenessEntry {
  client: number;
  clock: number;
  state: string;
}

/** Null when the bytes are no awareness update or a state is not JSON (y-protocols would throw on it). */
export function parseAwareness(bytes: Uint8Array): AwarenessEntry[] | null {
  return readWith(bytes, (r) => {
    const entries = Array.from({ length: r.count(3) }, () => ({
      client: r.varuint(),
      clock: r.varuint(),
      state: readState(r),
    }));
    r.end();
    return entries;
  });
}

export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const writer = new ByteWriter().varuint(entries.length);
  for (const { client, clock, state } of entries) {
    const text = utf8(state);
    writer.varuint(client).varuint(clock).varuint(text.length).raw(text);
  }
  return writer.done();
}

function readState(reader: ByteReader): string {
  const state = readUtf8(reader.raw(reader.varuint()));
  if (state === null) throw new MalformedBytes();
  try {
    const value: unknown = JSON.parse(state);
    if (typeof value !== 'object') throw new MalformedBytes();
  } catch {
    throw new MalformedBytes();
  }
  return state;
}
