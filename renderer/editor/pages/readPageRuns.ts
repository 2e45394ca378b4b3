import { $isLineBreakNode, $isTextNode, type NodeKey } from 'lexical';
import { FORMAT } from '../../../shared/domain/document.ts';
import { formatCitation, formatPerson } from '../../../shared/filing/formatCitation.ts';
import type { MeasuredRun } from '../../../shared/filing/pages/estimateLines.ts';
import type { BlockNode } from '../nodes/BlockNode.ts';
import { $isCitationNode } from '../nodes/CitationNode.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { $isPersonMentionNode } from '../nodes/PersonMentionNode.ts';
import { $isReferenceNode } from '../nodes/ReferenceNode.ts';
import { SMALL_CAPS_MARK, stateOf } from '../nodes/textState.ts';

/** What is computed elsewhere and printed in the text. */
export interface PageWords {
  /** Label of an exhibit without "Ex."; empty for an unknown one. */
  label(exhibitId: string): string;
  pseudonym(personId: string): string;
  reference(nodeKey: NodeKey): string;
  /** 0 for a note without a place. */
  noteNumber(noteId: string): number;
}

/** A block's words as they would be printed, and which node they come from. */
export interface PageRuns {
  runs: MeasuredRun[];
  references: { noteId: string; number: number; offset: number }[];
  nodes: { key: NodeKey; start: number; end: number }[];
}

/** What a block prints; what is only suggested to insert is not printed [DO15]. */
export function $readPageRuns(block: BlockNode, words: PageWords): PageRuns {
  const runs: MeasuredRun[] = [];
  const references: PageRuns['references'] = [];
  const nodes: PageRuns['nodes'] = [];
  let offset = 0;
  for (let node = block.getFirstChild(); node !== null; node = node.getNextSibling()) {
    const key = node.getKey();
    const state = node.__state ? stateOf(node) : undefined;
    if (state && Object.keys(state).some((name) => name.startsWith('ins_'))) {
      nodes.push({ key, start: offset, end: offset });
      continue;
    }
    let run: MeasuredRun;
    if ($isTextNode(node)) {
      const format = node.getFormat();
      run = {
        text: node.getTextContent(),
        bold: (format & FORMAT.bold) !== 0,
        italic: (format & FORMAT.italic) !== 0,
        raised: (format & (FORMAT.superscript | FORMAT.subscript)) !== 0,
        smallCaps: state?.[SMALL_CAPS_MARK] === 1,
      };
    } else if ($isLineBreakNode(node)) run = { text: '\n' };
    else if ($isCitationNode(node)) run = { text: formatCitation(words.label(node.getExhibitId()), node.getPage()) };
    else if ($isPersonMentionNode(node)) run = { text: formatPerson(words.pseudonym(node.getPersonId())) };
    else if ($isReferenceNode(node)) run = { text: words.reference(key) };
    else if ($isFootnoteNode(node)) {
      const noteId = node.getNoteId();
      const number = words.noteNumber(noteId);
      if (number > 0) references.push({ noteId, number, offset });
      run = { text: number > 0 ? String(number) : '', raised: true };
    } else run = { text: node.getTextContent() };
    runs.push(run);
    nodes.push({ key, start: offset, end: offset + run.text.length });
    offset += run.text.length;
  }
  return { runs, references, nodes };
}
