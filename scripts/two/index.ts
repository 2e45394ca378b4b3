import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { AlegatoBridge, Answer } from '../../shared/ipc/contract.ts';

/**
 * `npm run two [-- --keep DIR] [--check]`: a relay and two organizations side by side, already invited to the same
 * sample complaint. `--keep` names the folder of their profiles, otherwise everything is thrown away at the end;
 * `--check` ends by itself, without a screen, once both are connected.
 */
const { values } = parseArgs({ options: { keep: { type: 'string' }, check: { type: 'boolean', default: false } } });
const START_LIMIT_MS = 20_000;
const ORGANIZATIONS = ['Centro de Justicia', 'Derechos en Red'] as const;

const root = resolve(import.meta.dirname, '../..');
const executablePath = readVariable('ALEGATO_ELECTRON_EXECUTABLE');
const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'alegato-two-')) : resolve(values.keep);
mkdirSync(folder, { recursive: true });

const relay = await startRelay(join(folder, 'relay'));
console.log(`The relay listens on ${relay.url}.`);
const applications: ElectronApplication[] = [];
try {
  const [first, second] = await Promise.all([openApplication('first', 0), openApplication('second', 1)]);
  const joined = await connect(first.page, second.page, relay.url);
  console.log(
    joined
      ? `${ORGANIZATIONS[0]} invited ${ORGANIZATIONS[1]} to the sample complaint; it is in the library of both.`
      : 'Both are in the same complaint from last time.',
  );
  if (!values.check) {
    console.log('Close both windows to end.');
    await Promise.all(applications.map((application) => application.waitForEvent('close', { timeout: 0 })));
  }
} finally {
  await Promise.all(applications.map((application) => application.close().catch(reportClosing)));
  relay.process.kill('SIGTERM');
  await once(relay.process, 'exit');
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

async function startRelay(dataFolder: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'relay/index.ts'), '--port', '0', '--data', dataFolder],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.on('exit', () => child.kill('SIGKILL'));
  const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /wss?:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    clearTimeout(limit);
    child.stdout.resume();
    return { process: child, url };
  }
  throw new Error('The relay did not start.');
}

/** `half` 0 or 1: which half of the screen its window fills. */
async function openApplication(profile: string, half: number): Promise<{ page: Page }> {
  const args = (process.env.ALEGATO_ELECTRON_ARGS ?? '').split(' ').filter((flag) => flag !== '');
  const application = await _electron.launch({
    executablePath,
    args: [...args, root, `--profile=${join(folder, profile)}`],
    cwd: root,
  });
  applications.push(application);
  const page = await application.firstWindow();
  await page.waitForFunction(() => 'alegato' in window);
  await application.evaluate(({ BrowserWindow, screen }, side) => {
    const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
    const halfWidth = Math.floor(width / 2);
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: x + side * halfWidth, y, width: halfWidth, height });
  }, half);
  return { page };
}

/** False when the second organization is in already. */
async function connect(first: Page, second: Page, relayUrl: string): Promise<boolean> {
  const library = await second.evaluate(() =>
    (window as unknown as { alegato: AlegatoBridge }).alegato.invoke('library/list', undefined),
  );
  if (answered(library).some(({ shared }) => shared)) return false;
  const invited = await first.evaluate(
    async ([url, organizationName]) => {
      const { alegato } = window as unknown as { alegato: AlegatoBridge };
      const info = await alegato.invoke('app/info', undefined);
      if (!info.ok) return info;
      return alegato.invoke('invite/create', {
        complaintId: info.value.sampleId ?? '',
        relayUrl: url,
        organizationName,
      });
    },
    [relayUrl, ORGANIZATIONS[0]] as const,
  );
  const accepted = await second.evaluate(
    ([link, organizationName]) =>
      (window as unknown as { alegato: AlegatoBridge }).alegato.invoke('invite/accept', { link, organizationName }),
    [answered(invited).link, ORGANIZATIONS[1]] as const,
  );
  answered(accepted);
  return true;
}

function answered<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`The application answered "${answer.error.code}".`);
  return answer.value;
}

function readVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; start this with "npm run two".`);
  return value;
}

function reportClosing(error: unknown): void {
  console.error(`A window had to be left behind: ${String(error)}`);
}
