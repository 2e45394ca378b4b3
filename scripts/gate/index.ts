import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkFiling } from './checkFiling.ts';
import { isInstalled } from './printWithLibreOffice.ts';

/**
 * `npm run gate -- FILE.docx [--expect FILE.txt] [FILE.docx …] [--redline] [--no-libreoffice]`: judges Word filings. The last line is
 * one JSON object; ends with 1 on any error and 2 on wrong use.
 */
const files: { path: string; expect?: string }[] = [];
let wantsPrint = true;
// Marks of change are words to LibreOffice, those that go as well: a redline's text is not compared.
let redline = false;
const args = process.argv.slice(2);
for (let index = 0; index < args.length; index += 1) {
  const arg = args[index] as string;
  const last = files.at(-1);
  if (arg === '--no-libreoffice') wantsPrint = false;
  else if (arg === '--redline') redline = true;
  else if (arg === '--expect' && last !== undefined && args[index + 1] !== undefined) {
    index += 1;
    last.expect = args[index] as string;
  } else if (!arg.startsWith('-')) files.push({ path: arg });
  else files.length = 0;
}
const missing = files
  .flatMap(({ path, expect }) => [path, ...(expect === undefined ? [] : [expect])])
  .filter((path) => !existsSync(path));
if (files.length === 0 || missing.length > 0) {
  console.error(
    missing.length > 0
      ? `no such file: ${missing.join(', ')}`
      : 'usage: npm run gate -- FILE.docx [--expect FILE.txt] [FILE.docx …] [--redline] [--no-libreoffice]',
  );
  process.exit(2);
}

if (redline) wantsPrint = false;
const print = wantsPrint && (await isInstalled('soffice'));
const pdf = print && (await isInstalled('pdftotext', '-v'));
if (!wantsPrint) console.log('LibreOffice was left out on request: the printed text was NOT compared.');
else if (!print) console.log('LibreOffice (soffice) is not installed: the printed text was NOT compared.');
else if (!pdf) console.log('pdftotext is not installed: page numbers in the PDF were NOT looked at.');

const totals = { schema: 0, integrity: 0, text: 0 };
for (const { path, expect } of files) {
  const report = await checkFiling(path, {
    print,
    redline,
    ...(expect === undefined ? {} : { expectedText: await readFile(expect, 'utf8') }),
  });
  console.log(
    `${path}: ${report.schema.length} schema, ${report.integrity.length} integrity, ${report.text.length} text errors`,
  );
  for (const judge of ['schema', 'integrity', 'text'] as const) {
    totals[judge] += report[judge].length;
    for (const finding of report[judge].slice(0, 20)) console.log(`  ${judge}: ${finding}`);
  }
}
const errors = totals.schema + totals.integrity + totals.text;
console.log(
  JSON.stringify({
    files: files.length,
    errors,
    schemaErrors: totals.schema,
    integrityErrors: totals.integrity,
    textErrors: totals.text,
    libreOffice: print ? 'compared' : wantsPrint ? 'not installed' : 'left out',
    target: { errors: 0 },
  }),
);
process.exit(errors > 0 ? 1 : 0);
