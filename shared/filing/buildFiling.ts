import { compareCodeUnits } from '../domain/collections.ts';
import {
  FORMAT,
  type SerializedBlock,
  type SerializedFootnote,
  type SerializedInline,
  type SerializedReference,
} from '../domain/document.ts';
import type { ExhibitId } from '../domain/ids.ts';
import { keepsWithNext } from '../domain/letterParts.ts';
import { parseLinkAddress } from '../domain/linkAddress.ts';
import { COMPLAINT_LANGUAGE, type PassageLanguage, parsePassageLanguage } from '../domain/passageLanguage.ts';
import { type Exhibit, SAMPLE_LEGEND } from '../domain/records.ts';
import { resolveSuggestions } from '../domain/resolveSuggestions.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildExhibitLabels } from './buildExhibitLabels.ts';
import { type BlockNumber, buildNumbers } from './buildNumbers.ts';
import { cleanText } from './cleanText.ts';
import type { ExhibitRow, FilingBlock, FilingModel, FilingRun } from './FilingModel.ts';
import { buildImageReader, columnsOf, type ImageReader, imageWords } from './filingImages.ts';
import { readNotes } from './filingNotes.ts';
import { buildReferenceReader } from './filingReferences.ts';
import { formatPerson } from './formatCitation.ts';
import { readTables } from './tablesToFile.ts';

/** The filing of a snapshot, deeply frozen: a function of its content alone, whatever the order of keys and records. */
export function buildFiling(snapshot: Snapshot): FilingModel {
  const { meta, records } = snapshot;
  // [DO15] What nobody accepted is not filed.
  const body = resolveSuggestions(snapshot.body, records.suggestions, 'rejected');
  const { blocks, tables } = readTables(body.root.children);
  const numbers = buildNumbers(blocks.map((block) => block.blockStyle));
  const notes = readNotes(blocks, snapshot.notes, records.suggestions);
  const labels = buildExhibitLabels(citedExhibits(notes.reading), records.exhibits);
  const pseudonyms = new Map(records.people.map((person) => [person.id as string, person.pseudonym]));
  const references = buildReferenceReader({ blocks, numbers, labels, pseudonyms, exhibitBookmark: bookmarkOf });
  const language = parsePassageLanguage(meta.language) ?? COMPLAINT_LANGUAGE;
  const readers: RunReaders = {
    language,
    label: (id) => labels.get(id as ExhibitId) ?? '',
    person: (id) => formatPerson(cleanText(pseudonyms.get(id) ?? '')),
    reference: references.read,
    note: notes.place,
    image: buildImageReader(records.images ?? []),
  };
  const columns = columnsOf(blocks, tables);
  return deepFreeze({
    title: oneLine(meta.title),
    subject: oneLine(meta.subject),
    legend: meta.sample ? SAMPLE_LEGEND : '',
    language,
    blocks: blocks.map((block, index): FilingBlock => {
      const { number, label } = numbers[index] as BlockNumber;
      return {
        style: block.blockStyle,
        number,
        label,
        ...(keepsWithNext(block.blockStyle, blocks[index + 1]?.blockStyle ?? null) ? { keepNext: true as const } : {}),
        bookmark: references.bookmarks.get(index) ?? '',
        runs: buildRuns(block, readers, columns[index]),
      };
    }),
    tables,
    notes: notes.notes.map(({ number, blocks: paragraphs }) => ({
      number,
      paragraphs: paragraphs.map((block) => buildRuns(block, readers)),
    })),
    exhibits: buildExhibitRows(blocks, notes.reading, numbers, labels, records.exhibits),
    recipients: [...records.recipients]
      .sort((a, b) => a.order - b.order || compareCodeUnits(a.id, b.id))
      .map(({ kind, block, via }) => ({ kind, lines: cleanText(block).split('\n'), via: oneLine(via) })),
  });
}

interface RunReaders {
  /** That of the complaint. */
  language: PassageLanguage;
  /** Label without "Ex."; empty for an unknown exhibit. */
  label(exhibitId: string): string;
  person(personId: string): string;
  reference(reference: SerializedReference): FilingRun;
  /** Null for a reference to no note. */
  note(node: SerializedFootnote): FilingRun | null;
  image: ImageReader;
}

/** The bookmark around an exhibit's label in the index; well under Word's 40 characters [FI13]. */
function bookmarkOf(id: ExhibitId): string {
  return `ex_${id}`;
}

function* citedExhibits(reading: readonly (readonly SerializedInline[])[]): Generator<ExhibitId> {
  for (const nodes of reading) {
    for (const node of nodes) {
      const id = exhibitOf(node);
      if (id !== '') yield id;
    }
  }
}

/** The exhibit that a citation or a reference names; empty for anything else [FI53]. */
function exhibitOf(node: SerializedInline): ExhibitId | '' {
  if (node.type === 'citation') return node.exhibitId;
  return node.type === 'reference' && node.kind === 'exhibit' ? (node.target as ExhibitId) : '';
}

/** `columnTwips`: the width of the block's lines; without it images are printed as their words [DO86]. */
function buildRuns(block: SerializedBlock, readers: RunReaders, columnTwips?: number): FilingRun[] {
  const runs: FilingRun[] = [];
  const around = parsePassageLanguage(block.$?.lang) ?? readers.language;
  for (const node of block.children) {
    switch (node.type) {
      case 'text': {
        const lang = parsePassageLanguage(node.$?.lang) ?? around;
        appendText(runs, node.text, node.format, {
          smallCaps: node.$?.sc === 1,
          href: parseLinkAddress(node.$?.href),
          lang: lang === readers.language ? null : lang,
        });
        break;
      }
      case 'citation': {
        const label = readers.label(node.exhibitId);
        const known = label !== '' && node.exhibitId !== '';
        runs.push({
          kind: 'citation',
          exhibitId: known ? node.exhibitId : '',
          label,
          page: node.page,
          bookmark: known ? bookmarkOf(node.exhibitId as ExhibitId) : '',
        });
        break;
      }
      case 'person':
        runs.push({ kind: 'person', text: readers.person(node.personId) });
        break;
      case 'reference':
        runs.push(readers.reference(node));
        break;
      case 'footnote': {
        const note = readers.note(node);
        if (note) runs.push(note);
        break;
      }
      case 'image': {
        const image = readers.image(node, columnTwips ?? 0);
        if (columnTwips === undefined) appendText(runs, imageWords(image), 0, PLAIN);
        else runs.push(image);
        break;
      }
      case 'linebreak':
        runs.push({ kind: 'break' });
        break;
      case 'tab':
        runs.push({ kind: 'tab' });
        break;
    }
  }
  for (const run of runs) if (run.kind === 'text') run.text = run.text.replace(SIGN_BEFORE_NUMBER, '$1\u00a0');
  return runs;
}

const PLAIN = { smallCaps: false, href: null, lang: null } as const;

/** A section or paragraph sign stays on the line of its number [FI10]. */
const SIGN_BEFORE_NUMBER = /([§¶]) (?=\S)/g;

function appendText(
  runs: FilingRun[],
  text: string,
  format: number,
  { smallCaps, href, lang }: { smallCaps: boolean; href: string | null; lang: PassageLanguage | null },
): void {
  for (const piece of cleanText(text).split(/([\n\t])/)) {
    if (piece === '') continue;
    if (piece === '\n') runs.push({ kind: 'break' });
    else if (piece === '\t') runs.push({ kind: 'tab' });
    else {
      const run = {
        kind: 'text' as const,
        text: piece,
        bold: (format & FORMAT.bold) !== 0,
        italic: (format & FORMAT.italic) !== 0,
        underline: (format & FORMAT.underline) !== 0,
        smallCaps,
        superscript: (format & FORMAT.superscript) !== 0,
        subscript: (format & FORMAT.subscript) !== 0,
        strikethrough: (format & FORMAT.strikethrough) !== 0,
        ...(href === null ? {} : { href }),
        ...(lang === null ? {} : { lang }),
      };
      const last = runs.at(-1);
      // Claims split the editor's text nodes; the filing must not show where [FI14].
      if (last?.kind === 'text' && sameFormat(last, run)) last.text += piece;
      else runs.push(run);
    }
  }
}

type TextRun = Extract<FilingRun, { kind: 'text' }>;

function sameFormat(a: TextRun, b: TextRun): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.underline === b.underline &&
    a.smallCaps === b.smallCaps &&
    a.superscript === b.superscript &&
    a.subscript === b.subscript &&
    a.strikethrough === b.strikethrough &&
    a.href === b.href &&
    a.lang === b.lang
  );
}

/** Styles that continue the ¶ they follow [FI12]. */
const CONTINUES = new Set<SerializedBlock['blockStyle']>(['quote', 'bullet', 'ordered']);

function buildExhibitRows(
  blocks: readonly SerializedBlock[],
  reading: readonly (readonly SerializedInline[])[],
  numbers: readonly BlockNumber[],
  labels: ReadonlyMap<ExhibitId, string>,
  exhibits: readonly Exhibit[],
): ExhibitRow[] {
  const citedAt = new Map<string, Set<number>>();
  const citedElsewhere = new Set<string>();
  let current: number | null = null;
  blocks.forEach((block, index) => {
    if (!CONTINUES.has(block.blockStyle)) current = numbers[index]?.number ?? null;
    for (const node of reading[index] ?? []) {
      const id = exhibitOf(node);
      if (id === '') continue;
      if (current === null) citedElsewhere.add(id);
      else citedAt.set(id, (citedAt.get(id) ?? new Set()).add(current));
    }
  });
  const byId = new Map(exhibits.map((exhibit) => [exhibit.id, exhibit]));
  return [...labels].map(([id, label]) => {
    const exhibit = byId.get(id) as Exhibit;
    return {
      id,
      label,
      bookmark: bookmarkOf(id),
      title: oneLine(exhibit.title),
      date: oneLine(exhibit.date),
      source: oneLine(exhibit.source),
      pages: exhibit.pageCount,
      language: oneLine(exhibit.language),
      confidentiality: exhibit.confidentiality,
      status: exhibit.status,
      citedAt: [...(citedAt.get(id) ?? [])],
      citedElsewhere: citedElsewhere.has(id),
    };
  });
}

function oneLine(text: string): string {
  return cleanText(text)
    .replace(/[\n\t ]+/g, ' ')
    .trim();
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
