import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { toDocx } from '../../shared/docx/toDocx.ts';
import { buildFiling } from '../../shared/filing/buildFiling.ts';
import { buildFilingText } from '../../shared/filing/buildFilingText.ts';
import { randomSnapshot } from '../../shared/filing/randomSnapshot.ts';
import { checkFiling, type GateReport } from './checkFiling.ts';
import { isInstalled } from './printWithLibreOffice.ts';

const folder = mkdtempSync(join(tmpdir(), 'alegato-gate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runScript(
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; lines: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL(script, import.meta.url)), ...args],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines: output.trim().split('\n') }));
  });
}
const lastLine = (run: { lines: string[] }) => JSON.parse(run.lines.at(-1) as string) as Record<string, unknown>;
const path = (name: string) => join(folder, name);

/** A copy of the good filing with one part changed. */
function mutate(to: string, part: string, change: (xml: string) => string): void {
  const parts = unzipSync(good);
  const before = strFromU8(parts[part] as Uint8Array);
  const after = change(before);
  if (after === before) throw new Error('the mutation changed nothing');
  writeFileSync(path(to), zipSync({ ...parts, [part]: strToU8(after) }));
}

const good = await toDocx(buildFiling(randomSnapshot(22)));
writeFileSync(path('good.docx'), good);
writeFileSync(path('good.txt'), buildFilingText(buildFiling(randomSnapshot(22))));
const libreOffice = await isInstalled('soffice');

describe('the gate', () => {
  it('[FI34] two processes in two time zones give the same bytes', async () => {
    const runs = await Promise.all(
      ['Pacific/Auckland', 'America/El_Salvador'].map((zone, index) =>
        runScript('./exportSnapshot.ts', ['--seed', '22', path(`zone${index}.docx`)], {
          TZ: zone,
          LANG: index === 0 ? 'C' : 'es_SV.UTF-8',
        }),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const digest = createHash('sha256').update(good).digest('hex');
    expect(runs.map((run) => lastLine(run).sha256)).toEqual([digest, digest]);
    expect(readFileSync(path('zone0.docx')).equals(readFileSync(path('zone1.docx')))).toBe(true);
  }, 60_000);

  it('passes a good filing and prints one JSON object last', async () => {
    const run = await runScript('./index.ts', [path('good.docx'), '--expect', path('good.txt')]);
    expect(run.lines.join('\n')).toContain('0 schema, 0 integrity, 0 text errors');
    expect(lastLine(run)).toEqual({
      files: 1,
      errors: 0,
      schemaErrors: 0,
      integrityErrors: 0,
      textErrors: 0,
      libreOffice: libreOffice ? 'compared' : 'not installed',
      target: { errors: 0 },
    });
    expect(run.code).toBe(0);
  }, 180_000);

  it('says plainly when LibreOffice is missing, and judges the rest', async () => {
    const run = await runScript('./index.ts', [path('good.docx')], { PATH: folder });
    expect(run.lines[0]).toBe('LibreOffice (soffice) is not installed: the printed text was NOT compared.');
    expect(lastLine(run)).toMatchObject({ errors: 0, libreOffice: 'not installed' });
    expect(run.code).toBe(0);
  }, 60_000);

  it.each<[keyof GateReport, string, (xml: string) => string]>([
    ['schema', 'word/document.xml', (xml) => xml.replace('<w:body>', '<w:body><w:body/>')],
    ['schema', 'word/styles.xml', (xml) => xml.replace('<w:color w:val="000000"/>', '<w:color w:val="black-ish"/>')],
    ['integrity', 'word/document.xml', (xml) => xml.replace(/<w:bookmarkEnd [^>]*>/, '')],
    ['text', 'word/document.xml', (xml) => xml.replace('EXHIBIT INDEX', 'EXHIBIT LIST')],
    ['text', 'word/numbering.xml', (xml) => xml.replaceAll('w:val="%1."', 'w:val="%1)"')],
  ])(
    'finds a %s error (case %#)',
    async (judge, part, change) => {
      mutate('broken.docx', part, change);
      const report = await checkFiling(path('broken.docx'), {
        print: false,
        expectedText: readFileSync(path('good.txt'), 'utf8'),
      });
      expect(report[judge]).not.toEqual([]);
    },
    60_000,
  );

  it('ends with 1 on a file with an error and on one that is no Word file, with 2 on wrong use', async () => {
    mutate('broken.docx', 'word/document.xml', (xml) => xml.replace(/<w:bookmarkEnd [^>]*>/, ''));
    writeFileSync(path('noise.docx'), 'not a document');
    const run = await runScript('./index.ts', [path('broken.docx'), path('noise.docx'), '--no-libreoffice']);
    expect(run.code).toBe(1);
    expect(run.lines.some((line) => line.startsWith('  integrity: bookmark-unclosed word/document.xml'))).toBe(true);
    expect(run.lines.some((line) => line.startsWith('  integrity: not-a-package'))).toBe(true);
    expect(lastLine(run)).toMatchObject({ files: 2, libreOffice: 'left out' });
    expect((await runScript('./index.ts', [])).code).toBe(2);
    expect((await runScript('./index.ts', [path('absent.docx')])).code).toBe(2);
  }, 60_000);

  it('finds what only a printed page shows: other words, a wrong page count (or says that it could not look)', async () => {
    mutate('other.docx', 'word/document.xml', (xml) =>
      xml.replace(/(?=<w:t [^>]*>EXHIBIT INDEX)/, '<w:noBreakHyphen/>'),
    );
    mutate('count.docx', 'word/footer1.xml', (xml) => xml.replace(' NUMPAGES ', ' PAGE '));
    if (!libreOffice) {
      await expect(checkFiling(path('other.docx'), { print: true })).resolves.toMatchObject({
        text: [expect.stringContaining('could not print')],
      });
      return;
    }
    const other = await checkFiling(path('other.docx'), { print: true });
    expect(other.text).toEqual([expect.stringContaining('LibreOffice prints other words')]);
    const count = await checkFiling(path('count.docx'), { print: true });
    expect(count.text).toEqual(
      (await isInstalled('pdftotext', '-v'))
        ? expect.arrayContaining([expect.stringContaining('does not say "Page')])
        : [],
    );
  }, 180_000);
});
