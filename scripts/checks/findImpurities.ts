import { parseSource } from './parseSource.ts';

/** Members that read a clock, chance, the machine's language or its time zone. */
const MEMBERS = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.getRandomValues', 'crypto.randomUUID']);
const METHODS =
  /^(?:localeCompare|toLocale\w+|getTimezoneOffset|get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds))$/;
const GLOBALS = new Set(['Intl', 'setTimeout', 'setInterval', 'fetch', 'globalThis', 'process', 'window', 'document']);

/** One sentence for each place where a file under `shared/` (tests left out) reads the world instead of its arguments. */
export function findImpurities(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => file.startsWith('shared/') && !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => findNames(parseSource(root, file)).map((name) => `${file} uses ${name}; pass it in`));
}

function findNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(findNames);
  if (!isNode(node)) return [];
  const own = readName(node);
  return [...(own === null ? [] : [own]), ...Object.values(node).flatMap(findNames)];
}

function readName(node: Record<string, unknown>): string | null {
  if (
    node.type === 'NewExpression' &&
    nameOf(node.callee) === 'Date' &&
    Array.isArray(node.arguments) &&
    node.arguments.length === 0
  )
    return 'new Date()';
  if (node.type !== 'MemberExpression' || node.computed === true) return null;
  const object = nameOf(node.object);
  const property = nameOf(node.property) ?? '';
  if (object !== null && MEMBERS.has(`${object}.${property}`)) return `${object}.${property}`;
  if (object !== null && GLOBALS.has(object)) return object;
  return METHODS.test(property) ? property : null;
}

function nameOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Identifier' && typeof node.name === 'string' ? node.name : null;
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
