// Over 400 lines: one rule for what becomes of every mark, of runs, blocks and tables, which views, answers and the filing share.
import { compareCodeUnits } from './collections.ts';
import type { SerializedInline, TextState } from './document.ts';
import {
  BLOCK_STYLES,
  type BlockState,
  type SerializedBlock,
  type SerializedBody,
  type SerializedElement,
  type SerializedTable,
} from './document.ts';
import type { Suggestion } from './records.ts';
import { isValueBefore, settleValues, type ValueMark } from './settleValues.ts';
import { planRemoval } from './tables/layOutTable.ts';
import { columnKey, isSerializedTable, listBlocks, readShape } from './tables/serializedTable.ts';

/** The two ways to read a document with suggestions, and the two answers to one. */
export type SuggestionView = 'accepted' | 'rejected';
type State = Readonly<Record<string, unknown>>;

/** Keys of marks that belong to a suggestion; the id follows. */
const MARKS = [
  'ins_',
  'del_',
  'fmt_',
  'pIns_',
  'pDel_',
  'sty_',
  'lnk_',
  'lng_',
  'rIns_',
  'rDel_',
  'cIns_',
  'cDel_',
] as const;
export type SuggestionMark = (typeof MARKS)[number];
/** Small caps among the format bits of a look, above all of Lexical's own. */
const SMALL_CAPS = 1 << 16;

/** The mark and the id that a key names; null for a key of anything else. */
export function parseSuggestionKey(key: string): { mark: SuggestionMark; id: string } | null {
  const mark = MARKS.find((start) => key.startsWith(start));
  return mark === undefined || key.length === mark.length ? null : { mark, id: key.slice(mark.length) };
}

/** The ids of suggestions that a state names by marks that mean something [DO1], each once. */
export function suggestionIdsOf(state: State | undefined): string[] {
  if (!state) return [];
  const ids = new Set<string>();
  for (const key of Object.keys(state)) {
    const parsed = parseSuggestionKey(key);
    if (parsed && meansSomething(parsed.mark, state[key])) ids.add(parsed.id);
  }
  return [...ids];
}

/** Every suggestion that touches the text, each once, in the order of reading. */
export function findSuggestions(body: SerializedBody): string[] {
  const ids = new Set<string>();
  for (const element of body.root.children) {
    if (isSerializedTable(element))
      for (const node of [element, ...element.children]) for (const id of suggestionIdsOf(node.$)) ids.add(id);
    for (const block of listBlocks([element])) {
      for (const node of block.children) for (const id of suggestionIdsOf(node.$)) ids.add(id);
      for (const id of suggestionIdsOf(block.$)) ids.add(id);
    }
  }
  return [...ids];
}

/** A look as `fmt_` stores it: format bits, then `s` for small caps. */
export function formatLook(format: number, smallCaps: boolean): string {
  return `${format}${smallCaps ? 's' : ''}`;
}

/** Bits of a stored look; null for anything that is none. */
export function parseLook(value: unknown): number | null {
  const found = typeof value === 'string' ? /^(\d{1,5})(s?)$/.exec(value) : null;
  if (!found || Number(found[1]) > 0xffff) return null;
  return Number(found[1]) | (found[2] ? SMALL_CAPS : 0);
}

/** Age of a suggestion among others: by the time and then the id of its record [DO10] [DO13]. */
export type CompareAge = (a: string, b: string) => number;
export function compareAges(records: readonly Pick<Suggestion, 'id' | 'at'>[]): CompareAge {
  const times = new Map<string, number>(records.map(({ id, at }) => [id, at]));
  return (a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || compareCodeUnits(a, b);
}

/** What answering the chosen suggestions makes of one node's marks. */
export interface Settled {
  /** Marks to set anew or to take away (null); everything else on the node stays. */
  changes: ReadonlyMap<string, string | null>;
  /** The node goes. */
  removed: boolean;
  /** The block takes up the next one. */
  joined: boolean;
  /** The look or style the node has from now on; null when it stays. */
  format: number | null;
  smallCaps: boolean | null;
  style: string | null;
  /** Columns of the table that go [DO70]. */
  columns: readonly string[];
}

const STAYS: Settled = {
  changes: new Map(),
  removed: false,
  joined: false,
  format: null,
  smallCaps: null,
  style: null,
  columns: [],
};

/**
 * [DO10] [DO11] [DO16] What becomes of one node when `only` its chosen suggestions are answered. The one rule that the
 * filing, the views and the editor's accept and reject share.
 */
export function settleMarks(
  node: { state: State | undefined; format?: number; style?: string },
  view: SuggestionView,
  compareAge: CompareAge,
  only: (id: string) => boolean,
): Settled {
  const { state } = node;
  if (!state) return STAYS;
  let changes: Map<string, string | null> | null = null;
  let [removed, joined] = [false, false];
  const looks: string[] = [];
  const styles: string[] = [];
  const values: Record<ValueMark, string[]> = { lnk_: [], lng_: [] };
  const columns: string[] = [];
  for (const key of Object.keys(state)) {
    const parsed = parseSuggestionKey(key);
    if (!parsed || !meansSomething(parsed.mark, state[key])) continue;
    const { mark, id } = parsed;
    if (mark === 'fmt_') looks.push(id);
    else if (mark === 'sty_') styles.push(id);
    else if (mark === 'lnk_' || mark === 'lng_') values[mark].push(id);
    else if (only(id)) {
      (changes ??= new Map()).set(key, null);
      const goes =
        mark.endsWith(view === 'accepted' ? 'del_' : 'ins_') || mark.endsWith(view === 'accepted' ? 'Del_' : 'Ins_');
      if (goes && (mark === 'del_' || mark === 'ins_' || mark === 'rDel_' || mark === 'rIns_')) removed = true;
      if (goes && (mark === 'cDel_' || mark === 'cIns_')) columns.push(...String(state[key]).split(' '));
      if (goes && (mark === 'pDel_' || mark === 'pIns_')) joined = true;
    }
  }
  let [format, smallCaps, style]: [number | null, boolean | null, string | null] = [null, null, null];
  if (looks.some(only) && node.format !== undefined) {
    changes ??= new Map();
    const now = node.format | (state['sc'] === 1 ? SMALL_CAPS : 0);
    const settled = settleLooks(looks.sort(compareAge), state, now, view, only, changes);
    format = settled & 0xffff;
    smallCaps = (settled & SMALL_CAPS) !== 0;
  }
  if (styles.some(only) && node.style !== undefined) {
    changes ??= new Map();
    style = settleStyles(styles.sort(compareAge), state, node.style, view, only, changes);
  }
  for (const mark of ['lnk_', 'lng_'] as const)
    if (values[mark].some(only))
      settleValues(mark, values[mark].sort(compareAge), state, view, only, (changes ??= new Map()));
  if (!changes) return STAYS;
  return { changes, removed, joined, format, smallCaps, style, columns };
}

/**
 * [DO16] Each mark's change is the difference of its look to the next younger one's. A rejected change is taken out of
 * all younger looks, an accepted one put into all older ones, so that the order of the answers plays no part.
 */
function settleLooks(
  ids: readonly string[],
  state: State,
  now: number,
  view: SuggestionView,
  only: (id: string) => boolean,
  changes: Map<string, string | null>,
): number {
  const looks = [...ids.map((id) => parseLook(state[`fmt_${id}`]) as number), now];
  ids.forEach((id, at) => {
    if (!only(id)) return;
    const change = (looks[at] as number) ^ (looks[at + 1] as number);
    const [from, to] = view === 'rejected' ? [at + 1, looks.length] : [0, at + 1];
    for (let other = from; other < to; other++) looks[other] = (looks[other] as number) ^ change;
    changes.set(`fmt_${id}`, null);
  });
  ids.forEach((id, at) => {
    if (changes.has(`fmt_${id}`)) return;
    const look = looks[at] as number;
    const value = formatLook(look & 0xffff, (look & SMALL_CAPS) !== 0);
    if (value !== state[`fmt_${id}`]) changes.set(`fmt_${id}`, value);
  });
  return looks.at(-1) as number;
}

/** [DO16] A rejected style hands what was before to the next younger one, an accepted one its own to all older ones. */
function settleStyles(
  ids: readonly string[],
  state: State,
  now: string,
  view: SuggestionView,
  only: (id: string) => boolean,
  changes: Map<string, string | null>,
): string {
  const styles = [...ids.map((id) => state[`sty_${id}`] as string), now];
  ids.forEach((id, at) => {
    if (!only(id)) return;
    if (view === 'rejected') styles[at + 1] = styles[at] as string;
    else styles.fill(styles[at + 1] as string, 0, at + 1);
    changes.set(`sty_${id}`, null);
  });
  ids.forEach((id, at) => {
    if (!changes.has(`sty_${id}`) && styles[at] !== state[`sty_${id}`]) changes.set(`sty_${id}`, styles[at] as string);
  });
  return styles.at(-1) as string;
}

/**
 * [DO10] to [DO13] The body as the view of that name shows it, in time linear in its size; with `only`, those suggestions
 * are answered and all others stay. The body given is left as it is.
 */
export function resolveSuggestions(
  body: SerializedBody,
  records: readonly Pick<Suggestion, 'id' | 'at'>[],
  view: SuggestionView,
  only: (id: string) => boolean = () => true,
): SerializedBody {
  const answer: Answer = { compareAge: compareAges(records), view, only };
  return { ...body, root: { ...body.root, children: settleElements(body.root.children, answer) } };
}

interface Answer {
  compareAge: CompareAge;
  view: SuggestionView;
  only(id: string): boolean;
}

function settleElements<E extends SerializedElement>(elements: readonly E[], answer: Answer): E[] {
  const { compareAge, view, only } = answer;
  const children: SerializedElement[] = [];
  let joins = false;
  for (const element of elements) {
    if (isSerializedTable(element)) {
      const table = settleTable(element, answer);
      if (table) children.push(table);
      // What a gone table parted stays apart, and no paragraph joins a table.
      joins = false;
      continue;
    }
    const settled = settleMarks({ state: element.$, style: element.blockStyle }, view, compareAge, only);
    const next: SerializedBlock = {
      ...element,
      blockStyle: (settled.style ?? element.blockStyle) as SerializedBlock['blockStyle'],
      children: settleInlines(element.children, view, compareAge, only),
    };
    setState(next, element.$, settled.changes);
    const last = children.at(-1);
    if (joins && last && !isSerializedTable(last)) takeUp(last, next);
    else children.push(next);
    joins = settled.joined;
  }
  for (const child of children) if (!isSerializedTable(child)) child.children = joinRuns(child.children);
  return children as E[];
}

/** [DO70] The table without the rows and columns that go; null when it goes itself. */
function settleTable(table: SerializedTable, answer: Answer): SerializedTable | null {
  const { compareAge, view, only } = answer;
  const settled = settleMarks({ state: table.$ }, view, compareAge, only);
  if (settled.removed) return null;
  const rows = table.children.map((row) => settleMarks({ state: row.$ }, view, compareAge, only));
  const gone = {
    rows: new Set(rows.flatMap(({ removed }, position) => (removed ? [position] : []))),
    columns: new Set(settled.columns),
  };
  if (gone.rows.size > 0 && gone.rows.size === rows.length) return null;
  const plan = planRemoval(readShape(table), gone);
  const removed = new Set(plan.removed);
  const next: SerializedTable = {
    ...table,
    children: table.children.flatMap((row, position) => {
      if (gone.rows.has(position)) return [];
      const cells = row.children.filter((cell) => !removed.has(cell));
      const kept = {
        ...row,
        children: cells.map((cell) => ({
          ...cell,
          ...plan.changed.get(cell),
          children: settleElements(cell.children, answer),
        })),
      };
      setState(kept, row.$, rows[position]?.changes ?? NO_CHANGES);
      return [kept];
    }),
  };
  const changes = new Map<string, unknown>(settled.changes);
  for (const id of gone.columns) if (table.$ && columnKey(id) in table.$) changes.set(columnKey(id), null);
  setState(next, table.$, changes);
  return next;
}

const NO_CHANGES: ReadonlyMap<string, unknown> = new Map();

function settleInlines(
  nodes: readonly SerializedInline[],
  view: SuggestionView,
  compareAge: CompareAge,
  only: (id: string) => boolean,
): SerializedInline[] {
  const kept: SerializedInline[] = [];
  for (const node of nodes) {
    const { removed, changes, format, smallCaps } = settleMarks(
      { state: node.$, ...(node.type === 'text' ? { format: node.format } : {}) },
      view,
      compareAge,
      only,
    );
    if (removed) continue;
    const next = { ...node };
    if (next.type === 'text' && format !== null) next.format = format;
    const all = new Map<string, unknown>(changes);
    if (smallCaps !== null) all.set('sc', smallCaps ? 1 : null);
    setState(next, node.$, all);
    kept.push(next);
  }
  return kept;
}

/** Marks that name the end of a paragraph: they are the next one's after a join [DO2]. */
const END_MARKS = ['pIns_', 'pDel_'] as const;
export const isEndMark = (key: string): boolean => END_MARKS.some((start) => key.startsWith(start));

/** [DO12] [DO17] The marks of a block that has taken up the next one. */
export function joinStates(
  own: State | undefined,
  next: State | undefined,
  wasEmpty: boolean,
): Record<string, unknown> {
  const state: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(own ?? {})) {
    if (value === undefined || isEndMark(key) || (wasEmpty && followsStyle(key))) continue;
    state[key] = value;
  }
  for (const [key, value] of Object.entries(next ?? {})) {
    if (value === undefined) continue;
    if (isEndMark(key) || (wasEmpty && followsStyle(key))) state[key] = value;
    else if (!(key in state) && !followsStyle(key)) state[key] = value;
  }
  return state;
}

/** What goes with the style of a block. */
const followsStyle = (key: string): boolean => key.startsWith('sty_') || key.startsWith('lng_') || key === 'lang';

function takeUp(block: SerializedBlock, next: SerializedBlock): void {
  const wasEmpty = block.children.length === 0;
  const state = joinStates(block.$, next.$, wasEmpty);
  if (wasEmpty) block.blockStyle = next.blockStyle;
  block.children.push(...next.children);
  if (Object.keys(state).length > 0) block.$ = state as BlockState;
  else delete block.$;
}

/** Text side by side that differs in nothing is one run, as the editor has it. */
function joinRuns(nodes: readonly SerializedInline[]): SerializedInline[] {
  const joined: SerializedInline[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (
      last?.type === 'text' &&
      node.type === 'text' &&
      last.format === node.format &&
      (last.style ?? '') === (node.style ?? '') &&
      sameState(last.$, node.$)
    )
      joined[joined.length - 1] = { ...last, text: last.text + node.text };
    else joined.push(node);
  }
  return joined;
}

function sameState(a: State | undefined, b: State | undefined): boolean {
  const keys = Object.keys(a ?? {});
  return keys.length === Object.keys(b ?? {}).length && keys.every((key) => a?.[key] === b?.[key]);
}

function setState(node: { $?: object }, state: State | undefined, changes: ReadonlyMap<string, unknown>): void {
  if (changes.size === 0) return;
  const next: Record<string, unknown> = { ...state };
  for (const [key, value] of changes)
    if (value === null) delete next[key];
    else next[key] = value;
  // Sorted as the editor gives it.
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => compareCodeUnits(a, b)));
  if (Object.keys(sorted).length > 0) node.$ = sorted as TextState;
  else delete node.$;
}

/** [DO1] Whether a mark has a value of its kind. */
function meansSomething(mark: SuggestionMark, value: unknown): boolean {
  switch (mark) {
    case 'fmt_':
      return parseLook(value) !== null;
    case 'cIns_':
    case 'cDel_':
      return typeof value === 'string';
    case 'lnk_':
    case 'lng_':
      return isValueBefore(mark, value);
    case 'sty_':
      return (BLOCK_STYLES as readonly unknown[]).includes(value);
    default:
      return value === 1;
  }
}
