import {
  FootnoteReferenceRun,
  Paragraph,
  type ParagraphChild,
  Run,
  Tab,
  TextRun,
  XmlAttributeComponent,
  XmlComponent,
} from 'docx';
import type { FilingRun } from '../filing/FilingModel.ts';
import { imageWords } from '../filing/filingImages.ts';
import { formatCitation } from '../filing/formatCitation.ts';
import type { RedlineFilingRow, RedlineFilingRun } from '../filing/redline/RedlineFiling.ts';
import type { Revisions } from './canonicalPackage.ts';
import type { ListPlace } from './filingNumbering.ts';
import { bookmarked, buildRun, lookOfText } from './filingParagraph.ts';
import { STYLE_ID } from './filingStyles.ts';
import { buildLink } from './wordFields.ts';

/** Gives out the marks of one redline: ids count on in the order of the text. */
export class RedlineWriter {
  readonly #revisions: Revisions;
  #lastId = 0;
  /** Paragraphs of the notes met so far, by the number of their reference. */
  readonly notes = new Map<number, Paragraph[]>();

  constructor(revisions: Revisions) {
    this.#revisions = revisions;
  }

  /** `places`: the list of the paragraph as it is, and as it was where its style is another one. */
  paragraph(
    row: RedlineFilingRow,
    places: { now: ListPlace; before: ListPlace },
    move: { first: boolean; last: boolean } | null,
  ): Paragraph {
    const runs = row.style === 're' ? hangSubject(row.runs) : row.runs;
    const children = bookmarked(row.bookmark, this.#runs(runs, move !== null));
    return new Paragraph({
      style: STYLE_ID[row.style],
      includeIfEmpty: true,
      ...(places.now ? { numbering: places.now } : {}),
      ...(row.end === 'same' ? {} : { run: this.#endMark(row.end) }),
      ...(row.styleBefore === null
        ? {}
        : {
            revision: {
              ...this.#next(),
              style: STYLE_ID[row.styleBefore],
              ...(places.before ? { numbering: places.before } : {}),
            },
          }),
      children: move && row.move ? this.#inMove(row.move, move, children) : children,
    });
  }

  #runs(runs: readonly RedlineFilingRun[], isMove: boolean): ParagraphChild[] {
    return runs.flatMap((run) => this.#run(run, isMove));
  }

  #run(run: RedlineFilingRun, isMove: boolean): ParagraphChild[] {
    const { mark, before, after } = run;
    switch (mark) {
      case 'same':
        return after ? this.#shown(after, run) : [];
      case 'formatted':
        return after?.kind === 'text' && before?.kind === 'text'
          ? this.#formatted(before, after)
          : after
            ? this.#shown(after, run)
            : [];
      case 'inserted':
      case 'moved-to':
        if (!after) return [];
        return [this.#wrap(isMove && mark === 'moved-to' ? 'w:moveTo' : 'w:ins', this.#shown(after, run))];
      case 'deleted':
      case 'moved-from': {
        if (!before) return [];
        // What goes is plain words: a field in it would look for a bookmark that the new text need not have.
        const moves = isMove && mark === 'moved-from';
        const isNote = before.kind === 'note' && before.first;
        const children = isNote ? this.#shown(before, run) : [goneRun(before, moves ? 'w:t' : 'w:delText')];
        return [this.#wrap(moves ? 'w:moveFrom' : 'w:del', children)];
      }
    }
  }

  #shown(run: FilingRun, { note }: RedlineFilingRun): ParagraphChild[] {
    // A redline is about words: a picture is said to be there, its file stays out of it.
    if (run.kind === 'image') return [new TextRun({ text: imageWords(run) })];
    if (run.kind !== 'note' || !run.first) return buildRun(run);
    const id = this.notes.size + 1;
    // Held at once: the numbers are those of the places.
    this.notes.set(id, []);
    this.notes.set(
      id,
      (note ?? []).map((row, index) => this.#noteParagraph(row, index === 0)),
    );
    return [new FootnoteReferenceRun(id)];
  }

  #noteParagraph(row: RedlineFilingRow, isFirst: boolean): Paragraph {
    return new Paragraph({
      style: 'FootnoteText',
      includeIfEmpty: true,
      ...(row.end === 'same' ? {} : { run: this.#endMark(row.end) }),
      children: [...(isFirst ? [new TextRun({ text: ' ' })] : []), ...this.#runs(row.runs, false)],
    });
  }

  #formatted(before: TextOf, after: TextOf): ParagraphChild[] {
    const words = new TextRun({
      ...lookOfText(after),
      text: after.text,
      revision: { ...lookOfText(before), ...this.#next() },
    });
    return after.href === undefined ? [words] : buildLink(after.href, [words]);
  }

  #endMark(end: 'inserted' | 'deleted'): { insertion: Revision } | { deletion: Revision } {
    return end === 'inserted' ? { insertion: this.#next() } : { deletion: this.#next() };
  }

  #inMove(
    { id, side }: { id: number; side: 'from' | 'to' },
    { first, last }: { first: boolean; last: boolean },
    children: ParagraphChild[],
  ): ParagraphChild[] {
    const range = side === 'from' ? 'w:moveFromRange' : 'w:moveToRange';
    // The two ends of a range carry one id, which is that of the move and its side.
    const rangeId = MOVE_IDS + 2 * id + (side === 'from' ? 0 : 1);
    const start = new Marked(`${range}Start`, { ...this.#revisions, id: rangeId, name: `move${id}` });
    const end = new Marked(`${range}End`, { id: rangeId });
    return [...(first ? [start] : []), ...children, ...(last ? [end] : [])] as unknown as ParagraphChild[];
  }

  #wrap(tag: string, children: readonly ParagraphChild[]): ParagraphChild {
    return new Marked(tag, this.#next(), children) as unknown as ParagraphChild;
  }

  #next(): Revision {
    this.#lastId += 1;
    return { id: this.#lastId, ...this.#revisions };
  }
}

interface Revision extends Revisions {
  id: number;
}
type TextOf = Extract<FilingRun, { kind: 'text' }>;

/** Ids of ranges begin here, far above those of the marks in the largest text. */
const MOVE_IDS = 100_000_000;

class MarkedAttributes extends XmlAttributeComponent<{ id: number; author?: string; date?: string; name?: string }> {
  protected override readonly xmlKeys = { id: 'w:id', author: 'w:author', date: 'w:date', name: 'w:name' };
}
class Marked extends XmlComponent {
  constructor(
    tag: string,
    attributes: { id: number; author?: string; date?: string; name?: string },
    children: readonly unknown[] = [],
  ) {
    super(tag);
    this.root.push(new MarkedAttributes(attributes), ...(children as XmlComponent[]));
  }
}

class SpaceAttribute extends XmlAttributeComponent<{ readonly space: string }> {
  protected override readonly xmlKeys = { space: 'xml:space' };
}
/** Words that go: deleted ones are `w:delText`, moved ones plain text (ECMA-376, 17.3.3.7 and 17.13.5.22). */
class GoneText extends XmlComponent {
  constructor(tag: 'w:delText' | 'w:t', text: string) {
    super(tag);
    this.root.push(new SpaceAttribute({ space: 'preserve' }), text);
  }
}

function goneRun(run: FilingRun, tag: 'w:delText' | 'w:t'): Run {
  switch (run.kind) {
    case 'text':
      return new Run({ ...lookOfText(run), children: [new GoneText(tag, run.text)] });
    case 'citation':
      return new Run({ children: [new GoneText(tag, formatCitation(run.label, run.page))] });
    case 'reference':
    case 'person':
      return new Run({ children: [new GoneText(tag, run.text)] });
    case 'image':
      return new Run({ children: [new GoneText(tag, imageWords(run))] });
    case 'note':
      return new Run({ superScript: true, children: [new GoneText(tag, String(run.number))] });
    case 'break':
      return new TextRun({ break: 1 });
    case 'tab':
      return new TextRun({ children: [new Tab()] });
  }
}

/** As in the filing, the space after "Re:" becomes a tab; each of the two texts has one. */
function hangSubject(runs: readonly RedlineFilingRun[]): RedlineFilingRun[] {
  const seen = { before: false, after: false };
  return runs.flatMap((run): RedlineFilingRun[] => {
    const isFirst = (run.before !== null && !seen.before) || (run.after !== null && !seen.after);
    if (run.before) seen.before = true;
    if (run.after) seen.after = true;
    const parts = isFirst ? { before: cutSubject(run.before), after: cutSubject(run.after) } : null;
    const cut = parts?.after ?? parts?.before;
    if (!parts || !cut || (run.before && !parts.before) || (run.after && !parts.after)) return [run];
    return cut.map((_, at) => ({
      mark: cut[at]?.kind === 'tab' && run.mark === 'formatted' ? 'same' : run.mark,
      before: parts.before?.[at] ?? null,
      after: parts.after?.[at] ?? null,
    }));
  });
}

function cutSubject(run: FilingRun | null): FilingRun[] | null {
  const words = run?.kind === 'text' ? /^(Re:)[ \u00a0]+(.*)$/s.exec(run.text) : null;
  if (run?.kind !== 'text' || !words) return null;
  const [, label = '', rest = ''] = words;
  return [{ ...run, text: label }, { kind: 'tab' }, ...(rest === '' ? [] : [{ ...run, text: rest }])];
}
