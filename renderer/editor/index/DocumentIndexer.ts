import { $getRoot, type EditorState, type LexicalEditor, type NodeKey } from 'lexical';
import type { ClaimId, ExhibitId, ThreadId } from '../../../shared/domain/ids.ts';
import type { Exhibit, Person } from '../../../shared/domain/records.ts';
import { buildExhibitLabels } from '../../../shared/filing/buildExhibitLabels.ts';
import { buildNumbers } from '../../../shared/filing/buildNumbers.ts';
import { buildBlockLabels, formatReference } from '../../../shared/filing/buildReferences.ts';
import { shortenQuote } from '../comments/threadCommands.ts';
import type { DocumentIndex, IndexedBlock } from '../EditorApi.ts';
import { indexNotes, type NotesIndex } from '../notes/indexNotes.ts';
import type { NoteEntry } from '../notes/NotesReader.ts';
import { $listBlocks } from '../tables/tableShape.ts';
import { $readBlock, type BlockEntry, type Mention } from './readBlock.ts';
import { shareIndex } from './shareIndex.ts';

/** After the last key; while keys go on, as often as that. */
const WORDS_DELAY_MS = 150;
const WORDS_LATEST_MS = 2_000;
/** A window that is not shown has no frames. */
const WITHOUT_FRAME_MS = 100;

/**
 * Keeps a DocumentIndex of the editor's text. A change of structure (blocks, styles, citations) is seen before the next
 * frame, and at once by whoever asks; a change of words when typing pauses, at the latest after 2 s. Only changed
 * blocks are read again.
 */
export class DocumentIndexer {
  private readonly editor: LexicalEditor;
  private readonly getExhibits: () => readonly Exhibit[];
  private readonly entries = new Map<NodeKey, BlockEntry>();
  private readonly stale = new Set<NodeKey>();
  private readonly listeners = new Set<() => void>();
  private readonly stop: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Set while a change of structure waits for the next frame. */
  private cancelFrame: (() => void) | null = null;
  /** When the words that are not read yet began to change. */
  private waitingSinceMs: number | null = null;
  /** How many blocks and tables the body holds. */
  private elements = 0;
  private index: DocumentIndex;
  private mentions: readonly Mention[] = [];
  private references: NotesIndex['references'] = [];

  private readonly getNotes: () => readonly NoteEntry[];
  private readonly getPeople: () => readonly Pick<Person, 'id' | 'pseudonym'>[];

  /** `getNotes`: what the editor of the notes holds; `recompute` is to be called when that changes. */
  constructor(
    editor: LexicalEditor,
    getExhibits: () => readonly Exhibit[],
    getNotes: () => readonly NoteEntry[] = () => [],
    getPeople: () => readonly Pick<Person, 'id' | 'pseudonym'>[] = () => [],
  ) {
    this.getPeople = getPeople;
    this.editor = editor;
    this.getExhibits = getExhibits;
    this.getNotes = getNotes;
    this.index = this.build(editor.getEditorState());
    this.elements = editor.getEditorState().read($elementCount);
    this.stop = editor.registerUpdateListener(({ dirtyElements, editorState }) => {
      if (dirtyElements.size === 0) return;
      const elements = editorState.read($elementCount);
      let structural = elements !== this.elements;
      this.elements = elements;
      for (const [key, intentional] of dirtyElements) {
        // Lexical marks the root in every update; a change of its list of blocks marks a block as well.
        if (key === 'root') continue;
        this.stale.add(key);
        if (intentional) structural = true;
      }
      if (structural) this.refreshBeforeFrame();
      else if (!this.cancelFrame) this.refreshLater();
    });
  }

  /** With every change of structure: one that waits for the frame is taken in, and the listeners told, first. */
  readonly getIndex = (): DocumentIndex => {
    if (this.cancelFrame) this.recompute();
    return this.index;
  };

  readonly getMentions = (): readonly Mention[] => this.mentions;

  /** The references to notes with their numbers. */
  readonly getReferences = (): NotesIndex['references'] => this.references;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** To be called when exhibit records or notes change: labels may move. */
  readonly recompute = (): void => this.refresh(this.editor.getEditorState());

  dispose(): void {
    clearTimeout(this.timer);
    this.cancelFrame?.();
    this.stop();
    this.listeners.clear();
  }

  /** Several changes of one frame, a partner's among them, are one refresh. */
  private refreshBeforeFrame(): void {
    if (this.cancelFrame) return;
    // Without a page nobody paints: there is no frame to wait for.
    if (typeof requestAnimationFrame === 'undefined') return this.recompute();
    const frame = requestAnimationFrame(this.recompute);
    const timer = setTimeout(this.recompute, WITHOUT_FRAME_MS);
    this.cancelFrame = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }

  private refreshLater(): void {
    const nowMs = performance.now();
    this.waitingSinceMs ??= nowMs;
    clearTimeout(this.timer);
    const delayMs = Math.min(WORDS_DELAY_MS, Math.max(0, this.waitingSinceMs + WORDS_LATEST_MS - nowMs));
    this.timer = setTimeout(() => this.refresh(this.editor.getEditorState()), delayMs);
  }

  private refresh(state: EditorState): void {
    clearTimeout(this.timer);
    this.cancelFrame?.();
    this.cancelFrame = null;
    this.timer = undefined;
    this.waitingSinceMs = null;
    this.index = shareIndex(this.index, this.build(state));
    for (const listener of this.listeners) listener();
  }

  private build(state: EditorState): DocumentIndex {
    const order: { key: NodeKey; entry: BlockEntry }[] = [];
    state.read(
      () => {
        for (const node of $listBlocks()) {
          const key = node.getKey();
          let entry = this.entries.get(key);
          if (!entry || this.stale.has(key)) {
            entry = $readBlock(node);
            this.entries.set(key, entry);
          }
          order.push({ key, entry });
        }
      },
      { editor: this.editor },
    );
    this.stale.clear();
    if (this.entries.size > order.length * 2 + 100) this.forgetRemoved(order);
    return this.assemble(order);
  }

  private assemble(order: readonly { key: NodeKey; entry: BlockEntry }[]): DocumentIndex {
    const numbers = buildNumbers(order.map(({ entry }) => entry.style));
    const names = buildBlockLabels(
      order.map(({ entry }) => entry.style),
      numbers,
    );
    const keys = new Map<string, { key: NodeKey; position: number }>();
    const blocks: IndexedBlock[] = [];
    const claims = new Map<ClaimId, { text: string; blockKey: string; number: number | null }>();
    const threads = new Map<ThreadId, { text: string; blockKey: string; number: number | null; noteNumber?: number }>();
    const citations: DocumentIndex['citations'][number][] = [];
    const mentions: Mention[] = [];
    const images: DocumentIndex['images'][number][] = [];
    let wordCount = 0;
    order.forEach(({ key, entry }, position) => {
      const number = numbers[position]?.number ?? null;
      const label = numbers[position]?.label ?? '';
      const id = entry.id !== null && !keys.has(entry.id) ? entry.id : '';
      if (id) keys.set(id, { key, position });
      const name = names[position]?.label ?? '';
      blocks.push({
        key,
        id,
        name,
        style: entry.style,
        number,
        label,
        text: entry.text,
        claimIds: [...entry.claims.keys()],
      });
      for (const [claimId, text] of entry.claims) {
        const known = claims.get(claimId);
        if (known) known.text += ` ${text}`;
        else claims.set(claimId, { text, blockKey: key, number });
      }
      for (const [threadId, text] of entry.threads) {
        const known = threads.get(threadId);
        if (known) known.text = shortenQuote(`${known.text} ${text}`);
        else threads.set(threadId, { text: shortenQuote(text), blockKey: key, number });
      }
      for (const { live, ...citation } of entry.citations)
        if (!live) citations.push({ ...citation, blockKey: key, number });
      mentions.push(...entry.mentions);
      for (const image of entry.images) images.push({ ...image, blockKey: key, number });
      wordCount += entry.words;
    });
    this.mentions = mentions;
    const entries = this.getNotes();
    const { notes, looseNotes, references, cited } = indexNotes(order, entries);
    this.references = references;
    const labels = buildExhibitLabels(cited, this.getExhibits());
    const placed = new Set(notes.map(({ noteKey }) => noteKey));
    const noteEntries = new Map(entries.map((entry) => [entry.key, entry]));
    for (const { noteKey, blockKey, number: noteNumber } of notes)
      for (const { threads: own } of (noteKey && noteEntries.get(noteKey)?.blocks) || [])
        for (const [threadId, text] of own)
          if (!threads.has(threadId))
            threads.set(threadId, { text: shortenQuote(text), blockKey, number: null, noteNumber });
    const noteWordCount = entries
      .filter(({ key }) => placed.has(key))
      .reduce((sum, note) => sum + note.blocks.reduce((words, block) => words + block.words, 0), 0);
    const crossReferences = this.resolveReferences(order, blocks, keys, labels, notes);
    return {
      blocks,
      claims,
      threads,
      citations,
      references: crossReferences,
      images,
      labels,
      wordCount,
      notes,
      looseNotes,
      noteWordCount,
    };
  }

  private resolveReferences(
    order: readonly { key: NodeKey; entry: BlockEntry }[],
    blocks: readonly IndexedBlock[],
    keys: ReadonlyMap<string, { key: NodeKey; position: number }>,
    labels: DocumentIndex['labels'],
    notes: DocumentIndex['notes'],
  ): DocumentIndex['references'] {
    if (order.every(({ entry }) => entry.references.length === 0)) return [];
    const pseudonyms = new Map(this.getPeople().map((person) => [person.id as string, person.pseudonym]));
    const numbers = new Map(notes.map((note) => [note.noteId as string, note.number]));
    const targets = {
      block: (id: string) => blocks[keys.get(id)?.position ?? -1]?.name || undefined,
      exhibit: (id: string) => labels.get(id as ExhibitId),
      person: (id: string) => pseudonyms.get(id),
      note: (id: string) => numbers.get(id),
    };
    return order.flatMap(({ key, entry }, position) =>
      entry.references.map((reference) => ({
        ...reference,
        text: formatReference(reference.kind, reference.target, targets),
        targetBlockKey:
          reference.kind === 'paragraph' || reference.kind === 'heading'
            ? (keys.get(reference.target)?.key ?? null)
            : null,
        blockKey: key,
        number: blocks[position]?.number ?? null,
      })),
    );
  }

  private forgetRemoved(order: readonly { key: NodeKey }[]): void {
    const kept = new Set(order.map(({ key }) => key));
    for (const key of this.entries.keys()) if (!kept.has(key)) this.entries.delete(key);
  }
}

function $elementCount(): number {
  return $getRoot().getChildrenSize();
}
