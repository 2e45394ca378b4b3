import { $applyNodeReplacement, ElementNode, type LexicalNode, type SerializedElementNode, type Spread } from 'lexical';
import type { NoteId } from '../../../shared/domain/ids.ts';
import { parseNoteId } from './FootnoteNode.ts';

export type SerializedNoteNode = Spread<{ noteId: NoteId | '' }, SerializedElementNode>;

/** One footnote in the editor of the notes: blocks of its own, which never join those of another note. */
export class NoteNode extends ElementNode {
  __noteId: NoteId | '' = '';

  static override getType(): string {
    return 'note';
  }

  static override clone(node: NoteNode): NoteNode {
    return new NoteNode(node.__key);
  }

  static override importJSON(serialized: SerializedNoteNode): NoteNode {
    return $createNoteNode(parseNoteId(serialized.noteId)).updateFromJSON(serialized);
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__noteId = previous.__noteId;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'note';
    element.setAttribute('role', 'group');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportJSON(): SerializedNoteNode {
    return { ...super.exportJSON(), noteId: this.getNoteId() };
  }

  override isShadowRoot(): true {
    return true;
  }

  override canBeEmpty(): true {
    return true;
  }

  override canInsertTextBefore(): false {
    return false;
  }

  override canInsertTextAfter(): false {
    return false;
  }

  getNoteId(): NoteId | '' {
    return parseNoteId(this.getLatest().__noteId);
  }
}

export function $createNoteNode(noteId: NoteId | ''): NoteNode {
  const node = $applyNodeReplacement(new NoteNode());
  node.__noteId = noteId;
  return node;
}

export function $isNoteNode(node: LexicalNode | null | undefined): node is NoteNode {
  return node instanceof NoteNode;
}
