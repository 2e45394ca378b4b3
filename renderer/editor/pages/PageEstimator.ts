import { $getNodeByKey, $getSelection, $isRangeSelection, type LexicalEditor, type NodeKey } from 'lexical';
import { keepsWithNext } from '../../../shared/domain/letterParts.ts';
import type { Exhibit, Person } from '../../../shared/domain/records.ts';
import { isForeign } from '../../../shared/filing/pages/advanceOf.ts';
import type { EstimatedLine } from '../../../shared/filing/pages/estimateLines.ts';
import {
  hangSubject,
  type MeasuredParagraph,
  measureIndex,
  measureNote,
  measureParagraph,
  pageBlockOf,
  pageRoom,
} from '../../../shared/filing/pages/measureFiling.ts';
import { NOTE_SHAPE, SHAPES } from '../../../shared/filing/pages/pageSetup.ts';
import { type PageBlock, type PageStart, paginate } from '../../../shared/filing/pages/paginate.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import type { DocumentIndex, IndexedBlock } from '../EditorApi.ts';
import { $isBlockNode } from '../nodes/BlockNode.ts';
import type { NoteEntry } from '../notes/NotesReader.ts';
import type { PageState } from '../PageApi.ts';
import { exhibitRows } from './exhibitRows.ts';
import { HeightWatch } from './HeightWatch.ts';
import { $readPageRuns, type PageWords } from './readPageRuns.ts';
import { lineAt, screenLines } from './screenLines.ts';

/** Where a page begins on the page of the editor. */
export interface PageMark {
  page: number;
  blockKey: NodeKey;
  /** The line of the block, as the screen breaks it. */
  line: number;
}

interface Entry {
  style: IndexedBlock['style'];
  label: string;
  paragraph: MeasuredParagraph;
  noteIds: readonly string[];
  /** How many lines the screen shows for each that was estimated; 1 where nothing is known better. */
  scale: number;
  /** Where the screen breaks it; null until that was asked. */
  screen: readonly EstimatedLine[] | null;
}

/** Changes are let settle so long, at most so long; a slice of work takes at most so long. */
const SETTLE_MS = 250;
const LATEST_MS = 1000;
const SLICE_MS = 8;
/** So many blocks are put together before the clock is looked at. */
const STEP_BLOCKS = 50;

/**
 * Keeps the pages of the filing beside the text: only blocks that changed are measured, from their letters, when the
 * window is idle. A keystroke costs one entry in a set.
 */
export class PageEstimator {
  readonly #editor: LexicalEditor;
  readonly #sources: PageSources;
  readonly #entries = new Map<NodeKey, Entry>();
  readonly #stale = new Set<NodeKey>();
  readonly #noteHeights = new WeakMap<NoteEntry, number>();
  readonly #listeners = new Set<() => void>();
  readonly #heights: HeightWatch;
  readonly #stops: (() => void)[];
  #order: readonly NodeKey[] = [];
  #starts: readonly PageStart[] = [{ block: 0, line: 0 }];
  #marks: readonly PageMark[] = [];
  #state: PageState = { count: 1, letterCount: 1, current: null };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idle = 0;
  #sinceMs = 0;
  /** Whether blocks or heights changed since the last pass, and of what else that was made. */
  #isChanged = true;
  #made: readonly unknown[] = [];
  #pass: Iterator<void> | null = null;

  constructor(editor: LexicalEditor, sources: PageSources) {
    this.#editor = editor;
    this.#sources = sources;
    this.#heights = new HeightWatch((key, lines) => this.#correct(key, lines));
    this.#stops = [
      editor.registerUpdateListener(({ dirtyElements }) => {
        for (const key of dirtyElements.keys())
          if (key !== 'root') {
            this.#stale.add(key);
            this.#isChanged = true;
          }
        this.#later();
      }),
      sources.subscribe(() => this.#later()),
    ];
    this.#later();
  }

  readonly getState = (): PageState => this.#state;

  readonly getMarks = (): readonly PageMark[] => this.#marks;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Node and offset where a page of the letter begins; null for no such page. */
  placeOf(page: number): { blockKey: NodeKey; nodeKey: NodeKey | null; offset: number } | null {
    const start = this.#starts[page - 1];
    const blockKey = start && this.#order[start.block];
    if (!start || !blockKey) return null;
    const offset = this.#offsetOf(start);
    const { nodes } = this.#read(blockKey);
    const node = nodes.find((each) => offset < each.end) ?? null;
    return { blockKey, nodeKey: node?.key ?? null, offset: node ? offset - node.start : 0 };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#idle !== 0) cancelIdleCallback(this.#idle);
    for (const stop of this.#stops) stop();
    this.#heights.dispose();
    this.#listeners.clear();
  }

  #later(): void {
    const now = performance.now();
    if (this.#timer === undefined) this.#sinceMs = now;
    else if (now - this.#sinceMs > LATEST_MS - SETTLE_MS) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#whenIdle();
    }, SETTLE_MS);
  }

  #whenIdle(): void {
    if (this.#idle !== 0) return;
    this.#idle = requestIdleCallback(
      (deadline) => {
        this.#idle = 0;
        const untilMs = performance.now() + SLICE_MS;
        const isOver = (): boolean =>
          performance.now() > untilMs || (!deadline.didTimeout && deadline.timeRemaining() <= 0);
        if (!this.#work(isOver)) this.#whenIdle();
      },
      { timeout: LATEST_MS },
    );
  }

  /** False when the slice was over before all was done. */
  #work(isOver: () => boolean): boolean {
    if (!this.#pass) {
      if (!this.#measureStale(isOver)) return false;
      if (!this.#hasNews()) {
        this.#showCurrent();
        return true;
      }
      this.#isChanged = false;
      this.#made = this.#inputs();
      this.#pass = this.#estimate();
    }
    while (!this.#pass.next().done) if (isOver()) return false;
    this.#pass = null;
    // What changed while a pass was under way found it waiting, and is taken up with the next.
    return !this.#hasNews();
  }

  #hasNews(): boolean {
    return this.#isChanged || this.#inputs().some((input, at) => input !== this.#made[at]);
  }

  #inputs(): readonly unknown[] {
    const { getIndex, getNotes, getExhibits, getHead } = this.#sources;
    const { title, legend } = getHead();
    return [getIndex(), getNotes(), getExhibits(), title, legend];
  }

  /** The caret may have come to another page of those that are known. */
  #showCurrent(): void {
    const current = this.#currentPage();
    if (current === this.#state.current) return;
    this.#state = { ...this.#state, current };
    for (const listener of this.#listeners) listener();
  }

  /** False when the slice was over before all was measured. */
  #measureStale(isOver: () => boolean): boolean {
    if (!this.#hasNews()) return true;
    const index = this.#sources.getIndex();
    const words = wordsOf(index, this.#sources.getPeople());
    return this.#editor.getEditorState().read(
      () => {
        for (const block of index.blocks) {
          const entry = this.#entries.get(block.key);
          const label = labelOf(block);
          if (entry && !this.#stale.has(block.key) && entry.style === block.style && entry.label === label) continue;
          this.#measure(block, label, words);
          this.#stale.delete(block.key);
          if (isOver()) return false;
        }
        return true;
      },
      { editor: this.#editor },
    );
  }

  #measure(block: IndexedBlock, label: string, words: PageWords): void {
    const node = $getNodeByKey(block.key);
    if (!$isBlockNode(node)) return;
    const { runs, references } = $readPageRuns(node, words);
    const shape = SHAPES[block.style];
    const styled = runs.map((run) => ({ ...run, bold: run.bold || shape.bold, italic: run.italic || shape.italic }));
    this.#entries.set(block.key, {
      style: block.style,
      label,
      paragraph: measureParagraph(shape, label, block.style === 're' ? hangSubject(styled) : styled, references),
      noteIds: references.map(({ noteId }) => noteId),
      scale: 1,
      screen: null,
    });
    // Letters that the font's table does not know: how many lines they take is seen once they are on the screen.
    if (runs.some((run) => isForeign(run.text)))
      this.#heights.watch(block.key, this.#editor.getElementByKey(block.key));
    else this.#heights.leave(block.key);
  }

  #correct(key: NodeKey, lines: number): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const estimated = linesOnScreen(entry).length;
    const scale = lines / estimated;
    if (scale === entry.scale) return;
    entry.scale = scale;
    this.#isChanged = true;
    this.#later();
  }

  /** One pass over all blocks; the pages change at its end, all at once. */
  *#estimate(): Generator<void, void> {
    const { getIndex, getNotes, getExhibits, getHead } = this.#sources;
    const index = getIndex();
    const entries = new Map(getNotes().map((note) => [note.noteId as string, note]));
    const blocks: PageBlock[] = [];
    const order: NodeKey[] = [];
    const shown = new Set<string>();
    for (const [at, block] of index.blocks.entries()) {
      if (at % STEP_BLOCKS === STEP_BLOCKS - 1) yield;
      const entry = this.#entries.get(block.key);
      if (!entry) continue;
      // A note stands on the page of its first reference.
      const notes = entry.noteIds.map((id) => {
        if (shown.has(id)) return 0;
        shown.add(id);
        const note = entries.get(id);
        return note ? this.#noteHeight(note) : 0;
      });
      const page = pageBlockOf(entry.paragraph, notes);
      const next = index.blocks[at + 1]?.style ?? null;
      page.keepNext ||= keepsWithNext(block.style, next);
      page.lines = Math.max(1, Math.round(page.lines * entry.scale));
      blocks.push(page);
      order.push(block.key);
    }
    const letterBlocks = blocks.length;
    const exhibits = measureIndex({ exhibits: exhibitRows(index, getExhibits()) });
    if (exhibits) blocks.push(...exhibits.blocks);
    const starts = paginate(blocks, pageRoom(getHead()));
    const ofLetter = starts.filter(({ block }) => block < letterBlocks);
    for (const { block, line } of ofLetter) {
      const entry = line === 0 ? undefined : this.#entries.get(order[block] ?? '');
      if (!entry || entry.screen) continue;
      linesOnScreen(entry);
      yield;
    }
    this.#order = order;
    this.#starts = ofLetter;
    if (this.#entries.size > order.length * 2 + 100) this.#forget(new Set(order));
    this.#marks = this.#starts.slice(1).map((start, at) => this.#markOf(start, at + 2));
    this.#state = { count: starts.length, letterCount: this.#starts.length, current: this.#currentPage() };
    for (const listener of this.#listeners) listener();
  }

  #markOf(start: PageStart, page: number): PageMark {
    const blockKey = this.#order[start.block] as NodeKey;
    const entry = this.#entries.get(blockKey);
    if (!entry || start.line === 0) return { page, blockKey, line: 0 };
    return { page, blockKey, line: lineAt(linesOnScreen(entry), this.#offsetOf(start)) };
  }

  #offsetOf({ block, line }: PageStart): number {
    const lines = this.#entries.get(this.#order[block] ?? '')?.paragraph.lines ?? [];
    return lines[Math.min(line, lines.length - 1)]?.start ?? 0;
  }

  #noteHeight(note: NoteEntry): number {
    let height = this.#noteHeights.get(note);
    if (height === undefined) {
      const paragraphs = note.blocks.map(({ text }, at) =>
        measureParagraph(NOTE_SHAPE, '', at === 0 ? [{ text: '00', raised: true }, { text: ` ${text}` }] : [{ text }]),
      );
      height = measureNote(paragraphs);
      this.#noteHeights.set(note, height);
    }
    return height;
  }

  #currentPage(): number | null {
    return this.#editor.getEditorState().read(
      () => {
        const selection = $getSelection();
        const node = $isRangeSelection(selection) ? selection.focus.getNode() : selection?.getNodes()[0];
        const block = node ? $blockOf(node) : null;
        const at = block ? this.#order.indexOf(block.getKey()) : -1;
        if (!block || !node || at < 0) return null;
        const inside = this.#read(block.getKey()).nodes.find(({ key }) => key === node.getKey());
        const offset = (inside?.start ?? 0) + ($isRangeSelection(selection) && inside ? selection.focus.offset : 0);
        const entry = this.#entries.get(block.getKey());
        const line = entry ? lineAt(entry.paragraph.lines, offset) : 0;
        const next = this.#starts.findIndex((start) => start.block > at || (start.block === at && start.line > line));
        return next < 0 ? this.#starts.length : next;
      },
      { editor: this.#editor },
    );
  }

  #read(blockKey: NodeKey): ReturnType<typeof $readPageRuns> {
    const words = wordsOf(this.#sources.getIndex(), this.#sources.getPeople());
    return this.#editor.getEditorState().read(
      () => {
        const block = $getNodeByKey(blockKey);
        return $isBlockNode(block) ? $readPageRuns(block, words) : { runs: [], references: [], nodes: [] };
      },
      { editor: this.#editor },
    );
  }

  #forget(kept: ReadonlySet<NodeKey>): void {
    for (const key of this.#entries.keys()) {
      if (kept.has(key)) continue;
      this.#entries.delete(key);
      this.#heights.leave(key);
    }
  }
}

function linesOnScreen(entry: Entry): readonly EstimatedLine[] {
  entry.screen ??= screenLines(entry.style, entry.paragraph.runs);
  return entry.screen;
}

/** What the pages are made of besides the text. */
export interface PageSources {
  getIndex(): DocumentIndex;
  getNotes(): readonly NoteEntry[];
  getExhibits(): readonly Exhibit[];
  getPeople(): readonly Pick<Person, 'id' | 'pseudonym'>[];
  getHead(): { title: string; legend: string };
  /** Told when any of them may have changed. */
  subscribe(listener: () => void): () => void;
}

function labelOf(block: IndexedBlock): string {
  if (block.number !== null) return `${block.number}.`;
  return block.style === 'bullet' ? '•' : block.label;
}

function wordsOf(index: DocumentIndex, people: readonly Pick<Person, 'id' | 'pseudonym'>[]): PageWords {
  const labels: ReadonlyMap<string, string> = index.labels;
  let references: Map<NodeKey, string> | null = null;
  let numbers: Map<string, number> | null = null;
  return {
    label: (id) => labels.get(id) ?? '',
    pseudonym: (id) => people.find((person) => person.id === id)?.pseudonym ?? '',
    reference(key) {
      references ??= new Map(index.references.map(({ nodeKey, text }) => [nodeKey, text ?? '[missing]']));
      return references.get(key) ?? '';
    },
    noteNumber(id) {
      numbers ??= new Map(index.notes.map((note) => [note.noteId as string, note.number]));
      return numbers.get(id) ?? 0;
    },
  };
}
