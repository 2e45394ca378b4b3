import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';

/** The syntax tree (ESTree with TypeScript) of a file relative to `root`, or null when it does not parse. */
export function parseSource(root: string, file: string): unknown {
  try {
    return parseAst(readFileSync(join(root, file), 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'PARSE_ERROR') return null;
    throw error;
  }
}
