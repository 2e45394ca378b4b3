import type { LexicalNode } from 'lexical';
import type * as Y from 'yjs';
import { recordEntries } from '../../../shared/domain/collections.ts';
import type { SuggestionId } from '../../../shared/domain/ids.ts';
import type { Suggestion } from '../../../shared/domain/records.ts';

/**
 * The records of the suggestions that this window makes and answers. They are noted while the text changes, and written
 * by `write` inside the transaction that carries the text, so that undo takes both back.
 */
export class SuggestionBook {
  readonly #map: Y.Map<unknown>;
  readonly #by: number;
  readonly #now: () => number;
  readonly #freshId: () => SuggestionId;
  readonly #made = new Map<string, Suggestion>();
  readonly #answered = new Set<string>();
  readonly #aroundNote: (noteId: string, isOwn: (id: string) => boolean) => string | null;
  readonly #mayRemove: (node: LexicalNode, isOwn: (id: string) => boolean) => boolean;

  constructor(options: {
    map: Y.Map<unknown>;
    by: number;
    now(): number;
    freshId(): SuggestionId;
    /** The own suggestion that words of a note belong to; null for none. */
    aroundNote?(noteId: string, isOwn: (id: string) => boolean): string | null;
    /** Whether an own insertion may go for good. */
    mayRemove?(node: LexicalNode, isOwn: (id: string) => boolean): boolean;
  }) {
    this.#aroundNote = options.aroundNote ?? (() => null);
    this.#mayRemove = options.mayRemove ?? (() => true);
    this.#map = options.map;
    this.#by = options.by;
    this.#now = options.now;
    this.#freshId = options.freshId;
  }

  /** Whether this device made it [DO14]. */
  isOwn(id: string): boolean {
    return this.#made.has(id) || this.#map.get(`${id}/by`) === this.#by;
  }

  aroundNote(noteId: string): string | null {
    return this.#aroundNote(noteId, (id) => this.isOwn(id));
  }

  mayRemove(node: LexicalNode): boolean {
    return this.#mayRemove(node, (id) => this.isOwn(id));
  }

  make(kind: Suggestion['kind']): SuggestionId {
    const id = this.#freshId();
    this.#made.set(id, { id, kind, by: this.#by, at: this.#now() });
    return id;
  }

  /** Their marks are gone from the text, and so their records go. */
  answer(ids: Iterable<string>): void {
    for (const id of ids) this.#answered.add(id);
  }

  /** To be called inside a transaction. */
  readonly write = (): void => {
    for (const record of this.#made.values())
      for (const [key, value] of recordEntries<'suggestions'>(record)) this.#map.set(key, value);
    this.#made.clear();
    for (const id of this.#answered)
      for (const field of ['id', 'kind', 'by', 'at'])
        if (this.#map.has(`${id}/${field}`)) this.#map.delete(`${id}/${field}`);
    this.#answered.clear();
  };
}

/** One edit: every mark it makes has one id, that of an earlier edit where it goes on with that [SPEC: Suggestions]. */
export class SuggestedEdit {
  readonly #book: SuggestionBook;
  readonly #kind: Suggestion['kind'];
  #id: string | null = null;
  /** It goes on with an earlier suggestion, which may be older than other marks at its place. */
  continued = false;

  constructor(book: SuggestionBook, kind: Suggestion['kind']) {
    this.#book = book;
    this.#kind = kind;
  }

  isOwn = (id: string): boolean => this.#book.isOwn(id);
  /** [DO33] */
  aroundNote = (noteId: string): string | null => this.#book.aroundNote(noteId);
  /** [DO33] Deleting one's own reference must not take the words of others in its note along. */
  mayRemove = (node: LexicalNode): boolean => this.#book.mayRemove(node);

  /** Whether a mark of this edit exists already. */
  get begun(): boolean {
    return this.#id !== null;
  }

  /** Goes on with that suggestion, unless a mark has been made already. */
  continue(id: string): void {
    if (this.#id !== null) return;
    this.#id = id;
    this.continued = true;
  }

  id(): string {
    return (this.#id ??= this.#book.make(this.#kind));
  }
}
