import type * as Y from 'yjs';
import { META_ROOT, readMeta } from '../../../shared/domain/collections.ts';
import { SCHEMA_VERSION } from '../../../shared/domain/records.ts';

export interface SchemaWatchOptions {
  read: <T>(use: (doc: Y.Doc) => T) => T;
  write: (use: (doc: Y.Doc) => void) => void;
  /** The document became newer than this program while a window may write into it. */
  onNewer: () => void;
}

/** The version of one open document against the one this program knows. [DO100]–[DO102] */
export class SchemaWatch {
  readonly #options: SchemaWatchOptions;
  /** A window that may write has it open. */
  #isWritten = false;

  constructor(options: SchemaWatchOptions) {
    this.#options = options;
  }

  get isNewer(): boolean {
    return this.#version > SCHEMA_VERSION;
  }

  /** For each window that is attached. `mayWrite`: anything at all; `mayRaise`: as an owner or editor, into a text that is there. */
  attached({ mayWrite, mayRaise }: { mayWrite: boolean; mayRaise: boolean }): void {
    if (!mayWrite || this.isNewer) return;
    this.#isWritten = true;
    // [DO101] Nothing but the number: what version 2 brings is beside what version 1 has.
    if (mayRaise && this.#version < SCHEMA_VERSION)
      this.#options.write((doc) => doc.getMap(META_ROOT).set('schemaVersion', SCHEMA_VERSION));
  }

  /** For each change of the document. */
  changed(): void {
    if (!this.#isWritten || !this.isNewer) return;
    this.#isWritten = false;
    this.#options.onNewer();
  }

  get #version(): number {
    return this.#options.read((doc) => readMeta(doc.getMap(META_ROOT)).schemaVersion);
  }
}
