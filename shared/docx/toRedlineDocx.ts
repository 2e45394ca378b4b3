import type { BlockStyle } from '../domain/document.ts';
import { cleanText } from '../filing/cleanText.ts';
import type { RedlineFiling, RedlineFilingRow } from '../filing/redline/RedlineFiling.ts';
import type { Revisions } from './canonicalPackage.ts';
import { buildLists, type ListPlace, NUMBERING } from './filingNumbering.ts';
import { packFiling } from './packFiling.ts';
import { RedlineWriter } from './redlineParagraph.ts';

/**
 * The Word document of a redline, with real tracked changes [FI93]: accepting all of them leaves the new filing, rejecting
 * all the old one. Same redline and moment, same bytes. Synchronous inside, as `toDocx`.
 */
export function toRedlineDocx(redline: RedlineFiling, revisions: Revisions): Promise<Uint8Array> {
  const { rows } = redline;
  const { places, numbering } = buildLists(rows.map(({ style }) => style));
  const then = placesBefore(rows, places);
  const writer = new RedlineWriter(revisions);
  const whole = wholeMoves(rows);
  const paragraphs = rows.map((row, index) => {
    const { move } = row;
    const ends =
      move && whole.has(move.id)
        ? { first: !sameMove(rows[index - 1], row), last: !sameMove(rows[index + 1], row) }
        : null;
    return writer.paragraph(row, { now: places[index], before: then[index] }, ends);
  });
  return packFiling(redline, { paragraphs, numbering, notes: writer.notes, revisions });
}

/** A name as the marks of a redline carry it: one line without the signs of markup, never empty. */
export function redlineAuthor(name: string): string {
  const words = cleanText(name)
    .replace(/["<>\s]+/g, ' ')
    .trim()
    .slice(0, 120);
  return words === '' ? 'Alegato' : words;
}

/** Moves of which both ends are in the text. */
function wholeMoves(rows: readonly RedlineFilingRow[]): Set<number> {
  const ends = { from: new Set<number>(), to: new Set<number>() };
  for (const { move } of rows) if (move) ends[move.side].add(move.id);
  return new Set([...ends.from].filter((id) => ends.to.has(id)));
}

function sameMove(one: RedlineFilingRow | undefined, other: RedlineFilingRow): boolean {
  return one?.move?.id === other.move?.id && one?.move?.side === other.move?.side;
}

/** The list a paragraph was in before it got another style: that of its neighbours, where they were in one. */
function placesBefore(rows: readonly RedlineFilingRow[], places: readonly ListPlace[]): ListPlace[] {
  const styleThen = (row: RedlineFilingRow | undefined): BlockStyle | undefined => row?.styleBefore ?? row?.style;
  let lists = 0;
  const then: ListPlace[] = [];
  rows.forEach((row, index) => {
    if (row.styleBefore === 'bullet') then.push({ reference: NUMBERING.bullets, level: 0 });
    else if (row.styleBefore !== 'ordered') then.push(row.styleBefore === null ? places[index] : undefined);
    else {
      const previous = styleThen(rows[index - 1]) === 'ordered' ? then[index - 1] : undefined;
      const next = rows[index + 1]?.style === 'ordered' ? places[index + 1] : undefined;
      then.push(previous ?? next ?? { reference: NUMBERING.ordered, level: 0, instance: OLD_LISTS + ++lists });
    }
  });
  return then;
}

/** Lists that only the old text has are counted from here. */
const OLD_LISTS = 1_000_000;
