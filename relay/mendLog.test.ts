import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mendLog } from './mendLog.ts';
import { runMendProcess } from './repairLog.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'alegato-mend-'));
  folder = path.join(parent, 'log');
});
afterEach(() => rm(parent, { recursive: true }));

/** Two tables whose blocks are not compressed. */
async function fill(): Promise<string[]> {
  for (const part of ['a', 'b']) {
    const db = new ClassicLevel(folder, { compression: false });
    for (let i = 0; i < 50; i++) await db.put(`${part}${100 + i}`, 'x'.repeat(100));
    await db.compactRange(part, `${part}~`);
    await db.close();
  }
  return (await readdir(folder)).filter((name) => name.endsWith('.ldb')).sort();
}

async function readKeys(): Promise<string[]> {
  const db = new ClassicLevel(folder, { createIfMissing: false });
  try {
    return await db.keys().all();
  } finally {
    await db.close();
  }
}

/** The second byte of a table is the length of its first key. */
async function cutFirstKey(table: string): Promise<void> {
  const bytes = await readFile(path.join(folder, table));
  bytes[1] = 3;
  await writeFile(path.join(folder, table), bytes);
}

describe('mending in a process of its own', () => {
  it('[SY75] builds a log anew whose own description is damaged', async () => {
    await fill();
    await writeFile(path.join(folder, 'CURRENT'), 'MANIFEST-000099\n');
    await mendLog([folder]);
    expect((await readKeys()).length).toBe(100);
  });

  it('[SY75] ends otherwise than with 0 when there is nothing, and when LevelDB ends it; then the file has a name', async () => {
    expect(await runMendProcess([path.join(parent, 'none', 'there')])).toBe(false);
    const [first = '', second = ''] = await fill();
    await cutFirstKey(second);
    expect(await runMendProcess([folder])).toBe(false);
    expect(await runMendProcess([folder, first])).toBe(false);
    expect(await readdir(parent)).toEqual(['log', `log.suspect-${second}`]);
    await rm(path.join(parent, `log.suspect-${second}`), { recursive: true });
    expect(await runMendProcess([folder, second])).toBe(true);
  }, 60_000);

  it('[SY75] does not pass on keys that are out of order, which would end the relay when it merges them', async () => {
    const [, second = ''] = await fill();
    const bytes = await readFile(path.join(folder, second));
    const place = bytes.indexOf(Buffer.from([2, 10, 100, 0x31, 0x30])); // b110, of which two bytes are those of b109
    expect(place).toBeGreaterThan(0);
    bytes[place + 3] = 0x39;
    await writeFile(path.join(folder, second), bytes);
    expect(await runMendProcess([folder])).toBe(false);
  }, 60_000);
});
