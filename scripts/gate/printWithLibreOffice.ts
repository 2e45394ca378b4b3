import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const TIMEOUT_MS = 180_000;

/** What LibreOffice prints of a .docx: its text, and the text of each page of its PDF (null without pdftotext). */
export interface Printed {
  text: string;
  pages: string[] | null;
}

/** True when a program answers `--version` (or `-v`) on this machine. */
export async function isInstalled(program: string, flag = '--version'): Promise<boolean> {
  return run(program, [flag]).then(
    () => true,
    () => false,
  );
}

/** Prints a file in a LibreOffice with a profile of its own. Throws when LibreOffice fails or takes over three minutes. */
export async function printWithLibreOffice(path: string): Promise<Printed> {
  const folder = await mkdtemp(join(tmpdir(), 'alegato-gate-'));
  try {
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    const name = basename(path).replace(/\.[^.]*$/, '');
    for (const format of ['txt:Text (encoded):UTF8', 'pdf'])
      await run('soffice', [profile, '--headless', '--convert-to', format, '--outdir', folder, path]);
    const text = (await readFile(join(folder, `${name}.txt`), 'utf8')).replace(/^\ufeff/, '');
    if (!(await isInstalled('pdftotext', '-v'))) return { text, pages: null };
    const pages = (await run('pdftotext', ['-layout', join(folder, `${name}.pdf`), '-'])).split('\f');
    return { text, pages: pages.slice(0, -1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(Buffer.concat(output).toString('utf8'))
        : reject(new Error(`${program} ended with ${code}: ${Buffer.concat(errors).toString('utf8').slice(0, 300)}`)),
    );
  });
}
