import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file past this must say why at its head. */
const LONG_LINES = 400;
/** No file may be longer. */
const MAX_LINES = 700;

export interface FileLength {
  readonly file: string;
  readonly lines: number;
}

/** The files with their numbers of lines, longest first. */
export function readLengths(root: string, files: readonly string[]): FileLength[] {
  return files
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => b.lines - a.lines || (a.file < b.file ? -1 : 1));
}

/** One sentence for each file that is too long, or long without a comment at its head. */
export function findTooLong(root: string, lengths: readonly FileLength[]): string[] {
  return lengths.flatMap(({ file, lines }) => {
    if (lines > MAX_LINES) return [`${file} has ${lines} lines; past ${MAX_LINES} it must be split`];
    if (lines > LONG_LINES && !/^\s*\/[/*]/.test(readFileSync(join(root, file), 'utf8'))) {
      return [`${file} has ${lines} lines; past ${LONG_LINES} a comment at its head says why`];
    }
    return [];
  });
}
