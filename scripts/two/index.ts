import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { startRelay } from '../../e2e/fixtures/startRelay.ts';

/**
 * `npm run two`: a relay and two organizations side by side on the sample, until both windows are closed. With
 * `--check` nobody needs to look: it ends as soon as both are in.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const profiles = await mkdtemp(join(tmpdir(), 'alegato-two-'));
const relay = await startRelay();
console.log(`Relay: ${relay.url}`);
const first = await AlegatoApp.start({ profile: join(profiles, 'first') });
const second = await AlegatoApp.start({ profile: join(profiles, 'second') });
try {
  await place(first, 0);
  await place(second, 1);
  await first.workbench.ready();
  const link = await first.workbench.invite(relay.url, 'First organization');
  await second.workbench.ready();
  await second.workbench.backToLibrary();
  await second.workbench.join(link, 'Second organization');
  await second.workbench.ready();
  console.log('Both are in the same complaint.');
  if (values.check) {
    await first.quit();
    await second.quit();
  } else {
    console.log('Close the windows to end.');
    await Promise.all([first, second].map((app) => app.electron.waitForEvent('close', { timeout: 0 })));
  }
} finally {
  await relay.stop();
  await rm(profiles, { recursive: true, force: true });
}

/** Puts a window on its half of the screen. */
async function place(app: AlegatoApp, half: 0 | 1): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow, screen }, side) => {
    const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds({ x: x + (side * width) / 2, y, width: Math.floor(width / 2), height });
  }, half);
}
