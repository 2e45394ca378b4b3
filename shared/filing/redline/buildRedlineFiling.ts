import { FORMAT, type SerializedBlock, type SerializedBody, type SerializedInline } from '../../domain/document.ts';
import { buildRedline } from '../../domain/redline/buildRedline.ts';
import type { RedlineRun, RunPiece } from '../../domain/redline/Redline.ts';
import { settleEnd } from '../../domain/redline/settleEnd.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { buildFiling } from '../buildFiling.ts';
import type { FilingBlock, FilingModel, FilingRun } from '../FilingModel.ts';
import type { RedlineFiling, RedlineFilingRow, RedlineFilingRun } from './RedlineFiling.ts';

/**
 * What changed from one filing to another [FI90]: both are built as filings first, so that nothing stands in it which
 * neither of them would hold. People are named on both sides as the new one names them [FI92].
 */
export function buildRedlineFiling(before: Snapshot, after: Snapshot): RedlineFiling {
  const then = buildFiling({ ...before, records: { ...before.records, people: after.records.people } });
  const now = buildFiling(after);
  return {
    title: now.title,
    legend: now.legend,
    language: now.language,
    exhibits: now.exhibits,
    rows: compareBlocks(then.blocks, now.blocks, notesOf(then), notesOf(now)),
  };
}

type Notes = ReadonlyMap<number, readonly FilingBlock[]>;
const NO_NOTES: Notes = new Map();

function compareBlocks(
  before: readonly FilingBlock[],
  after: readonly FilingBlock[],
  notesBefore: Notes,
  notesAfter: Notes,
): RedlineFilingRow[] {
  const bookmarks = after.map(({ bookmark }) => bookmark);
  let at = 0;
  return settleEnd(buildRedline(toBody(before), toBody(after)).rows).map((row): RedlineFilingRow => {
    const style = (row.after ?? row.before)?.blockStyle ?? 'plain';
    const restyled = row.end === 'same' && row.before && row.before.blockStyle !== style;
    return {
      end: row.end,
      style,
      styleBefore: restyled && row.before ? row.before.blockStyle : null,
      bookmark: row.after ? (bookmarks[at++] ?? '') : '',
      move: row.move,
      runs: row.runs.flatMap((run) => readRun(run, notesBefore, notesAfter)),
    };
  });
}

function readRun(run: RedlineRun, notesBefore: Notes, notesAfter: Notes): RedlineFilingRun[] {
  const [before, after] = [run.before && toRun(run.before), run.after && toRun(run.after)];
  const place = after ?? before;
  if (place?.kind !== 'note' || !place.first) {
    const relinked =
      run.mark === 'formatted' && before?.kind === 'text' && after?.kind === 'text' && before.href !== after.href;
    // Word cannot say that a link leads elsewhere: its words go, and the same ones come.
    if (relinked)
      return [
        { mark: 'deleted', before, after: null },
        { mark: 'inserted', before: null, after },
      ];
    return [{ mark: run.mark, before, after }];
  }
  const [old, now] = [
    before?.kind === 'note' ? (notesBefore.get(before.number) ?? []) : [],
    after?.kind === 'note' ? (notesAfter.get(after.number) ?? []) : [],
  ];
  return [{ mark: run.mark, before, after, note: compareBlocks(old, now, NO_NOTES, NO_NOTES) }];
}

function notesOf(model: FilingModel): Notes {
  return new Map(
    model.notes.map(({ number, paragraphs }) => [
      number,
      paragraphs.map((runs): FilingBlock => ({ style: 'plain', number: null, label: '', bookmark: '', runs })),
    ]),
  );
}

/** A filing's words as a text that the redline compares: nodes that are not text are equal where they print the same. */
function toBody(blocks: readonly FilingBlock[]): SerializedBody {
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  return {
    root: {
      ...layout,
      type: 'root',
      children: blocks.map(
        ({ style, runs }): SerializedBlock => ({
          ...layout,
          type: 'block',
          blockStyle: style,
          children: runs.map(toNode),
        }),
      ),
    },
  };
}

/** Marks (`$`) are no part of what a node is: there lies what is the same paragraph's or note's in both texts. */
type FilingNode = { type: 'filing'; version: 1; is: unknown; $: { run: FilingRun } };

function toNode(run: FilingRun): SerializedInline {
  if (run.kind !== 'text') {
    const node: FilingNode = { type: 'filing', version: 1, is: whatIs(run), $: { run } };
    return node as unknown as SerializedInline;
  }
  const { text, smallCaps, href, lang } = run;
  let format = 0;
  for (const look of LOOKS) if (run[look]) format |= FORMAT[look];
  const state = { ...(smallCaps ? { sc: 1 as const } : {}), ...(href ? { href } : {}), ...(lang ? { lang } : {}) };
  return { type: 'text', version: 1, text, format, style: '', mode: 'normal', detail: 0, $: state };
}

const LOOKS = ['bold', 'italic', 'underline', 'superscript', 'subscript', 'strikethrough'] as const;

function whatIs(run: FilingRun): unknown {
  switch (run.kind) {
    // A note stays the same one when its number moves on.
    case 'note':
      return run.first ? ['note', run.noteId] : ['note again', run.number];
    case 'reference':
      return ['reference', run.text, run.missing, run.parts.map(({ shows, text }) => [shows, text])];
    default:
      return run;
  }
}

function toRun({ node }: RunPiece): FilingRun {
  if (node.type !== 'text') return (node as unknown as FilingNode).$.run;
  const { text, format } = node;
  const { sc, href, lang } = (node.$ ?? {}) as { sc?: 1; href?: string; lang?: 'en' | 'es' };
  const has = (look: (typeof LOOKS)[number]): boolean => (format & FORMAT[look]) !== 0;
  return {
    kind: 'text',
    text,
    bold: has('bold'),
    italic: has('italic'),
    underline: has('underline'),
    smallCaps: sc === 1,
    superscript: has('superscript'),
    subscript: has('subscript'),
    strikethrough: has('strikethrough'),
    ...(href === undefined ? {} : { href }),
    ...(lang === undefined ? {} : { lang }),
  };
}

/** One of the two texts of a redline, as its filing has it: what accepting or rejecting all of it leaves. */
export function takeFilingSide(
  rows: readonly RedlineFilingRow[],
  side: 'before' | 'after',
): { style: FilingBlock['style']; runs: FilingRun[]; notes: FilingRun[][][] }[] {
  const blocks: { style: FilingBlock['style']; runs: FilingRun[]; notes: FilingRun[][][] }[] = [];
  let open: { runs: FilingRun[]; notes: FilingRun[][][] } = { runs: [], notes: [] };
  for (const row of rows) {
    for (const run of row.runs) {
      const own = run[side];
      if (!own) continue;
      open.runs.push(own);
      if (run.note) open.notes.push(takeFilingSide(run.note, side).map(({ runs }) => runs));
    }
    if (row.end === (side === 'before' ? 'inserted' : 'deleted')) continue;
    blocks.push({ style: (side === 'before' ? row.styleBefore : null) ?? row.style, ...open });
    open = { runs: [], notes: [] };
  }
  return blocks;
}
