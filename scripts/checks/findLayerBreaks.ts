import { LAYERS, type Layer } from './layerTable.ts';
import type { Import } from './readImports.ts';

/** One sentence for each import that the layer table does not allow, in the order of the imports. */
export function findLayerBreaks(imports: readonly Import[], layers: readonly Layer[] = LAYERS): string[] {
  return imports.flatMap((each) => {
    const reason = reasonAgainst(each, layers);
    return reason === null ? [] : [`${each.from} imports ${each.file ?? each.package}: ${reason}`];
  });
}

/** For each layer its name, its number of files, and what it may import, as lines of equal columns. */
export function formatLayerTable(files: readonly string[], layers: readonly Layer[] = LAYERS): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const name = layerOf(file, layers)?.name ?? 'no layer';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const width = Math.max(...layers.map(({ name }) => name.length));
  return layers.map(
    ({ name, imports }) =>
      `${name.padEnd(width)} ${String(counts.get(name) ?? 0).padStart(4)}  → ${formatAllowed(imports)}`,
  );
}

/** The files of product folders that no row of the table covers. */
export function findHomelessFiles(files: readonly string[], layers: readonly Layer[] = LAYERS): string[] {
  return files.filter((file) => layerOf(file, layers) === null);
}

function formatAllowed(imports: readonly string[]): string {
  const shared = LAYERS.filter(({ name }) => name.startsWith('shared/')).map(({ name }) => name);
  const all = shared.every((name) => imports.includes(name));
  const named = all ? ['shared/*', ...imports.filter((name) => !shared.includes(name))] : imports;
  if (named.length === 0) return 'nothing';
  return named[0] === '*' ? 'everything' : named.join(', ');
}

function layerOf(file: string, layers: readonly Layer[]): Layer | null {
  return layers.find(({ files }) => files.test(file)) ?? null;
}

function reasonAgainst(each: Import, layers: readonly Layer[]): string | null {
  const layer = layerOf(each.from, layers);
  if (layer === null) return 'the importing file stands in no layer';
  if (each.file === null)
    return packageIsAllowed(each.package ?? '', layer) ? null : `${layer.name} may not use this package`;
  const target = layerOf(each.file, layers);
  if (target === null) return fileIsData(each.file) ? null : 'the imported file stands in no layer';
  if (layer.imports.includes('*')) return null;
  // A test stands beside its code, so it may import what that code may.
  const home =
    layer.name === 'tests' ? layers.find(({ name, files }) => name !== 'tests' && files.test(each.from)) : layer;
  if (target.name === 'tests') return layer.name === 'tests' ? null : 'only tests may import tests';
  if (home === undefined) return null;
  if (target.name === home.name)
    return sameFeature(each.from, each.file, home) ? null : 'one feature may not import another';
  const allowed = [...home.imports, ...(layer === home ? [] : layer.imports)];
  return allowed.includes('*') || allowed.includes(target.name) ? null : `${home.name} may not import ${target.name}`;
}

function fileIsData(file: string): boolean {
  return /^resources\//.test(file) || /\.(?:json|css|svg|png|woff2)$/.test(file);
}

function packageIsAllowed(name: string, layer: Layer): boolean {
  return (
    layer.packages.includes('*') ||
    layer.packages.includes(name) ||
    (name.startsWith('node:') && layer.packages.includes('node:*'))
  );
}

/** Layers named `…/*` hold one folder per feature; files of two of them do not know each other. */
function sameFeature(from: string, to: string, layer: Layer): boolean {
  return !layer.name.endsWith('/*') || layer.files.exec(from)?.[0] === layer.files.exec(to)?.[0];
}
