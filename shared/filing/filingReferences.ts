import type { ReferenceKind, SerializedBlock, SerializedReference } from '../domain/document.ts';
import type { ExhibitId } from '../domain/ids.ts';
import { resolveSuggestions } from '../domain/resolveSuggestions.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { type BlockNumber, buildNumbers } from './buildNumbers.ts';
import { buildBlockLabels, formatReference, MISSING_REFERENCE, type ReferenceTargets } from './buildReferences.ts';
import { cleanText } from './cleanText.ts';
import type { FilingRun, ReferencePart } from './FilingModel.ts';
import { formatExhibitLabel } from './formatCitation.ts';
import { readTables } from './tablesToFile.ts';

type ReferenceRun = Extract<FilingRun, { kind: 'reference' }>;

/** Reads the references of one filing. */
export interface ReferenceReader {
  read(reference: SerializedReference): ReferenceRun;
  /** Position of each block that a reference names, with its bookmark [FI52]. */
  readonly bookmarks: ReadonlyMap<number, string>;
}

/** The references of a body as printed [FI50]–[FI52]; `exhibitBookmark` is that of an index row. */
export function buildReferenceReader(options: {
  blocks: readonly SerializedBlock[];
  numbers: readonly BlockNumber[];
  labels: ReadonlyMap<ExhibitId, string>;
  pseudonyms: ReadonlyMap<string, string>;
  exhibitBookmark(id: ExhibitId): string;
}): ReferenceReader {
  const { blocks, numbers, labels, pseudonyms, exhibitBookmark } = options;
  const names = buildBlockLabels(
    blocks.map((block) => block.blockStyle),
    numbers,
  );
  const positions = positionsOf(blocks);
  const notes = numberNotes(blocks);
  const targets: ReferenceTargets = {
    block: (id) => names[positions.get(id) ?? -1]?.label,
    exhibit: (id) => labels.get(id as ExhibitId),
    person: (id) => {
      const pseudonym = pseudonyms.get(id);
      return pseudonym === undefined ? undefined : cleanText(pseudonym);
    },
    note: (id) => notes.get(id),
  };
  const bookmarks = new Map<number, string>();
  const read = ({ kind, target }: SerializedReference): ReferenceRun => {
    const text = formatReference(kind, target, targets);
    if (text === null) return { kind: 'reference', text: MISSING_REFERENCE[kind], missing: true, lead: '', parts: [] };
    if (kind === 'exhibit') {
      const id = target as ExhibitId;
      const words = formatExhibitLabel(labels.get(id) ?? '');
      return {
        kind: 'reference',
        text,
        missing: false,
        lead: '',
        parts: [{ bookmark: exhibitBookmark(id), text: words, shows: 'words' }],
      };
    }
    const position = positions.get(target);
    const name = position === undefined ? null : names[position];
    if ((kind !== 'paragraph' && kind !== 'heading') || !name)
      return { kind: 'reference', text, missing: false, lead: '', parts: [] };
    const lead = text.slice(0, text.indexOf('\u00a0') + 1);
    const bookmark = (at: number): string => `bl_${at}`;
    const last = name.parts.at(-1) as number;
    const heading = /^h[1-4]$/.test((blocks[last] as SerializedBlock).blockStyle);
    const parts: ReferencePart[] = heading
      ? [{ bookmark: bookmark(last), text: text.slice(lead.length), shows: 'full' }]
      : name.parts.map((at) => {
          const { number, label } = numbers[at] as BlockNumber;
          return { bookmark: bookmark(at), text: number === null ? label : String(number), shows: 'number' };
        });
    for (const at of heading ? [last] : name.parts) bookmarks.set(at, bookmark(at));
    return { kind: 'reference', text, missing: false, lead, parts };
  };
  // Bookmarks are those of the references there are; so all are read once before the first block is written.
  for (const block of blocks) for (const node of block.children) if (node.type === 'reference') read(node);
  return { read, bookmarks };
}

/** References of the text whose target is gone, in reading order, for the check before filing [FI51]. */
export function findBrokenReferences(
  snapshot: Pick<Snapshot, 'body'> & { records: Pick<Snapshot['records'], 'exhibits' | 'people' | 'suggestions'> },
): { kind: ReferenceKind; number: number | null; words: string }[] {
  const { blocks } = readTables(
    resolveSuggestions(snapshot.body, snapshot.records.suggestions, 'rejected').root.children,
  );
  const numbers = buildNumbers(blocks.map((block) => block.blockStyle));
  const reader = buildReferenceReader({
    blocks,
    numbers,
    labels: new Map(snapshot.records.exhibits.map((exhibit) => [exhibit.id, '?'])),
    pseudonyms: new Map(snapshot.records.people.map((person) => [person.id as string, person.pseudonym])),
    exhibitBookmark: () => '',
  });
  return blocks.flatMap((block, position) =>
    block.children.flatMap((node) => {
      if (node.type !== 'reference' || !reader.read(node).missing) return [];
      const words = block.children.map((inline) => (inline.type === 'text' ? inline.text : '')).join('');
      return [{ kind: node.kind, number: numbers[position]?.number ?? null, words: words.slice(0, 80) }];
    }),
  );
}

/** Of two blocks with one `id` the first holds it [DO3]. */
function positionsOf(blocks: readonly SerializedBlock[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  blocks.forEach((block, position) => {
    const id = block.$?.id;
    if (typeof id === 'string' && !positions.has(id)) positions.set(id, position);
  });
  return positions;
}

/** Numbers follow the places of the references; a note referred to twice has the number of its first place [DO31]. */
function numberNotes(blocks: readonly SerializedBlock[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const block of blocks)
    for (const node of block.children)
      if (node.type === 'footnote' && node.noteId !== '' && !numbers.has(node.noteId))
        numbers.set(node.noteId, numbers.size + 1);
  return numbers;
}
