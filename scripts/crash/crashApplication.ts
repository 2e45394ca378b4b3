import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { startRelay } from '../../e2e/fixtures/startRelay.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';

export interface ApplicationCrashes {
  times: number;
  /** Words that were on disk by the program's own word, or older than one group, and were gone after reopening. */
  lost: number;
  /** Reopenings that failed. */
  notReopened: number;
  /** Notices of any kind that one of the two sides showed; no kill is a reason for one. */
  falseForks: number;
  /** Words in the text that differ between the two sides in the end. */
  diverged: number;
}

/** The local log groups at most this long before it writes (architecture guide, group commit within 100 ms), plus one frame and the way to the log. */
const GROUP_MS = 250;

/** Kills the application with SIGKILL while it types, again and again, and looks at what is there afterwards. */
export async function crashApplication(times: number, random: SeededRandom): Promise<ApplicationCrashes> {
  const profiles = await mkdtemp(join(tmpdir(), 'alegato-crash-'));
  const relay = await startRelay();
  const result: ApplicationCrashes = { times, lost: 0, notReopened: 0, falseForks: 0, diverged: 0 };
  const partner = await AlegatoApp.start({ profile: join(profiles, 'partner') });
  const profile = join(profiles, 'victim');
  try {
    await partner.workbench.ready();
    let victim = await AlegatoApp.start({ profile });
    await victim.workbench.ready();
    const link = await victim.workbench.invite(relay.url, 'Victim of kills');
    await partner.workbench.backToLibrary();
    await partner.workbench.join(link, 'Partner');
    await partner.workbench.ready();
    const expected: string[] = [];

    for (let time = 1; time <= times; time++) {
      await victim.workbench.placeCaretAtEnd(victim.workbench.paragraph(1));
      const typed = await typeUntilKilled(victim, time, random);
      victim = await AlegatoApp.start({ profile });
      const reopened = await victim.workbench.ready().then(
        () => true,
        () => false,
      );
      if (!reopened) {
        result.notReopened++;
        throw new Error(`Did not reopen after kill ${time}.`);
      }
      const text = await victim.workbench.paragraph(1).innerText();
      const missing = [...expected, ...typed.due].filter((word) => !text.includes(word));
      result.lost += missing.length;
      for (const word of [...typed.due, ...typed.recent]) if (text.includes(word)) expected.push(word);
      if (missing.length > 0) console.log(`  kill ${time}: lost ${missing.join(' ')}`);
      else if (time % 10 === 0 || time === times)
        console.log(`  ${time} of ${times} kills, ${expected.length} words typed, ${result.lost} lost`);
    }
    const own = await victim.workbench.paragraph(1).innerText();
    const last = expected.at(-1);
    if (last) await partner.workbench.paragraph(1).filter({ hasText: last }).waitFor();
    const theirs = await partner.workbench.paragraph(1).innerText();
    result.diverged = expected.filter((word) => own.includes(word) !== theirs.includes(word)).length;
    result.falseForks =
      (await partner.page.locator('[data-notice]').count()) + (await victim.page.locator('[data-notice]').count());
    await victim.quit();
  } finally {
    await partner.quit();
    await relay.stop();
    await rm(profiles, { recursive: true, force: true });
  }
  return result;
}

/** Types numbered words and kills the process at a random moment. `due` must be found again; `recent` may. */
async function typeUntilKilled(
  app: AlegatoApp,
  time: number,
  random: SeededRandom,
): Promise<{ due: string[]; recent: string[] }> {
  const words: { word: string; atMs: number }[] = [];
  const killAfterMs = 300 + random.below(2_200);
  const startMs = performance.now();
  let killed = false;
  const kill = new Promise<number>((resolve) => {
    setTimeout(() => {
      killed = true;
      process.kill(app.processId, 'SIGKILL');
      resolve(performance.now());
    }, killAfterMs);
  });
  const ended = app.electron.waitForEvent('close', { timeout: 0 });
  for (let n = 1; !killed && performance.now() - startMs < 10_000; n++) {
    const word = `w${time}n${n}x`;
    try {
      await app.workbench.type(` ${word}`);
    } catch (error) {
      if (killed) break;
      throw error;
    }
    words.push({ word, atMs: performance.now() });
  }
  const killedMs = await kill;
  await ended;
  const isDue = (entry: { atMs: number }): boolean => killedMs - entry.atMs > GROUP_MS;
  return {
    due: words.filter(isDue).map(({ word }) => word),
    recent: words.filter((entry) => !isDue(entry)).map(({ word }) => word),
  };
}
