import { $isTextNode, type NodeKey } from 'lexical';
import type { ReferenceKind } from '../../../shared/domain/document.ts';
import type { BlockId, ClaimId, ExhibitId, NoteId, PersonId, ThreadId } from '../../../shared/domain/ids.ts';
import { QUOTE_LIMIT } from '../comments/threadCommands.ts';
import { threadIdsOn } from '../comments/threadMarks.ts';
import type { IndexedBlock } from '../EditorApi.ts';
import type { ImagePlace } from '../ImageApi.ts';
import { $isImageNode } from '../images/ImageNode.ts';
import { $readImage } from '../images/imageCommands.ts';
import type { BlockNode } from '../nodes/BlockNode.ts';
import { $getBlockId } from '../nodes/blockId.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $isReferenceNode } from '../nodes/ReferenceNode.ts';
import { claimIdsOn } from '../nodes/textState.ts';

export interface Mention {
  nodeKey: NodeKey;
  personId: PersonId;
}

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
  images: readonly ImagePlace[];
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
  const images: ImagePlace[] = [];
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
    } else if ($isImageNode(node)) images.push($readImage(node));
    else if ($isFootnoteNode(node)) {
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
    images,
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
