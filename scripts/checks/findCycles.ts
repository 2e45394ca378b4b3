import type { Import } from './readImports.ts';

/**
 * The import cycles that exist at run time (imports of types alone are left out): one shortest cycle for each group of
 * files that reach one another, as the files in order, beginning with the first by name. Empty when there are none.
 */
export function findCycles(imports: readonly Import[]): string[][] {
  const graph = new Map<string, Set<string>>();
  for (const { from, file, typeOnly } of imports) {
    if (file === null || typeOnly) continue;
    graph.set(from, (graph.get(from) ?? new Set()).add(file));
  }
  const cycles: string[][] = [];
  const covered = new Set<string>();
  for (const file of [...graph.keys()].sort()) {
    if (covered.has(file)) continue;
    const cycle = shortestWayBack(graph, file);
    if (cycle === null) continue;
    cycles.push(cycle);
    for (const member of cycle) covered.add(member);
  }
  return cycles;
}

function shortestWayBack(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return trace(cameFrom, start, file);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return null;
}

function trace(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const way = [last];
  for (let file = last; file !== start; ) {
    file = cameFrom.get(file) ?? start;
    way.unshift(file);
  }
  return way;
}
