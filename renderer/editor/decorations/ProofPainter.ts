import { type LexicalEditor, type NodeKey, TextNode } from 'lexical';
import type { ClaimId } from '../../../shared/domain/ids.ts';
import type { Coverage } from '../../../shared/filing/buildCoverage.ts';
import { marksOf, SMALL_CAPS_MARK } from '../nodes/textState.ts';

export type Proof = Coverage;
const WORST_FIRST: readonly Proof[] = ['missing', 'thin', 'proved'];

/** Shows claims and small caps on the words: classes and data attributes on the text elements, never extra elements. */
export class ProofPainter {
  private readonly editor: LexicalEditor;
  private readonly claimsByKey = new Map<NodeKey, readonly string[]>();
  private readonly stop: () => void;
  private proofs: ReadonlyMap<ClaimId, Proof> = new Map();
  private selected: ReadonlySet<string> = new Set();

  constructor(editor: LexicalEditor) {
    this.editor = editor;
    this.stop = editor.registerMutationListener(TextNode, (mutations) => {
      const state = editor.getEditorState();
      for (const [key, mutation] of mutations) {
        if (mutation === 'destroyed') {
          this.claimsByKey.delete(key);
          continue;
        }
        const node = state._nodeMap.get(key);
        if (node) this.paint(key, marksOf(node));
      }
    });
  }

  /** Proof by claim; a claim that is not named counts as missing. */
  setProofs(proofs: ReadonlyMap<ClaimId, Proof>): void {
    const same = proofs.size === this.proofs.size && [...proofs].every(([id, proof]) => this.proofs.get(id) === proof);
    if (same) return;
    this.proofs = proofs;
    this.repaint();
  }

  setSelected(claimIds: readonly string[]): void {
    if (claimIds.length === this.selected.size && claimIds.every((id) => this.selected.has(id))) return;
    this.selected = new Set(claimIds);
    this.repaint();
  }

  /** The weakest proof among the claims; null without any. */
  worst(claimIds: readonly string[]): Proof | null {
    if (claimIds.length === 0) return null;
    const found = new Set(claimIds.map((id) => this.proofs.get(id as ClaimId) ?? 'missing'));
    return WORST_FIRST.find((proof) => found.has(proof)) ?? null;
  }

  dispose(): void {
    this.stop();
  }

  private repaint(): void {
    for (const [key, claimIds] of this.claimsByKey) this.paintClaims(key, claimIds);
  }

  private paint(key: NodeKey, marks: readonly string[]): void {
    const element = this.editor.getElementByKey(key);
    element?.classList.toggle('small-caps', marks.includes(SMALL_CAPS_MARK));
    const claimIds = marks.filter((mark) => mark.startsWith('cl_')).map((mark) => mark.slice(3));
    if (claimIds.length === 0 && !this.claimsByKey.has(key)) return;
    if (claimIds.length === 0) this.claimsByKey.delete(key);
    else this.claimsByKey.set(key, claimIds);
    this.paintClaims(key, claimIds);
  }

  private paintClaims(key: NodeKey, claimIds: readonly string[]): void {
    const element = this.editor.getElementByKey(key);
    if (!element) return;
    const proof = this.worst(claimIds);
    element.classList.toggle('claim', proof !== null);
    element.classList.toggle(
      'claim-selected',
      claimIds.some((id) => this.selected.has(id)),
    );
    if (proof === null) {
      delete element.dataset.proof;
      delete element.dataset.claims;
    } else {
      element.dataset.proof = proof;
      element.dataset.claims = claimIds.join(' ');
    }
  }
}
