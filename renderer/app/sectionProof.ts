import type { ClaimId, ExhibitId } from '../../shared/domain/ids.ts';
import { isLetterPart, type LetterPart, titleOfPart } from '../../shared/domain/letterParts.ts';
import type { Coverage } from '../../shared/filing/buildCoverage.ts';
import type { DocumentIndex, IndexedBlock } from '../editor/EditorApi.ts';

/** A heading of the outline with the claims of everything under it (deeper headings included). */
export interface Section {
  blockKey: string;
  /** 1 for I., 2 for A., 3 for 1., 4 for a. */
  level: number;
  label: string;
  text: string;
  /** Set for a part of the letter, which has its first words as text. */
  part?: LetterPart;
  claimCount: number;
  /** How many of them at least one exhibit supports. */
  provedCount: number;
  /** Exhibits cited in the section, in order of first citation, with how often. */
  cited: ReadonlyMap<ExhibitId, number>;
  /** Index of its first block and of the first block after it. */
  from: number;
  to: number;
}

const LEVELS: Partial<Record<IndexedBlock['style'], number>> = { h1: 1, h2: 2, h3: 3, h4: 4 };

/** The outline in reading order. */
export function buildSections(index: DocumentIndex, coverage: ReadonlyMap<ClaimId, Coverage>): Section[] {
  const citationsOf = new Map<string, ExhibitId[]>();
  for (const citation of index.citations) {
    const list = citationsOf.get(citation.blockKey);
    if (list) list.push(citation.exhibitId);
    else citationsOf.set(citation.blockKey, [citation.exhibitId]);
  }
  const headings = index.blocks.flatMap((block, position) => {
    const level = LEVELS[block.style];
    return level ? [{ block, position, level }] : [];
  });
  return headings.map(({ block, position, level }, which) => {
    const to = headings.slice(which + 1).find((next) => next.level <= level)?.position ?? index.blocks.length;
    const claims = new Set<ClaimId>();
    const cited = new Map<ExhibitId, number>();
    for (const inside of index.blocks.slice(position, to)) {
      for (const claimId of inside.claimIds) if (coverage.has(claimId)) claims.add(claimId);
      for (const exhibitId of citationsOf.get(inside.key) ?? []) cited.set(exhibitId, (cited.get(exhibitId) ?? 0) + 1);
    }
    return {
      blockKey: block.key,
      level,
      label: block.label,
      text: block.text.trim(),
      claimCount: claims.size,
      provedCount: [...claims].filter((claimId) => coverage.get(claimId) !== 'missing').length,
      cited,
      from: position,
      to,
    };
  });
}

/** The outline with the parts of the letter where they stand, at its first level; a transmission line is its addressee's. */
export function withLetterParts(sections: readonly Section[], index: DocumentIndex): Section[] {
  const parts = index.blocks.flatMap(({ key, style, text }, from): Section[] => {
    const own = isLetterPart(style) && !(style === 'transmission' && index.blocks[from + 1]?.style === 'address');
    if (!own) return [];
    const found = { blockKey: key, level: 1, label: '', text: titleOfPart(text), claimCount: 0, provedCount: 0 };
    return [{ ...found, part: style, cited: new Map(), from, to: from + 1 }];
  });
  return [...sections, ...parts].sort((a, b) => a.from - b.from);
}

/** The innermost section that holds the block; null above the first heading. */
export function findSection(
  sections: readonly Section[],
  index: DocumentIndex,
  blockKey: string | null,
): Section | null {
  if (!blockKey) return null;
  const position = index.blocks.findIndex((block) => block.key === blockKey);
  return sections.findLast((section) => section.from <= position && position < section.to) ?? null;
}
