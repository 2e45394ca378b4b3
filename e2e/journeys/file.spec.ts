import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { checkFiling } from '../../scripts/gate/checkFiling.ts';
import { isInstalled, printWithLibreOffice } from '../../scripts/gate/printWithLibreOffice.ts';
import { SAMPLE_LEGEND } from '../../shared/domain/records.ts';
import { expect, test } from '../fixtures/journey.ts';

const OWN = 'Both sides add a sentence of their own.';

test('both sides write the same Word filing, and the gate finds no fault in it', async ({ stage }) => {
  test.setTimeout(240_000);
  const { center, partner } = await stage.startTwo();
  await center.workbench.placeCaretAtEnd(center.workbench.paragraph(3));
  await center.workbench.type(` ${OWN}`);
  await expect(partner.workbench.paragraph(3)).toContainText(OWN);
  await expect(async () =>
    expect(await center.workbench.readText()).toEqual(await partner.workbench.readText()),
  ).toPass();

  const paths = [join(stage.folder, 'center.docx'), join(stage.folder, 'partner.docx')] as const;
  const hashes: string[] = [];
  for (const [position, app] of [center, partner].entries()) {
    const path = paths[position] as string;
    await app.answerSaveDialog(path);
    await app.workbench.buildFiling();
    const shown = await app.workbench.rightPanel.locator('[data-sha256]').getAttribute('data-sha256');
    expect(shown).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    hashes.push(shown ?? '');
  }
  expect(hashes[0]).toBe(hashes[1]);
  expect([...center.consoleErrors, ...partner.consoleErrors]).toEqual([]);

  await test.step('the gate', async () => {
    const report = await checkFiling(paths[0], { print: false });
    expect(report).toEqual({ schema: [], integrity: [], text: [] });
  });

  await test.step('the legend is on every page', async () => {
    const parts = unzipSync(new Uint8Array(await readFile(paths[0])));
    const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
    const wording = (xml: string) => xml.replace(/<[^>]+>/g, '');
    const headers = Object.keys(parts).filter((name) => /^word\/header\d*\.xml$/.test(name));
    expect(headers.length).toBeGreaterThan(0);
    for (const header of headers) expect(wording(part(header))).toContain(SAMPLE_LEGEND);
    const sections = part('word/document.xml').match(/<w:sectPr[\s\S]*?<\/w:sectPr>/g) ?? [];
    expect(sections.length).toBeGreaterThan(0);
    expect(sections[0]).toContain('<w:headerReference');
    expect(part('word/document.xml')).toContain(OWN);
    if (!(await isInstalled('soffice'))) return;
    const { pages } = await printWithLibreOffice(paths[0]);
    for (const page of pages ?? []) expect(page).toContain(SAMPLE_LEGEND);
  });
});
