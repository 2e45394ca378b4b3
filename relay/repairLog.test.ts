import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SUSPECT } from './mendLog.ts';
import { createRelay } from './Relay.ts';
import { type MendProcess, repairLog } from './repairLog.ts';
import { describeStartFailure } from './startFailure.ts';

let dataDir: string;
let log: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'alegato-repair-'));
  log = path.join(dataDir, 'log');
  await mkdir(log);
  for (const name of ['000005.ldb', '000007.ldb', '000009.ldb', '000010.log', 'CURRENT'])
    await writeFile(path.join(log, name), name);
});
afterEach(() => rm(dataDir, { recursive: true }));

/** A process that dies on these files: of the whole while one of them is there, and of each when it looks at it. */
function mendDyingOf(deadly: readonly string[], asked: string[]): MendProcess {
  return async ([folder = '', after]) => {
    asked.push(after ?? 'whole');
    const names = (await readdir(folder)).filter((name) => deadly.includes(name)).sort();
    const found = names.find((name) => after === undefined || name > after);
    if (found && after !== undefined) await mkdir(`${folder}${SUSPECT}${found}`);
    return found === undefined;
  };
}

describe('repair of a damaged log', () => {
  it('[SY75] is one process when that is enough', async () => {
    const asked: string[] = [];
    await repairLog(log, mendDyingOf([], asked));
    expect(asked).toEqual(['whole']);
    await expect(readdir(path.join(log, 'lost'))).rejects.toThrow();
  });

  it('[SY75] sets aside every file that ends the process, and keeps the rest', async () => {
    const asked: string[] = [];
    await repairLog(log, mendDyingOf(['000007.ldb', '000010.log'], asked));
    expect(asked).toEqual(['whole', '0', '000007.ldb', '000010.log', 'whole']);
    expect((await readdir(log)).sort()).toEqual(['000005.ldb', '000009.ldb', 'CURRENT', 'lost']);
    expect((await readdir(path.join(log, 'lost'))).sort()).toEqual(['000007.ldb', '000010.log']);
    expect(await readdir(dataDir)).toEqual(['log']);
  });

  it('[SY75] overwrites nothing that was set aside before, and forgets a file looked at when the relay itself was ended', async () => {
    await mkdir(path.join(log, 'lost'));
    await writeFile(path.join(log, 'lost', '000007.ldb'), 'of another time');
    await mkdir(`${log}${SUSPECT}000005.ldb`);
    await repairLog(log, mendDyingOf(['000007.ldb'], []));
    expect((await readdir(path.join(log, 'lost'))).sort()).toEqual(['000007.ldb', '000007.ldb.1']);
    expect(await readFile(path.join(log, 'lost', '000007.ldb'), 'utf8')).toBe('of another time');
    expect(await readdir(log)).toContain('000005.ldb');
  });

  it('[SY75] gives up after 64 files, and when no file is to blame; the relay says so and leaves all in its place', async () => {
    const many = Array.from({ length: 70 }, (_, i) => `0001${String(i).padStart(2, '0')}.ldb`);
    for (const name of many) await writeFile(path.join(log, name), name);
    await expect(repairLog(log, mendDyingOf(many, []))).rejects.toMatchObject({ code: 'LOG_NOT_MENDED' });
    expect((await readdir(path.join(log, 'lost'))).length).toBe(64);
    const before = (await readdir(log)).sort();
    const options = { host: '127.0.0.1', port: 0, dataDir, mend: async () => false };
    const refusal = await createRelay(options).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'LOG_NOT_MENDED' });
    const sentence = describeStartFailure(refusal, dataDir);
    expect(sentence).toContain(
      `The records in ${log} are damaged and could not be mended. They were left as they are.`,
    );
    expect((await readdir(log)).filter((name) => /ldb|CURRENT/.test(name)).sort()).toEqual(
      before.filter((name) => /ldb|CURRENT/.test(name)),
    );
  });
});
