import { createHeadlessEditor } from '@lexical/headless';
import type { LexicalEditor } from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { bindEditor, type EditorBinding } from '../binding/bindEditor.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { renderFresh } from '../binding/renderFresh.ts';
import { takeBody } from '../binding/takeBody.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';

/** One editor on one document, whose updates wait in a queue for each other peer until they are delivered. */
export class FuzzPeer {
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly editor: LexicalEditor;
  readonly binding: EditorBinding;
  /** Updates on their way to this peer, oldest first, by sender. */
  readonly inbox = new Map<number, Uint8Array[]>();
  online = true;
  readonly failures = new FailureLatch();

  constructor(clientId: number, genesis: Uint8Array) {
    Y.applyUpdate(this.doc, genesis, 'genesis');
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    this.editor = createHeadlessEditor({ namespace: 'fuzz', nodes: [...EDITOR_NODES], onError: this.failures.onError });
    this.binding = bindEditor({
      editor: this.editor,
      doc: this.doc,
      awareness: this.awareness,
      cursorsContainer: null,
      failures: this.failures,
      recordRoots: [],
    });
  }

  /** What this peer shows. */
  live(): string {
    return JSON.stringify(takeBody(this.editor));
  }

  /** What a fresh start would show of the same document. */
  reloaded(): string {
    return JSON.stringify(renderFresh(this.doc));
  }

  dispose(): void {
    this.binding.dispose();
    this.awareness.destroy();
    this.doc.destroy();
  }
}
