import {
  $applyNodeReplacement,
  DecoratorNode,
  type LexicalNode,
  type SerializedLexicalNode,
  type Spread,
} from 'lexical';
import type { PersonId } from '../../../shared/domain/ids.ts';

export type SerializedPersonMentionNode = Spread<{ personId: PersonId | '' }, SerializedLexicalNode>;

/** Inline mention of a person. Shows the person's current pseudonym with an asterisk, on every screen. */
export class PersonMentionNode extends DecoratorNode<null> {
  __personId: PersonId | '' = '';

  static override getType(): string {
    return 'person';
  }

  static override clone(node: PersonMentionNode): PersonMentionNode {
    return new PersonMentionNode(node.__key);
  }

  static override importJSON(serialized: SerializedPersonMentionNode): PersonMentionNode {
    return $createPersonMentionNode(serialized.personId).updateFromJSON(serialized);
  }

  override afterCloneFrom(previous: this): void {
    super.afterCloneFrom(previous);
    this.__personId = previous.__personId;
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'person-mention';
    return element;
  }

  override updateDOM(): boolean {
    return false;
  }

  override exportJSON(): SerializedPersonMentionNode {
    return { ...super.exportJSON(), personId: this.getLatest().__personId };
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

  getPersonId(): PersonId | '' {
    return String(this.getLatest().__personId) as PersonId | '';
  }
}

export function $createPersonMentionNode(personId: PersonId | ''): PersonMentionNode {
  const node = $applyNodeReplacement(new PersonMentionNode());
  node.__personId = personId;
  return node;
}

export function $isPersonMentionNode(node: LexicalNode | null | undefined): node is PersonMentionNode {
  return node instanceof PersonMentionNode;
}
