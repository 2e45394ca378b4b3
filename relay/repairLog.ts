import { fork } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SUSPECT } from './mendLog.ts';

/** Runs `mendLog` with these arguments in a process of its own; true when that ended with 0. */
export type MendProcess = (args: readonly string[]) => Promise<boolean>;

/** How the relay's own entry is told to do that work instead. */
export const MEND_COMMAND = 'mend-log';
/** Each is a file of at most a few megabytes; who has so many has a disk to replace. */
const MAX_SET_ASIDE = 64;

/** The log's folder is left as it is: what is in it may be worth a look by somebody. */
export class LogNotMended extends Error {
  readonly code = 'LOG_NOT_MENDED';
}

/**
 * [SY75] Has LevelDB build a damaged log anew. On some damage LevelDB ends the process it runs in, so that this is never
 * the relay's: a file that does so is put into `lost` beside the others and the rest is built without it.
 */
export async function repairLog(folder: string, mend: MendProcess): Promise<void> {
  const log = path.resolve(folder);
  for (const suspect of await suspects(log)) await rm(suspect, { recursive: true });
  if (await mend([log])) return;
  let after = '0'; // before every name
  for (let count = 0; !(await mend([log, after])); count++) {
    const [suspect] = await suspects(log);
    if (!suspect || count === MAX_SET_ASIDE) throw new LogNotMended('the log could not be mended');
    after = suspect.slice(`${log}${SUSPECT}`.length);
    await setAside(log, after);
    await rm(suspect, { recursive: true });
  }
  if (!(await mend([log]))) throw new LogNotMended('the log could not be mended');
}

/** Of the file that is being looked at, or was when its process died. */
async function suspects(log: string): Promise<string[]> {
  const prefix = `${path.basename(log)}${SUSPECT}`;
  const names = await readdir(path.dirname(log));
  return names.filter((name) => name.startsWith(prefix)).map((name) => path.join(path.dirname(log), name));
}

/** Where LevelDB puts what it cannot use; nothing there is ever overwritten. */
async function setAside(log: string, name: string): Promise<void> {
  const lost = path.join(log, 'lost');
  await mkdir(lost, { recursive: true });
  const taken = new Set(await readdir(lost));
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}.${number}`;
  await rename(path.join(log, name), path.join(lost, free));
}

/** The relay's own entry once more: the bundle, or `index.ts` as tests and `npm run relay` have it. */
export function runMendProcess(args: readonly string[]): Promise<boolean> {
  const here = fileURLToPath(import.meta.url);
  const isSource = here.endsWith('.ts');
  const child = fork(isSource ? path.join(path.dirname(here), 'index.ts') : here, [MEND_COMMAND, ...args], {
    cwd: path.dirname(here), // where `tsx` is found
    execArgv: isSource ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // it ends with this process
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}
