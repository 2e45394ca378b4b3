import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { isDeviceNumber, ROOT_DEVICE } from './clientIds.ts';

/** [SY11] The last frame of one device that somebody had. */
export interface Head {
  counter: number;
  /** First 8 bytes of its hash. */
  mark: Uint8Array;
}
/** Device number to its head. */
export type Heads = ReadonlyMap<number, Head>;
export const MARK_BYTES = 8;

export interface UpdateContent {
  heads: Heads;
  /** A Yjs update of version 1, not scanned yet. A view into the input. */
  update: Uint8Array;
}
export interface SnapshotContent {
  /** [SY51] */
  digest: Uint8Array;
  /** A Yjs update of version 1, not scanned yet. A view into the input. */
  state: Uint8Array;
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

export function encodeSnapshotContent(content: SnapshotContent): Uint8Array {
  return new ByteWriter().raw(content.digest).raw(content.state).done();
}

/** Null when the bytes are not of the grammar. */
export function parseSnapshotContent(bytes: Uint8Array): SnapshotContent | null {
  return readWith(bytes, (r) => ({ digest: r.raw(32).slice(), state: r.rest() }));
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
  for (const [device, { counter, mark }] of [...heads].sort((a, b) => a[0] - b[0]))
    writer.varuint(device).varuint(counter).raw(mark);
  return writer;
}

function readHeads(reader: ByteReader): Heads {
  const heads = new Map<number, Head>();
  let last = -1;
  for (let left = reader.count(2 + MARK_BYTES); left > 0; left--) {
    const device = reader.varuint();
    const counter = reader.varuint();
    if ((device !== ROOT_DEVICE && !isDeviceNumber(device)) || device <= last || counter < 1)
      throw new MalformedBytes();
    heads.set(device, { counter, mark: reader.raw(MARK_BYTES).slice() });
    last = device;
  }
  return heads;
}
