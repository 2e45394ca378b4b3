import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { toDocx } from '../../shared/docx/toDocx.ts';
import { buildFiling } from '../../shared/filing/buildFiling.ts';
import { buildFilingText } from '../../shared/filing/buildFilingText.ts';
import { parseSnapshot } from '../../shared/filing/parseSnapshot.ts';
import { randomSnapshot } from '../../shared/filing/randomSnapshot.ts';

/**
 * Files a snapshot without the application: `exportSnapshot.ts (SNAPSHOT.json | --seed N) OUT.docx`. Writes OUT.docx and
 * OUT.txt, prints {sha256, sizeBytes} and ends with 1 when the snapshot is refused.
 */
const [first, second, third] = process.argv.slice(2);
const out = first === '--seed' ? third : second;
if (first === undefined || out === undefined) {
  console.error('usage: exportSnapshot.ts (SNAPSHOT.json | --seed N) OUT.docx');
  process.exit(2);
}
const parsed = parseSnapshot(
  first === '--seed' ? randomSnapshot(Number(second)) : JSON.parse(await readFile(first, 'utf8')),
);
if (!parsed.ok) {
  console.error(`refused at ${parsed.error.at}`);
  process.exit(1);
}
const model = buildFiling(parsed.value);
const bytes = await toDocx(model);
await writeFile(out, bytes);
await writeFile(out.replace(/(\.docx)?$/i, '.txt'), buildFilingText(model));
console.log(JSON.stringify({ sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }));
