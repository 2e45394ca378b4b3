import type { LexicalEditor, NodeKey } from 'lexical';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { formatCitation, formatPerson } from '../../../shared/filing/formatCitation.ts';
import type { DocumentIndex } from '../EditorApi.ts';
import type { Mention } from '../index/readBlock.ts';
import type { ProofPainter } from './ProofPainter.ts';

export interface LabelWords {
  /** Shown in place of a citation whose exhibit was removed. */
  missingExhibit: string;
  /** Shown in place of a person who was removed. */
  missingPerson: string;
  /** Name of a footnote and of its reference. */
  footnote(number: number): string;
}

/** Writes what is computed from the whole document into the page: ¶ numbers, citation labels, pseudonyms, proof dots. */
export class LabelPainter {
  private readonly editor: LexicalEditor;
  private readonly proofs: ProofPainter;
  private painted = new Map<NodeKey, { element: HTMLElement; label: string; proof: string }>();

  constructor(editor: LexicalEditor, proofs: ProofPainter) {
    this.editor = editor;
    this.proofs = proofs;
  }

  paintBlocks(index: DocumentIndex): void {
    const next = new Map<NodeKey, { element: HTMLElement; label: string; proof: string }>();
    for (const block of index.blocks) {
      const label = block.number !== null ? `${block.number}.` : block.label;
      const proof = this.proofs.worst(block.claimIds) ?? '';
      const before = this.painted.get(block.key);
      const element = this.editor.getElementByKey(block.key);
      if (!element) continue;
      const same = before?.element === element ? before : undefined;
      if (same?.label !== label) setData(element, 'label', label);
      if (same?.proof !== proof) setData(element, 'proof', proof);
      next.set(block.key, { element, label, proof });
    }
    this.painted = next;
  }

  paintCitations(index: DocumentIndex, words: LabelWords): void {
    for (const citation of index.citations) {
      const element = this.editor.getElementByKey(citation.nodeKey);
      if (!element) continue;
      const label = index.labels.get(citation.exhibitId);
      setText(element, label === undefined ? words.missingExhibit : formatCitation(label, citation.page));
      element.classList.toggle('citation-missing', label === undefined);
    }
  }

  paintMentions(mentions: readonly Mention[], pseudonyms: ReadonlyMap<PersonId, string>, words: LabelWords): void {
    for (const mention of mentions) {
      const element = this.editor.getElementByKey(mention.nodeKey);
      if (!element) continue;
      const pseudonym = pseudonyms.get(mention.personId);
      setText(element, pseudonym === undefined ? words.missingPerson : formatPerson(pseudonym));
    }
  }
}

function setData(element: HTMLElement, name: string, value: string): void {
  if (value) element.dataset[name] = value;
  else delete element.dataset[name];
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
