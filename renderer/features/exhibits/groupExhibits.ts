import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { Exhibit } from '../../../shared/domain/records.ts';
import type { DocumentIndex } from '../../editor/EditorApi.ts';

/** A row of the register. `label` is without "Ex."; empty while the text is not read yet. */
export interface RegisterRow {
  exhibit: Exhibit;
  label: string;
  citedCount: number;
}

/** The register in label order: what the text cites, and what it cites nowhere. */
export function groupExhibits(
  exhibits: readonly Exhibit[],
  index: Pick<DocumentIndex, 'labels' | 'citations'>,
): { cited: RegisterRow[]; uncited: RegisterRow[] } {
  const counts = new Map<ExhibitId, number>();
  for (const { exhibitId } of index.citations) counts.set(exhibitId, (counts.get(exhibitId) ?? 0) + 1);
  const position = new Map([...index.labels.keys()].map((id, at) => [id, at]));
  const rows = exhibits
    .map((exhibit) => ({ exhibit, label: index.labels.get(exhibit.id) ?? '', citedCount: counts.get(exhibit.id) ?? 0 }))
    .sort(
      (a, b) =>
        (position.get(a.exhibit.id) ?? Infinity) - (position.get(b.exhibit.id) ?? Infinity) ||
        a.exhibit.order - b.exhibit.order ||
        (a.exhibit.id < b.exhibit.id ? -1 : 1),
    );
  return { cited: rows.filter((row) => row.citedCount > 0), uncited: rows.filter((row) => row.citedCount === 0) };
}

/** Rows whose label, title, source or date holds every word of `filter` (case is ignored). */
export function filterRows(rows: readonly RegisterRow[], filter: string): RegisterRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ exhibit, label }) => {
    const text = `ex. ${label} ${exhibit.title} ${exhibit.source} ${exhibit.date}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
