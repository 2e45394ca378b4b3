import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { AlegatoApp } from '../../e2e/fixtures/AlegatoApp.ts';
import { readSampleWords } from '../../e2e/fixtures/readSampleWords.ts';
import { scanForWords } from '../../e2e/fixtures/scanForWords.ts';
import { startRelay } from '../../e2e/fixtures/startRelay.ts';
import { DemoSteps } from './DemoSteps.ts';

/**
 * `npm run demo`: the main job without a person. Two organizations in two applications write one paragraph together
 * through a relay, prove a claim with a page of an exhibit, look at that page on the other side, and write the filing.
 */
const CENTER = 'Immigrant Justice Center';
const PARTNER = 'Derechos Humanos San Salvador';
const CLAIM = 'no officer has ever named the database that listed her';
const ANSWER = ' Our monitors in San Salvador found the same pattern.';

const folder = process.cwd();
const outDir = join(folder, 'out', 'demo');
await rm(outDir, { recursive: true, force: true });
await mkdir(outDir, { recursive: true });
const profiles = await mkdtemp(join(tmpdir(), 'alegato-demo-'));
const relay = await startRelay();
const apps: AlegatoApp[] = [];
const steps = new DemoSteps(outDir);
let code = 0;

try {
  const center = await steps.run('The first organization opens the sample complaint', async () => {
    const app = await AlegatoApp.start({ profile: join(profiles, 'center') });
    apps.push(app);
    await app.workbench.ready();
    return app;
  });
  await steps.show('first-organization', center);

  const link = await steps.run('It makes an invitation link', () => center.workbench.invite(relay.url, CENTER));
  await steps.show('invitation', center);

  const partner = await steps.run(
    'The second organization joins with it and gets the text through the relay',
    async () => {
      const app = await AlegatoApp.start({ profile: join(profiles, 'partner') });
      apps.push(app);
      await app.workbench.ready();
      await app.workbench.backToLibrary();
      await app.workbench.join(link, PARTNER);
      await app.workbench.ready();
      return app;
    },
  );
  await steps.show('second-organization', partner);

  await steps.run('Both type in one paragraph', async () => {
    await center.workbench.placeCaretAtEnd(center.workbench.paragraph(2));
    await partner.workbench.placeCaretAtEnd(partner.workbench.paragraph(2));
    await center.workbench.type(` To this day, ${CLAIM}.`);
    await partner.workbench.type(ANSWER);
    for (const { workbench } of [center, partner]) {
      await workbench.paragraph(2).filter({ hasText: CLAIM }).filter({ hasText: ANSWER.trim() }).waitFor();
    }
  });
  await steps.show('typing-first', center);
  await steps.show('typing-second', partner);

  await steps.run('The first one makes a claim of it and links it to a page of an anonymized exhibit', async () => {
    await center.workbench.selectWords(CLAIM);
    await center.workbench.markClaim();
    await center.workbench.linkExhibit('testimony', 7);
    await center.workbench.paragraph(2).locator('.citation').first().waitFor();
  });
  await steps.show('claim-linked', center);

  await steps.run('The second one follows the citation to that page', async () => {
    const citation = partner.workbench.paragraph(2).locator('.citation').last();
    await citation.filter({ hasText: 'at' }).waitFor();
    await partner.workbench.openCitation(citation);
  });
  await steps.show('page-on-second', partner);

  const filing = join(outDir, 'filing.docx');
  await steps.run('The first one writes the Word filing', async () => {
    const written = join(profiles, 'filing.docx');
    await center.answerSaveDialog(written);
    await center.workbench.buildFiling();
    await copyFile(written, filing);
  });
  await steps.show('filing-written', center);

  await steps.run('What crossed the relay is searched for words of the complaint', async () => {
    const words = [...(await readSampleWords()), CLAIM, ANSWER, CENTER, PARTNER];
    const scan = scanForWords(relay.recorded, words);
    const control = scanForWords([...relay.recorded, Buffer.from('…testimony…')], words);
    console.log(
      `    ${scan.bytes} bytes crossed, ${scan.runs} words looked for, ${scan.found.length} found; a clear word planted as a control was ${control.found.includes('testimony') ? 'found' : 'NOT found'}.`,
    );
    if (scan.found.length > 0) throw new Error(`Readable on the relay: ${scan.found.length} words.`);
    if (!control.found.includes('testimony')) throw new Error('The search missed the planted word.');
  });
  const errors = apps.flatMap((app) => app.consoleErrors);
  if (errors.length > 0) throw new Error(`The windows reported ${errors.length} errors: ${errors[0]}`);
  const size = (await readFile(filing)).length;
  console.log(
    `\nThe filing: ${relative(folder, filing)} (${size} bytes). Screenshots of every step: ${relative(folder, outDir)}.`,
  );
} catch (error) {
  code = 1;
  console.error(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
  for (const [position, app] of apps.entries())
    await app
      .screenshot(join(outDir, `stopped-${position + 1}.png`))
      .catch((reason: unknown) => console.error(`No screenshot: ${String(reason)}`));
} finally {
  for (const app of apps) await app.quit();
  await relay.stop();
  await rm(profiles, { recursive: true, force: true });
  console.log(JSON.stringify({ name: 'demo', steps: steps.timesMs, ok: code === 0 }));
}
process.exit(code);
