import { createHeadlessEditor } from '@lexical/headless';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { BODY_ROOT, type NOTES_ROOT } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { bindEditor } from './bindEditor.ts';
import { FailureLatch } from './FailureLatch.ts';
import { takeBody } from './takeBody.ts';

/** Renders the document in a new editor on a copy, as opening it again would. Throws what the editor reports. */
export function renderFresh(doc: Y.Doc, rootName: typeof BODY_ROOT | typeof NOTES_ROOT = BODY_ROOT): SerializedBody {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), 'copy');
  const awareness = new Awareness(copy);
  const failures = new FailureLatch();
  const editor = createHeadlessEditor({
    namespace: 'fresh',
    nodes: [...EDITOR_NODES],
    onError: failures.onError,
  });
  const binding = bindEditor({
    editor,
    doc: copy,
    awareness,
    cursorsContainer: null,
    failures,
    recordRoots: [],
    rootName,
  });
  const body = takeBody(editor);
  binding.dispose();
  awareness.destroy();
  copy.destroy();
  if (failures.last) throw failures.last;
  return body;
}
