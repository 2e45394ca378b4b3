import type { Response } from '../../../shared/ipc/contract.ts';

/** A clause of the catalogue with its number. */
export interface ImportClause {
  key:
    | 'bundle.added'
    | 'bundle.known'
    | 'bundle.damaged'
    | 'bundle.refused'
    | 'bundle.nothing'
    | 'bundle.nothingNew'
    | 'bundle.cutOff';
  count: number;
}

/** What came of bringing in a bundle, good news first; never empty. */
export function describeImport(sums: NonNullable<Response<'bundle/import'>>): ImportClause[] {
  const { added, known, damaged, refused, cutOff } = sums;
  const clauses: ImportClause[] = [];
  if (added > 0) {
    clauses.push({ key: 'bundle.added', count: added });
    if (known > 0) clauses.push({ key: 'bundle.known', count: known });
  } else if (known > 0) clauses.push({ key: 'bundle.nothingNew', count: known });
  else if (damaged + refused === 0) clauses.push({ key: 'bundle.nothing', count: 0 });
  if (damaged > 0) clauses.push({ key: 'bundle.damaged', count: damaged });
  if (refused > 0) clauses.push({ key: 'bundle.refused', count: refused });
  if (cutOff) clauses.push({ key: 'bundle.cutOff', count: 0 });
  return clauses;
}
