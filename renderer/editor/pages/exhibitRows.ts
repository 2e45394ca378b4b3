import type { Exhibit } from '../../../shared/domain/records.ts';
import type { ExhibitRow } from '../../../shared/filing/FilingModel.ts';
import type { DocumentIndex } from '../EditorApi.ts';

/** Rows of the exhibit index as far as their height goes. */
export function exhibitRows(index: DocumentIndex, exhibits: readonly Exhibit[]): ExhibitRow[] {
  const byId = new Map(exhibits.map((exhibit) => [exhibit.id, exhibit]));
  const citedAt = new Map<string, Set<number>>();
  for (const { exhibitId, number } of index.citations) {
    if (number === null) continue;
    const known = citedAt.get(exhibitId);
    if (known) known.add(number);
    else citedAt.set(exhibitId, new Set([number]));
  }
  return [...index.labels].flatMap(([id, label]): ExhibitRow[] => {
    const exhibit = byId.get(id);
    if (!exhibit) return [];
    const { title, date, source, pageCount, language, confidentiality, status } = exhibit;
    return [
      {
        id,
        label,
        bookmark: '',
        title,
        date,
        source,
        pages: pageCount,
        language,
        confidentiality,
        status,
        citedAt: [...(citedAt.get(id) ?? [])],
        citedElsewhere: false,
      },
    ];
  });
}
