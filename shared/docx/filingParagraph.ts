import {
  Bookmark,
  FootnoteReferenceRun,
  type IRunPropertiesOptions,
  Paragraph,
  type ParagraphChild,
  Tab,
  TextRun,
} from 'docx';
import type { FilingBlock, FilingNote, FilingRun } from '../filing/FilingModel.ts';
import { formatCitation, formatExhibitLabel, formatPinpoint } from '../filing/formatCitation.ts';
import type { ListPlace } from './filingNumbering.ts';
import { STYLE_ID } from './filingStyles.ts';
import { buildImage } from './imageRun.ts';
import { buildField, buildLink } from './wordFields.ts';
import { wordLanguage } from './wordLanguage.ts';

/** A block as a Word paragraph; `place` is the list it is in when its style does not say it; `style` stands for its own. */
export function buildParagraph(block: FilingBlock, place: ListPlace, style?: string): Paragraph {
  return new Paragraph({
    style: style ?? STYLE_ID[block.style],
    includeIfEmpty: true,
    ...(place ? { numbering: place } : {}),
    ...(block.keepNext ? { keepNext: true } : {}),
    children: bookmarked(
      block.bookmark,
      (block.style === 're' ? hangSubject(block.runs) : block.runs).flatMap(buildRun),
    ),
  });
}

/**
 * A footnote's paragraphs. The library puts the number before the first one, whose words therefore begin with a space, as
 * Word writes it.
 */
export function buildNote(note: FilingNote): Paragraph[] {
  return note.paragraphs.map(
    (runs, index) =>
      new Paragraph({
        style: 'FootnoteText',
        includeIfEmpty: true,
        children: [...(index === 0 ? [new TextRun({ text: ' ' })] : []), ...runs.flatMap(buildRun)],
      }),
  );
}

/** References jump here and read this paragraph's number [FI52]; an empty name is no bookmark. */
export function bookmarked(bookmark: string, children: ParagraphChild[]): ParagraphChild[] {
  return bookmark === '' ? children : [new Bookmark({ id: bookmark, children })];
}

// The space after "Re:" becomes a tab, so that the subject's lines stand under each other.
function hangSubject(runs: readonly FilingRun[]): readonly FilingRun[] {
  const [first, ...rest] = runs;
  const words = first?.kind === 'text' ? /^(Re:)[ \u00a0]+(.*)$/s.exec(first.text) : null;
  if (first?.kind !== 'text' || !words) return runs;
  return [
    { ...first, text: words[1] as string },
    { kind: 'tab' },
    ...(words[2] ? [{ ...first, text: words[2] }] : []),
    ...rest,
  ];
}

/** What stands in the paragraph for a run. */
export function buildRun(run: FilingRun): ParagraphChild[] {
  switch (run.kind) {
    case 'text':
      return run.href === undefined ? [buildText(run)] : buildLink(run.href, [buildText(run)]);
    case 'person':
      return [new TextRun({ text: run.text })];
    case 'break':
      return [new TextRun({ break: 1 })];
    case 'tab':
      return [new TextRun({ children: [new Tab()] })];
    case 'citation':
      return buildCitation(run);
    case 'reference':
      return buildReference(run);
    case 'image':
      return [buildImage(run)];
    case 'note':
      return buildNoteReference(run);
  }
}

/** Properties of a run of Word that make words look as these do. */
export function lookOfText(run: Extract<FilingRun, { kind: 'text' }>): IRunPropertiesOptions {
  return {
    ...(run.bold ? { bold: true } : {}),
    ...(run.italic ? { italics: true } : {}),
    ...(run.underline || run.href !== undefined ? { underline: {} } : {}),
    ...(run.smallCaps ? { smallCaps: true } : {}),
    ...(run.strikethrough ? { strike: true } : {}),
    ...(run.superscript ? { superScript: true } : run.subscript ? { subScript: true } : {}),
    ...(run.lang ? { language: { value: wordLanguage(run.lang) } } : {}),
  };
}

function buildText(run: Extract<FilingRun, { kind: 'text' }>): TextRun {
  return new TextRun({ ...lookOfText(run), text: run.text });
}

function buildCitation({ label, page, bookmark }: Extract<FilingRun, { kind: 'citation' }>): ParagraphChild[] {
  if (bookmark === '') return [new TextRun({ text: formatCitation('', page) })];
  // MERGEFORMAT: an updated field keeps the text's own size, not the smaller one of the index row.
  return [
    new TextRun({ text: '(' }),
    ...buildField(`REF ${bookmark} \\h \\* MERGEFORMAT`, formatExhibitLabel(label)),
    new TextRun({ text: `${formatPinpoint(page)})` }),
  ];
}

// LibreOffice loses other references in a document with a NOTEREF: a second place of a note has its number as text.
function buildNoteReference({ number, first }: Extract<FilingRun, { kind: 'note' }>): ParagraphChild[] {
  return [first ? new FootnoteReferenceRun(number) : new TextRun({ text: String(number), superScript: true })];
}

const REFERENCE_SWITCH = { number: '\\n \\h', full: '\\w \\h', words: '\\h \\* MERGEFORMAT' } as const;

function buildReference({ text, lead, parts }: Extract<FilingRun, { kind: 'reference' }>): ParagraphChild[] {
  if (parts.length === 0) return [new TextRun({ text })];
  return [
    ...(lead === '' ? [] : [new TextRun({ text: lead })]),
    ...parts.flatMap((part) => buildField(`REF ${part.bookmark} ${REFERENCE_SWITCH[part.shows]}`, part.text)),
  ];
}
