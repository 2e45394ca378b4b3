import { createHeadlessEditor } from '@lexical/headless';
import { createBindingV2__EXPERIMENTAL, type Provider, syncLexicalUpdateToYjsV2__EXPERIMENTAL } from '@lexical/yjs';
import type { SerializedEditorState } from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { Authors } from '../authorship/Authors.ts';
import { EDITOR_NODES, UNSYNCED_PROPERTIES } from '../nodes/editorNodes.ts';
import { FailureLatch } from './FailureLatch.ts';

/**
 * Writes a serialized body into the empty body of a new complaint, in one Yjs transaction. Only the device that made
 * the complaint does this, once, before anybody else can have it. The words are nobody's.
 */
export function fillBody(doc: Y.Doc, body: SerializedBody): void {
  const root = doc.get(BODY_ROOT, Y.XmlElement);
  if (root.length > 0) throw new Error('fillBody: the body is not empty');
  const failures = new FailureLatch();
  const editor = createHeadlessEditor({ namespace: 'fill', nodes: [...EDITOR_NODES], onError: failures.onError });
  const binding = createBindingV2__EXPERIMENTAL(editor, 'fill', doc, new Map([['fill', doc]]), {
    rootName: BODY_ROOT,
    excludedProperties: UNSYNCED_PROPERTIES,
  });
  const awareness = new Awareness(doc);
  const provider = { awareness } as unknown as Provider;
  const stop = editor.registerUpdateListener((update) => {
    syncLexicalUpdateToYjsV2__EXPERIMENTAL(
      binding,
      provider,
      update.prevEditorState,
      update.editorState,
      new Map([['root', true], ...update.dirtyElements]),
      update.dirtyLeaves,
      update.normalizedNodes,
      new Set(),
    );
  });
  doc.transact(() => {
    editor.setEditorState(editor.parseEditorState(body as unknown as SerializedEditorState));
    const authors = new Authors(doc);
    authors.disown(doc.clientID);
    authors.dispose();
  });
  stop();
  awareness.destroy();
  if (failures.last) throw failures.last;
}
