import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { isDeviceNumber } from './clientIds.ts';

/** [SY11] Device number to last counter. */
export type Heads = ReadonlyMap<number, number>;

export interface UpdateContent {
  heads: Heads;
  /** A Yjs update of version 1, not scanned yet. A view into the input. */
  update: Uint8Array;
}
export interface PresenceContent {
  heads: Heads;
  /** Everybody is asked to send presence. */
  asks: boolean;
  /** An awareness update, not parsed yet; may be empty. */
  awareness: Uint8Array;
}

const ASKS = 1;

export function encodeUpdateContent(content: UpdateContent): Uint8Array {
  return writeHeads(new ByteWriter(), content.heads).raw(content.update).done();
}

export function encodePresenceContent(content: PresenceContent): Uint8Array {
  return writeHeads(new ByteWriter(), content.heads)
    .u8(content.asks ? ASKS : 0)
    .raw(content.awareness)
    .done();
}

/** Null when the bytes are not of the grammar. */
export function parseUpdateContent(bytes: Uint8Array): UpdateContent | null {
  return readWith(bytes, (r) => ({ heads: readHeads(r), update: r.rest() }));
}

/** Null when the bytes are not of the grammar. */
export function parsePresenceContent(bytes: Uint8Array): PresenceContent | null {
  return readWith(bytes, (r) => {
    const heads = readHeads(r);
    const flags = r.u8();
    if (flags > ASKS) throw new MalformedBytes();
    return { heads, asks: flags === ASKS, awareness: r.rest() };
  });
}

function writeHeads(writer: ByteWriter, heads: Heads): ByteWriter {
  writer.varuint(heads.size);
  for (const [device, counter] of [...heads].sort((a, b) => a[0] - b[0])) writer.varuint(device).varuint(counter);
  return writer;
}

function readHeads(reader: ByteReader): Heads {
  const heads = new Map<number, number>();
  let last = 0;
  for (let left = reader.count(2); left > 0; left--) {
    const device = reader.varuint();
    const counter = reader.varuint();
    if (!isDeviceNumber(device) || device <= last || counter < 1) throw new MalformedBytes();
    heads.set(device, counter);
    last = device;
  }
  return heads;
}
