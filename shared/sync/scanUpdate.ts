import { readUtf8 } from '../crypto/bytes.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';

/** One struct's place: its bytes `[from, to)` in the update and its clocks `[clock, clock + length)`. */
export interface ScannedStruct {
  from: number;
  to: number;
  clock: number;
  length: number;
}
export interface ScannedClient {
  client: number;
  structs: ScannedStruct[];
}
export interface ClockRange {
  client: number;
  clock: number;
  length: number;
}
/** What an update claims, read without building it. */
export interface UpdateScan {
  clients: ScannedClient[];
  deletions: ClockRange[];
}

const MAX_CLOCK = 2 ** 48;
const MAX_NESTING = 64;

/**
 * [SY13] Walks a Yjs update (version 1) to its last byte. Time and memory are bounded by the bytes given, whatever
 * counts they claim; what passes does not make `Y.applyUpdate` throw on its encoding.
 */
export function scanUpdate(update: Uint8Array): Result<UpdateScan, { code: 'bad-update' }> {
  return scanWith(update, readStructs);
}

/** As `scanUpdate`, all structs of a client as one, from the first to the last: a whole state has as many as it has words. */
export function scanState(update: Uint8Array): Result<UpdateScan, { code: 'bad-update' }> {
  return scanWith(update, readStructsAsOne);
}

type ReadStructs = (reader: ByteReader, client: number, clock: number, count: number) => ScannedStruct[];

function scanWith(update: Uint8Array, read: ReadStructs): Result<UpdateScan, { code: 'bad-update' }> {
  const scan = readWith(update, (reader) => {
    const clients = readClients(reader, read);
    const deletions = readDeletions(reader);
    reader.end();
    return { clients, deletions };
  });
  return scan ? ok(scan) : fail({ code: 'bad-update' });
}

function readClients(reader: ByteReader, read: ReadStructs): ScannedClient[] {
  const clients: ScannedClient[] = [];
  const seen = new Set<number>();
  for (let left = reader.count(3); left > 0; left--) {
    const structCount = reader.count(2);
    const client = reader.varuint();
    // a client named twice would be judged by one section and applied from the other
    if (seen.has(client)) throw new MalformedBytes();
    seen.add(client);
    const clock = reader.varuint();
    if (structCount * 2 > reader.left) throw new MalformedBytes();
    clients.push({ client, structs: read(reader, client, clock, structCount) });
  }
  return clients;
}

function readStructs(reader: ByteReader, client: number, first: number, count: number): ScannedStruct[] {
  const structs: ScannedStruct[] = [];
  let clock = first;
  for (let i = 0; i < count; i++) {
    const from = reader.at;
    const length = readLength(reader, client, clock);
    structs.push({ from, to: reader.at, clock, length });
    clock += length;
  }
  return structs;
}

function readStructsAsOne(reader: ByteReader, client: number, first: number, count: number): ScannedStruct[] {
  const from = reader.at;
  let clock = first;
  for (let i = 0; i < count; i++) clock += readLength(reader, client, clock);
  return count > 0 ? [{ from, to: reader.at, clock: first, length: clock - first }] : [];
}

/** Of the next struct, in clocks. */
function readLength(reader: ByteReader, client: number, clock: number): number {
  const length = readStruct(reader, client, clock);
  if (length < 1 || clock + length > MAX_CLOCK) throw new MalformedBytes();
  return length;
}

function readDeletions(reader: ByteReader): ClockRange[] {
  const deletions: ClockRange[] = [];
  for (let left = reader.count(2); left > 0; left--) {
    const client = reader.varuint();
    for (let ranges = reader.count(2); ranges > 0; ranges--) {
      const clock = reader.varuint();
      const length = reader.varuint();
      if (clock + length > MAX_CLOCK) throw new MalformedBytes();
      deletions.push({ client, clock, length });
    }
  }
  return deletions;
}

/** The struct's length in clocks. */
function readStruct(reader: ByteReader, client: number, clock: number): number {
  const info = reader.u8();
  const content = info & 31;
  if (content === 0 || content === 10) return reader.varuint(); // collected, skipped
  const hasLeft = (info & 128) !== 0;
  const hasRight = (info & 64) !== 0;
  if (hasLeft) skipId(reader, client, clock);
  if (hasRight) skipId(reader, client, clock);
  if (!hasLeft && !hasRight) {
    if (reader.varuint() === 1) readText(reader);
    else skipId(reader, client, clock);
    if ((info & 32) !== 0) readText(reader);
  }
  return readContent(reader, content);
}

function readContent(reader: ByteReader, content: number): number {
  switch (content) {
    case 1: // deleted
      return reader.varuint();
    case 2: {
      // JSON values, each a text
      const count = reader.count();
      for (let i = 0; i < count; i++) {
        const text = readText(reader);
        if (text !== 'undefined') checkJson(text);
      }
      return count;
    }
    case 3:
      reader.raw(reader.varuint());
      return 1;
    case 4:
      return reader.textUnits(reader.varuint());
    case 5:
      checkJson(readText(reader));
      return 1;
    case 6:
      readText(reader);
      checkJson(readText(reader));
      return 1;
    case 7: {
      const type = reader.varuint();
      if (type > 6) throw new MalformedBytes();
      if (type === 3 || type === 5) readText(reader);
      return 1;
    }
    case 8: {
      const count = reader.count();
      for (let i = 0; i < count; i++) skipAny(reader, 0);
      return count;
    }
    default: // subdocuments and what Yjs does not know
      throw new MalformedBytes();
  }
}

/** A reference to the struct itself or a later one of its client would make Yjs throw halfway. */
function skipId(reader: ByteReader, client: number, clock: number): void {
  const otherClient = reader.varuint();
  const otherClock = reader.varuint();
  if (otherClock > MAX_CLOCK || (otherClient === client && otherClock >= clock)) throw new MalformedBytes();
}

function readText(reader: ByteReader): string {
  const text = readUtf8(reader.raw(reader.varuint()));
  if (text === null) throw new MalformedBytes();
  return text;
}

function checkJson(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > MAX_NESTING) throw new MalformedBytes();
  }
  try {
    JSON.parse(text);
  } catch {
    throw new MalformedBytes();
  }
}

function skipAny(reader: ByteReader, depth: number): void {
  if (depth > MAX_NESTING) throw new MalformedBytes();
  const tag = reader.u8();
  switch (tag) {
    case 127:
    case 126:
    case 121:
    case 120: // undefined, null, false, true
      return;
    case 125:
      return skipVarInt(reader);
    case 124:
      reader.raw(4);
      return;
    case 123:
    case 122:
      reader.raw(8);
      return;
    case 119:
      readText(reader);
      return;
    case 118:
      for (let left = reader.count(2); left > 0; left--) {
        if (readText(reader) === '__proto__') throw new MalformedBytes();
        skipAny(reader, depth + 1);
      }
      return;
    case 117:
      for (let left = reader.count(); left > 0; left--) skipAny(reader, depth + 1);
      return;
    case 116:
      reader.raw(reader.varuint());
      return;
    default:
      throw new MalformedBytes();
  }
}

/** Six bits and a sign in the first byte, seven in the others. */
function skipVarInt(reader: ByteReader): void {
  let byte = reader.u8();
  let value = byte & 63;
  let scale = 64;
  while (byte > 127) {
    byte = reader.u8();
    value += (byte & 127) * scale;
    scale *= 128;
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes();
  }
}
