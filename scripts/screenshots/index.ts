import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { startRelay } from '../../e2e/fixtures/startRelay.ts';
import { prepareScreens } from './prepareScreens.ts';
import { SCREENS, type ScreenName } from './screens.ts';

/**
 * `npm run screenshots`: the application on the sample, with a partner who suggests and answers, and a picture of every
 * part of the drafting surface in both languages, both colors and two sizes.
 */
const USAGE = `npm run screenshots -- [--out FOLDER] [--only NAME,NAME] [--language en|es] [--colors light|dark] [--width N]

  --out       where the pictures go (out/screenshots without it)
  --only      some of: ${Object.keys(SCREENS).join(', ')}
  --language, --colors, --width   only these (both without them; widths 1280, 1440 and 1920)`;

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/screenshots' },
    only: { type: 'string' },
    language: { type: 'string' },
    colors: { type: 'string' },
    width: { type: 'string' },
    show: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const names = (values.only?.split(',') ?? Object.keys(SCREENS)) as ScreenName[];
const unknown = names.filter((name) => !Object.hasOwn(SCREENS, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}.\n\n${USAGE}`);
  process.exit(2);
}
const out = resolve(values.out);
await mkdir(out, { recursive: true });
const profiles = await mkdtemp(join(tmpdir(), 'alegato-screenshots-'));
const relay = await startRelay();
const apps: AlegatoApp[] = [];
let taken = 0;
try {
  for (const name of ['center', 'partner']) apps.push(await AlegatoApp.start({ profile: join(profiles, name) }));
  const [center, partner] = apps as [AlegatoApp, AlegatoApp];
  await prepareScreens(center, partner, relay.url);
  const { page } = center;
  for (const language of ['en', 'es'] as const) {
    if (values.language && values.language !== language) continue;
    await page.locator('.bar-select').selectOption(language);
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    for (const colors of ['light', 'dark'] as const) {
      if (values.colors && values.colors !== colors) continue;
      await page.emulateMedia({ colorScheme: colors });
      await page.locator(`html[data-theme="${colors}"]`).waitFor({ state: 'attached' });
      for (const size of SIZES) {
        if (values.width && values.width !== String(size.width)) continue;
        await page.setViewportSize(size);
        for (const name of names) {
          const leave = await SCREENS[name](center.workbench);
          await center.screenshot(join(out, `${name}-${language}-${colors}-${size.width}.png`));
          await leave();
          taken++;
        }
      }
    }
  }
  console.log(`${taken} pictures in ${out}`);
} finally {
  for (const app of apps) await app.quit();
  await relay.stop();
  await rm(profiles, { recursive: true, force: true });
}
