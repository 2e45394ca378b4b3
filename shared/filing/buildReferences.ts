import type { BlockStyle, ReferenceKind } from '../domain/document.ts';
import type { BlockNumber } from './buildNumbers.ts';
import { formatExhibitLabel, formatPerson } from './formatCitation.ts';

const NO_BREAK_SPACE = '\u00a0';
const HEADING_LEVEL: Partial<Record<BlockStyle, number>> = { h1: 0, h2: 1, h3: 2, h4: 3 };
/** Styles that continue the ¶ they follow [FI12]. */
const CONTINUES: ReadonlySet<BlockStyle> = new Set(['quote', 'bullet', 'ordered']);

/** What a block is called by those that refer to it. */
export interface BlockLabel {
  /** `¶ 12`, `¶ 12(a)`, `Part II.A`; the spaces do not break. */
  readonly label: string;
  /**
   * Positions of the blocks whose own numbers make up the label: the ¶ and its item, or a heading and those above it.
   */
  readonly parts: readonly number[];
}

/** What every block is called in a reference; null for one that has neither a number nor a label of its own [FI50]. */
export function buildBlockLabels(
  styles: readonly BlockStyle[],
  numbers: readonly BlockNumber[],
): readonly (BlockLabel | null)[] {
  const headings: { position: number; label: string }[] = [];
  let paragraph: { position: number; number: number } | null = null;
  return styles.map((style, position) => {
    const { number, label } = numbers[position] as BlockNumber;
    const level = HEADING_LEVEL[style];
    if (level !== undefined) {
      paragraph = null;
      headings.length = Math.min(headings.length, level);
      headings[level] = { position, label: label.replace(/\.$/, '') };
      // A level that was skipped has no heading and no part in the name.
      const path = headings.filter((heading) => heading !== undefined);
      return {
        label: `Part${NO_BREAK_SPACE}${path.map((heading) => heading.label).join('.')}`,
        parts: path.map((heading) => heading.position),
      };
    }
    if (number !== null) {
      paragraph = { position, number };
      return { label: `¶${NO_BREAK_SPACE}${number}`, parts: [position] };
    }
    if (!CONTINUES.has(style)) paragraph = null;
    if (style !== 'ordered') return null;
    return paragraph
      ? { label: `¶${NO_BREAK_SPACE}${paragraph.number}${label}`, parts: [paragraph.position, position] }
      : { label, parts: [position] };
  });
}

/** What references can name; each answers undefined for a target that is gone. */
export interface ReferenceTargets {
  /** By block id. */
  block(id: string): string | undefined;
  /** Label without "Ex.". */
  exhibit(id: string): string | undefined;
  person(id: string): string | undefined;
  /** Number of a footnote. */
  note(id: string): number | undefined;
}

/** A reference as shown and filed, computed from what it names; null when that is gone [DO40]. */
export function formatReference(kind: ReferenceKind, target: string, targets: ReferenceTargets): string | null {
  switch (kind) {
    case 'paragraph':
    case 'heading':
      return targets.block(target) ?? null;
    case 'exhibit': {
      const label = targets.exhibit(target);
      return label === undefined || label === '' ? null : formatExhibitLabel(label);
    }
    case 'person': {
      const pseudonym = targets.person(target);
      return pseudonym === undefined ? null : formatPerson(pseudonym);
    }
    case 'note': {
      const number = targets.note(target);
      return number === undefined ? null : `n.${NO_BREAK_SPACE}${number}`;
    }
  }
}

/** What stands in the filing for a reference whose target is gone [FI51]. */
export const MISSING_REFERENCE: Readonly<Record<ReferenceKind, string>> = {
  paragraph: '[missing ¶]',
  heading: '[missing heading]',
  exhibit: '[missing exhibit]',
  person: '[missing person]',
  note: '[missing note]',
};
