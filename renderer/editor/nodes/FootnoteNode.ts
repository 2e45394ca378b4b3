import {
  $applyNodeReplacement,
  DecoratorNode,
  type DOMExportOutput,
  type LexicalNode,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import { isId, type NoteId } from '../../../shared/domain/ids.ts';

export type SerializedFootnoteNode = Spread<{ noteId: NoteId | '' }, SerializedLexicalNode>;

/** Reference to a footnote. Its number follows its place in the text and is painted by notes/NotePainter.ts. */
export class FootnoteNode extends DecoratorNode<null> {
  __noteId: NoteId | '' = '';

  static override getType(): string {
    return 'footnote';
  }

  static override clone(node: FootnoteNode): FootnoteNode {
    return new FootnoteNode(node.__key);
  }

  static override importJSON(serialized: SerializedFootnoteNode): FootnoteNode {
    return $createFootnoteNode(parseNoteId(serialized.noteId)).updateFromJSON(serialized);
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__noteId = previous.__noteId;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('sup');
    element.className = 'footnote';
    element.setAttribute('role', 'link');
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('sup') };
  }

  override exportJSON(): SerializedFootnoteNode {
    return { ...super.exportJSON(), noteId: this.getNoteId() };
  }

  override decorate(): null {
    return null;
  }

  override isInline(): true {
    return true;
  }

  override isKeyboardSelectable(): true {
    return true;
  }

  getNoteId(): NoteId | '' {
    return parseNoteId(this.getLatest().__noteId);
  }
}

/** Anything that is no id, as a newer program or a hostile peer might send, reads as no note. */
export function parseNoteId(value: unknown): NoteId | '' {
  return isId(value) ? (value as NoteId) : '';
}

export function $createFootnoteNode(noteId: NoteId | ''): FootnoteNode {
  const node = $applyNodeReplacement(new FootnoteNode());
  node.__noteId = noteId;
  return node;
}

export function $isFootnoteNode(node: LexicalNode | null | undefined): node is FootnoteNode {
  return node instanceof FootnoteNode;
}
