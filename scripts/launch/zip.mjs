// A reader for the one zip archive the launcher unpacks; it stands here because a fresh machine may lack `unzip`.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_SIZE_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const TYPE_MASK = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks the files of a zip archive (stored or deflated, below 4 GB) under `folder`, with their permission bits.
 * `place(name)` gives the path under `folder`, or null to leave a file out. Throws on a damaged archive, on a
 * symbolic link, and on a path that leads out of `folder`.
 */
export function unpackZip(archive, folder, place) {
  const file = openSync(archive, 'r');
  try {
    for (const entry of readDirectory(file)) {
      if (entry.name.endsWith('/')) continue;
      const path = place(entry.name);
      if (path === null) continue;
      const target = resolve(folder, path);
      if (!target.startsWith(resolve(folder) + sep)) throw new Error(`The archive names a path outside: ${entry.name}`);
      if ((entry.mode & TYPE_MASK) === SYMLINK) throw new Error(`The archive holds a link: ${entry.name}`);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, readEntry(file, entry), { mode: entry.mode & 0o777 || 0o644 });
    }
  } finally {
    closeSync(file);
  }
}

function read(file, position, sizeBytes) {
  const bytes = Buffer.alloc(sizeBytes);
  if (readSync(file, bytes, 0, sizeBytes, position) !== sizeBytes) throw new Error('The archive is cut off.');
  return bytes;
}

function readDirectory(file) {
  const sizeBytes = fstatSync(file).size;
  const tailBytes = Math.min(sizeBytes, END_SIZE_BYTES + MAX_COMMENT_BYTES);
  const tail = read(file, sizeBytes - tailBytes, tailBytes);
  let at = tail.length - END_SIZE_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at--;
  if (at < 0) throw new Error('This is not a zip archive.');
  const count = tail.readUInt16LE(at + 10);
  const directory = read(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  const entries = [];
  let next = 0;
  for (let index = 0; index < count; index++) {
    if (directory.readUInt32LE(next) !== DIRECTORY_ENTRY) throw new Error('The directory of the archive is damaged.');
    const nameBytes = directory.readUInt16LE(next + 28);
    entries.push({
      method: directory.readUInt16LE(next + 10),
      packedBytes: directory.readUInt32LE(next + 20),
      sizeBytes: directory.readUInt32LE(next + 24),
      mode: directory.readUInt32LE(next + 38) >>> 16,
      position: directory.readUInt32LE(next + 42),
      name: directory.toString('utf8', next + 46, next + 46 + nameBytes),
    });
    next += 46 + nameBytes + directory.readUInt16LE(next + 30) + directory.readUInt16LE(next + 32);
  }
  return entries;
}

function readEntry(file, entry) {
  const head = read(file, entry.position, 30);
  if (head.readUInt32LE(0) !== LOCAL_ENTRY) throw new Error(`The archive is damaged at ${entry.name}.`);
  const start = entry.position + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = read(file, start, entry.packedBytes);
  const bytes = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: entry.sizeBytes + 1 });
  if (bytes.length !== entry.sizeBytes) throw new Error(`The archive is damaged at ${entry.name}.`);
  return bytes;
}
