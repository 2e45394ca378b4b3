import { type ImageParts, readOrientation } from './ImageReading.ts';

/** A progressive picture has some ten scans; thousands of them only keep a decoder busy. */
const MAX_SCANS = 100;
const MAX_SEGMENTS = 10_000;
/** `JFIF`, version 1.1, square pixels, no thumbnail. */
const JFIF = Uint8Array.of(0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

interface Reading {
  bytes: Uint8Array;
  parts: Uint8Array[];
  frame: { widthPx: number; heightPx: number; components: number } | null;
  redraw: boolean;
  scans: number;
  jfif: boolean;
  adobe: boolean;
}

/**
 * Reads a JPEG segment by segment and keeps those that draw it: tables, one frame, its scans. The notes of programs
 * (EXIF with place and thumbnail, XMP, colour profile, comments, further pictures) and whatever stands behind the end go.
 * Only what every browser draws is taken: Huffman coding, 8 bits, 1, 3 or 4 components. [DO82]
 */
export function readJpeg(bytes: Uint8Array): ImageParts | null {
  if (!isJpeg(bytes)) return null;
  const reading: Reading = { bytes, parts: [], frame: null, redraw: false, scans: 0, jfif: false, adobe: false };
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    if (bytes[at] !== 0xff) return null;
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined) return null;
    if (marker === 0xd9) return finish(reading);
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const data = bytes.subarray(at + 4, end);
    if (!readSegment(reading, marker, data)) return null;
    at = end;
    if (marker !== 0xda) continue;
    const scanEnd = findScanEnd(bytes, at);
    if (scanEnd === null) return null;
    reading.parts.push(bytes.subarray(at, scanEnd));
    at = scanEnd;
  }
  return null;
}

function finish({ parts, frame, scans, redraw }: Reading): ImageParts | null {
  if (!frame || scans === 0) return null;
  const { widthPx, heightPx } = frame;
  return { widthPx, heightPx, redraw, parts: [Uint8Array.of(0xff, 0xd8), ...parts, Uint8Array.of(0xff, 0xd9)] };
}

/** False for what no picture of ours may hold. */
function readSegment(reading: Reading, marker: number, data: Uint8Array): boolean {
  switch (marker) {
    case 0xc0:
    case 0xc1:
    case 0xc2:
      return readFrame(reading, marker, data);
    case 0xc4:
      return areHuffmanTables(data) && keep(reading, marker, data);
    case 0xdb:
      return areQuantizers(data) && keep(reading, marker, data);
    case 0xdd:
      return data.length === 2 && keep(reading, marker, data);
    case 0xda: {
      const components = data[0] ?? 0;
      reading.scans += 1;
      const fits = components >= 1 && components <= (reading.frame?.components ?? 0);
      return fits && data.length === 4 + 2 * components && reading.scans <= MAX_SCANS && keep(reading, marker, data);
    }
    case 0xe0:
      if (startsWith(data, 'JFIF\0') && !reading.jfif && !reading.frame) {
        reading.parts.push(JFIF);
        reading.jfif = true;
      }
      return true;
    case 0xe1:
      if (startsWith(data, 'Exif\0\0')) reading.redraw ||= readOrientation(data.subarray(6)) !== 1;
      return true;
    case 0xe2:
      reading.redraw ||= startsWith(data, 'ICC_PROFILE\0');
      return true;
    case 0xee:
      return readAdobe(reading, data);
    default:
      // Notes of programs and comments go; other ways of coding are not taken.
      return (marker >= 0xe3 && marker <= 0xef) || marker === 0xfe;
  }
}

function readFrame(reading: Reading, marker: number, data: Uint8Array): boolean {
  const components = data[5] ?? 0;
  if (reading.frame || data[0] !== 8 || data.length !== 6 + 3 * components) return false;
  if (components !== 1 && components !== 3 && components !== 4) return false;
  for (let index = 0; index < components; index += 1) {
    const sampling = data[7 + 3 * index] as number;
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4 || (data[8 + 3 * index] as number) > 3) return false;
  }
  const heightPx = ((data[1] as number) << 8) | (data[2] as number);
  const widthPx = ((data[3] as number) << 8) | (data[4] as number);
  reading.frame = { widthPx, heightPx, components };
  return keep(reading, marker, data);
}

/** How the colours are meant is kept, in the twelve bytes it takes. */
function readAdobe(reading: Reading, data: Uint8Array): boolean {
  const transform = data[11] ?? 0;
  if (!startsWith(data, 'Adobe') || data.length < 12 || reading.adobe || transform > 2) return true;
  reading.adobe = true;
  return keep(reading, 0xee, Uint8Array.of(0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform));
}

function keep({ parts }: Reading, marker: number, data: Uint8Array): true {
  const length = data.length + 2;
  parts.push(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), data);
  return true;
}

/** True when the tables fill the segment: nothing else travels in it. */
function areHuffmanTables(data: Uint8Array): boolean {
  let at = 0;
  while (at + 17 <= data.length) {
    const kind = data[at] as number;
    if (kind >> 4 > 1 || (kind & 15) > 3) return false;
    let codes = 0;
    for (let length = 1; length <= 16; length += 1) codes += data[at + length] as number;
    if (codes > 256) return false;
    at += 17 + codes;
  }
  return at === data.length && at > 0;
}

function areQuantizers(data: Uint8Array): boolean {
  let at = 0;
  while (at < data.length) {
    const kind = data[at] as number;
    if (kind >> 4 > 1 || (kind & 15) > 3) return false;
    at += 1 + (kind >> 4 === 1 ? 128 : 64);
  }
  return at === data.length && at > 0;
}

/** Where the coded picture ends: at the next marker that is neither a restart nor a coded 0xff. Null: it never does. */
function findScanEnd(bytes: Uint8Array, start: number): number | null {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return null;
    if (next === 0 || (next >= 0xd0 && next <= 0xd7) || next === 0xff) continue;
    return at;
  }
  return null;
}

function startsWith(data: Uint8Array, words: string): boolean {
  for (let at = 0; at < words.length; at += 1) if (data[at] !== words.charCodeAt(at)) return false;
  return true;
}
