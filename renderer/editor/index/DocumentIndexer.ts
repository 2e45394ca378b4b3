import { $getRoot, $isTextNode, type EditorState, type LexicalEditor, type NodeKey } from 'lexical';
import type { ClaimId, ExhibitId, PersonId } from '../../../shared/domain/ids.ts';
import type { Exhibit } from '../../../shared/domain/records.ts';
import { buildExhibitLabels } from '../../../shared/filing/buildExhibitLabels.ts';
import { buildNumbers } from '../../../shared/filing/buildNumbers.ts';
import type { DocumentIndex, IndexedBlock } from '../EditorApi.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { claimIdsOn } from '../nodes/textState.ts';

/** What one block holds; kept until the block changes. */
interface BlockEntry {
  style: IndexedBlock['style'];
  text: string;
  words: number;
  claims: ReadonlyMap<ClaimId, string>;
  citations: readonly { nodeKey: NodeKey; exhibitId: ExhibitId; page: number }[];
  mentions: readonly { nodeKey: NodeKey; personId: PersonId }[];
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

  constructor(editor: LexicalEditor, getExhibits: () => readonly Exhibit[]) {
    this.editor = editor;
    this.getExhibits = getExhibits;
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

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** To be called when exhibit records change: labels may move. */
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
    const blocks: IndexedBlock[] = [];
    const claims = new Map<ClaimId, { text: string; blockKey: string; number: number | null }>();
    const citations: DocumentIndex['citations'][number][] = [];
    const mentions: Mention[] = [];
    let wordCount = 0;
    order.forEach(({ key, entry }, position) => {
      const number = numbers[position]?.number ?? null;
      const label = numbers[position]?.label ?? '';
      blocks.push({ key, style: entry.style, number, label, text: entry.text, claimIds: [...entry.claims.keys()] });
      for (const [claimId, text] of entry.claims) {
        const known = claims.get(claimId);
        if (known) known.text += ` ${text}`;
        else claims.set(claimId, { text, blockKey: key, number });
      }
      for (const citation of entry.citations) citations.push({ ...citation, blockKey: key, number });
      mentions.push(...entry.mentions);
      wordCount += entry.words;
    });
    this.mentions = mentions;
    const labels = buildExhibitLabels(
      citations.map((citation) => citation.exhibitId),
      this.getExhibits(),
    );
    return { blocks, claims, citations, labels, wordCount };
  }

  private forgetRemoved(order: readonly { key: NodeKey }[]): void {
    const kept = new Set(order.map(({ key }) => key));
    for (const key of this.entries.keys()) if (!kept.has(key)) this.entries.delete(key);
  }
}

function $blockCount(): number {
  return $getRoot().getChildrenSize();
}

function $readBlock(block: BlockNode): BlockEntry {
  const claims = new Map<ClaimId, string>();
  const citations: BlockEntry['citations'][number][] = [];
  const mentions: Mention[] = [];
  let text = '';
  for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling()) {
    const words = node.getTextContent();
    text += words;
    if ($isTextNode(node)) {
      for (const id of claimIdsOn(node)) claims.set(id as ClaimId, (claims.get(id as ClaimId) ?? '') + words);
    } else if ($isCitationNode(node)) {
      const exhibitId = node.getExhibitId();
      if (exhibitId) citations.push({ nodeKey: node.getKey(), exhibitId, page: node.getPage() });
    } else if ($isPersonMentionNode(node)) {
      const personId = node.getPersonId();
      if (personId) mentions.push({ nodeKey: node.getKey(), personId });
    }
  }
  return { style: block.getBlockStyle(), text, words: countWords(text), claims, citations, mentions };
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
