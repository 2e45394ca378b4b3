import { $getRoot, $isTextNode, type EditorState, type LexicalEditor, type NodeKey } from 'lexical';
import type { ReferenceKind } from '../../../shared/domain/document.ts';
import type { BlockId, ClaimId, ExhibitId, NoteId, PersonId, ThreadId } from '../../../shared/domain/ids.ts';
import type { Exhibit, Person } from '../../../shared/domain/records.ts';
import { buildExhibitLabels } from '../../../shared/filing/buildExhibitLabels.ts';
import { buildNumbers } from '../../../shared/filing/buildNumbers.ts';
import { buildBlockLabels, formatReference } from '../../../shared/filing/buildReferences.ts';
import { QUOTE_LIMIT, shortenQuote } from '../comments/threadCommands.ts';
import { threadIdsOn } from '../comments/threadMarks.ts';
import type { DocumentIndex, IndexedBlock } from '../EditorApi.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $getBlockId } from '../nodes/blockId.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $isReferenceNode } from '../nodes/ReferenceNode.ts';
import { claimIdsOn } from '../nodes/textState.ts';
import { indexNotes, type NotesIndex } from '../notes/indexNotes.ts';
import type { NoteEntry } from '../notes/NotesReader.ts';

/** What one block holds; kept until the block changes. */
export interface BlockEntry {
  id: BlockId | null;
  style: IndexedBlock['style'];
  text: string;
  words: number;
  claims: ReadonlyMap<ClaimId, string>;
  threads: ReadonlyMap<ThreadId, string>;
  /** `live`: a cross-reference, which counts for the labels like a citation [FI53]. */
  citations: readonly { nodeKey: NodeKey; exhibitId: ExhibitId; page: number; live?: true }[];
  references: readonly { nodeKey: NodeKey; kind: ReferenceKind; target: string }[];
  mentions: readonly { nodeKey: NodeKey; personId: PersonId }[];
  footnotes: readonly { nodeKey: NodeKey; noteId: NoteId; citationsBefore: number }[];
}

export interface Mention {
  nodeKey: NodeKey;
  personId: PersonId;
}

const WORDS_DELAY_MS = 150;

/**
 * Keeps a DocumentIndex of the editor's text. A change of structure (blocks, styles, citations) is seen at once, a
 * change of words within 150 ms; only changed blocks are read again.
 */
export class DocumentIndexer {
  private readonly editor: LexicalEditor;
  private readonly getExhibits: () => readonly Exhibit[];
  private readonly entries = new Map<NodeKey, BlockEntry>();
  private readonly stale = new Set<NodeKey>();
  private readonly listeners = new Set<() => void>();
  private readonly stop: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
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
    this.stop = editor.registerUpdateListener(({ dirtyElements, editorState }) => {
      if (dirtyElements.size === 0) return;
      let structural = editorState.read($blockCount) !== this.index.blocks.length;
      for (const [key, intentional] of dirtyElements) {
        // Lexical marks the root in every update; a change of its list of blocks marks a block as well.
        if (key === 'root') continue;
        this.stale.add(key);
        if (intentional) structural = true;
      }
      if (structural) this.refresh(editorState);
      else this.timer ??= setTimeout(() => this.refresh(editor.getEditorState()), WORDS_DELAY_MS);
    });
  }

  readonly getIndex = (): DocumentIndex => this.index;

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
    this.stop();
    this.listeners.clear();
  }

  private refresh(state: EditorState): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.index = this.build(state);
    for (const listener of this.listeners) listener();
  }

  private build(state: EditorState): DocumentIndex {
    const order: { key: NodeKey; entry: BlockEntry }[] = [];
    state.read(
      () => {
        for (let node = $getRoot().getFirstChild(); node !== null; node = node.getNextSibling()) {
          if (!$isBlockNode(node)) continue;
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
    const threads = new Map<ThreadId, { text: string; blockKey: string; number: number | null }>();
    const citations: DocumentIndex['citations'][number][] = [];
    const mentions: Mention[] = [];
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
      wordCount += entry.words;
    });
    this.mentions = mentions;
    const entries = this.getNotes();
    const { notes, looseNotes, references, cited } = indexNotes(order, entries);
    this.references = references;
    const labels = buildExhibitLabels(cited, this.getExhibits());
    const placed = new Set(notes.map(({ noteKey }) => noteKey));
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

function $blockCount(): number {
  return $getRoot().getChildrenSize();
}

/** What a block of the text or of a note holds. */
export function $readBlock(block: BlockNode): BlockEntry {
  const claims = new Map<ClaimId, string>();
  const threads = new Map<ThreadId, string>();
  const addThread = (id: ThreadId, words: string): void => {
    const known = threads.get(id) ?? '';
    if (known.length <= QUOTE_LIMIT) threads.set(id, known + words);
  };
  const citations: BlockEntry['citations'][number][] = [];
  const mentions: Mention[] = [];
  const footnotes: BlockEntry['footnotes'][number][] = [];
  const references: BlockEntry['references'][number][] = [];
  let text = '';
  for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling()) {
    const words = node.getTextContent();
    text += words;
    for (const id of threadIdsOn(node)) addThread(id, words);
    if ($isTextNode(node)) {
      for (const id of claimIdsOn(node)) claims.set(id as ClaimId, (claims.get(id as ClaimId) ?? '') + words);
    } else if ($isCitationNode(node)) {
      const exhibitId = node.getExhibitId();
      if (exhibitId) citations.push({ nodeKey: node.getKey(), exhibitId, page: node.getPage() });
    } else if ($isPersonMentionNode(node)) {
      const personId = node.getPersonId();
      if (personId) mentions.push({ nodeKey: node.getKey(), personId });
    } else if ($isReferenceNode(node)) {
      const [kind, target] = [node.getKind(), node.getTarget()];
      references.push({ nodeKey: node.getKey(), kind, target });
      if (kind === 'exhibit' && target)
        citations.push({ nodeKey: node.getKey(), exhibitId: target as ExhibitId, page: 0, live: true });
    } else if ($isFootnoteNode(node)) {
      const noteId = node.getNoteId();
      if (noteId) footnotes.push({ nodeKey: node.getKey(), noteId, citationsBefore: citations.length });
    }
  }
  for (const id of threadIdsOn(block)) threads.set(id, text);
  return {
    id: $getBlockId(block),
    style: block.getBlockStyle(),
    text,
    words: countWords(text),
    claims,
    threads,
    citations,
    references,
    mentions,
    footnotes,
  };
}

/** Words as a person counts them: runs of anything but white space. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const space = unit === 32 || (unit >= 9 && unit <= 13) || unit === 0x2028 || unit === 0x2029;
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
}
