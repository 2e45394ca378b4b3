import { existsSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSource } from './parseSource.ts';

/** One import as written in a source file. Paths are relative to the root, with `/`. */
export interface Import {
  readonly from: string;
  /** The file a relative import leads to, or null for a package. */
  readonly file: string | null;
  /** The package's name (`@scope/name`; `node:fs` for every built-in module), or null for a file. */
  readonly package: string | null;
  /** Gone after compilation, so it cannot close a cycle at run time; layers count it all the same. */
  readonly typeOnly: boolean;
}

const SOURCE = /\.(?:ts|tsx|mts)$/;
const BUILT_IN = new Set(builtinModules);

/** All TypeScript files under the folders, relative to `root`, sorted. */
export function readSourceFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => listFiles(root, folder))
    .filter((path) => SOURCE.test(path) && !path.endsWith('.d.ts'));
}

/** Every static, dynamic and type import and re-export of the files. A file that does not parse has none. */
export function readImports(root: string, files: readonly string[]): Import[] {
  return files.flatMap((from) => {
    return findSpecifiers(parseSource(root, from)).map(({ specifier, typeOnly }) => ({
      from,
      typeOnly,
      ...resolveSpecifier(root, from, specifier),
    }));
  });
}

function listFiles(root: string, folder: string): string[] {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.split(sep).join('/')))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

interface Specifier {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Nodes whose `source` names a module, and the field that says whether only types cross. */
const IMPORTING: Record<string, 'importKind' | 'exportKind' | 'type' | null> = {
  ImportDeclaration: 'importKind',
  ExportNamedDeclaration: 'exportKind',
  ExportAllDeclaration: 'exportKind',
  ImportExpression: null,
  TSImportType: 'type',
};

function findSpecifiers(node: unknown): Specifier[] {
  if (Array.isArray(node)) return node.flatMap(findSpecifiers);
  if (!isRecord(node)) return [];
  const own = readSpecifier(node);
  return [...(own === null ? [] : [own]), ...Object.values(node).flatMap(findSpecifiers)];
}

function readSpecifier(node: Record<string, unknown>): Specifier | null {
  const { type, source } = node;
  if (typeof type !== 'string' || !(type in IMPORTING) || !isRecord(source) || typeof source.value !== 'string')
    return null;
  const kind = IMPORTING[type];
  const typeOnly = kind === 'type' || (kind != null && node[kind] === 'type');
  return { specifier: source.value, typeOnly };
}

function resolveSpecifier(root: string, from: string, specifier: string): Pick<Import, 'file' | 'package'> {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) {
    return {
      file: relative(root, join(root, dirname(from), path))
        .split(sep)
        .join('/'),
      package: null,
    };
  }
  const [first = '', second] = path.split('/');
  if (path.startsWith('node:')) return { file: null, package: path };
  if (BUILT_IN.has(first)) return { file: null, package: `node:${path}` };
  return { file: null, package: first.startsWith('@') ? `${first}/${second ?? ''}` : first };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
