import type { NodeKey } from 'lexical';
import type { ExhibitId, NoteId, PersonId } from '../../shared/domain/ids.ts';
import type { DocumentIndex } from './EditorApi.ts';

/** What a new reference names; a block by its node, since it may have no id yet. */
export type ReferenceChoice =
  | { kind: 'paragraph' | 'heading'; blockKey: NodeKey }
  | { kind: 'exhibit'; exhibitId: ExhibitId }
  | { kind: 'person'; personId: PersonId }
  | { kind: 'note'; noteId: NoteId };

/** Past the section of the same level before or after it, or to just before a block (null: the end). */
export type MoveTarget = 'up' | 'down' | { before: NodeKey | null };

/** The signs that ask for a reference when typed: people and exhibits, headings and exhibits, paragraphs. */
export type ReferenceSign = '@' | '#' | '¶';

/** A sign that was just typed, and what is looked for behind it. */
export interface Trigger {
  readonly sign: ReferenceSign;
  readonly query: string;
  readonly nodeKey: NodeKey;
  /** Where the sign stands in its text node. */
  readonly offset: number;
  /** Asked for by a command: everything that can be referred to, whatever the sign. */
  readonly all: boolean;
}

export type IndexedReference = DocumentIndex['references'][number];

/** References and sections, as the rest of the window asks for them. */
export interface ReferenceApi {
  /** At the caret, in place of the sign and the query of an open trigger. */
  insertReference(choice: ReferenceChoice): boolean;
  /** Types the sign at the caret and offers everything that can be referred to; false without a caret. */
  askForReference(): boolean;
  /** Goes to what a reference names; false when that is gone. */
  followReference(nodeKey: NodeKey): boolean;
  /** Back to the reference followed last. */
  returnToReference(): boolean;
  /** What opens the exhibit or person that a reference names. */
  setReferenceOpener(open: ((reference: IndexedReference) => boolean) | null): void;
  getTrigger(): Trigger | null;
  subscribeTrigger(listener: () => void): () => void;
  dismissTrigger(): void;
  triggerPlace(): DOMRect | null;
  /** Takes the keys of the open list before the text does; true when it has used one. */
  setTriggerKeys(onKey: ((event: KeyboardEvent) => boolean) | null): void;
  /** Tells a screen reader which option of the open list is chosen. */
  setTriggerOption(listId: string | null, optionId: string | null): void;
  /** Moves the heading's section (with everything under it); false when it cannot go there. */
  moveSection(blockKey: NodeKey, target: MoveTarget): boolean;
}
