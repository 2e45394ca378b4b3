import { createHeadlessEditor } from '@lexical/headless';
import type { LexicalEditor } from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
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
  /** 0 when this peer writes in everybody's letters. */
  readonly device: number;

  /** `authors` false: words in everybody's letters, for the seeds pinned before. */
  constructor(clientId: number, genesis: Uint8Array, authors: boolean) {
    Y.applyUpdate(this.doc, genesis, 'genesis');
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    this.editor = createHeadlessEditor({ namespace: 'fuzz', nodes: [...EDITOR_NODES], onError: this.failures.onError });
    this.device = authors ? deviceOfClient(clientId) : 0;
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
