import { createHeadlessEditor } from '@lexical/headless';
import { $getRoot, $isElementNode, type LexicalEditor, type LexicalNode, type SerializedLexicalNode } from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { BODY_ROOT, NOTES_ROOT } from '../../../shared/domain/collections.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { bindEditor } from './bindEditor.ts';
import { FailureLatch } from './FailureLatch.ts';
import { sortKeys, takeBody } from './takeBody.ts';

/** Elements of the root rendered in one step: some milliseconds. */
export const STEP_SIZE = 8;

/**
 * Renders the document afresh, a few elements of its root at a time, and compares each with what the editor shows. True
 * when all are alike. Neither may change between the steps. Throws what the fresh editor reports.
 */
export function* compareWithDocument(
  editor: LexicalEditor,
  doc: Y.Doc,
  rootName: typeof BODY_ROOT | typeof NOTES_ROOT,
): Generator<void, boolean> {
  const stored = doc.get(rootName, Y.XmlElement).toArray();
  const state = editor.getEditorState();
  const shown = state.read(() => $getRoot().getChildren());
  if (stored.length !== shown.length) return false;
  for (let from = 0; from < stored.length; from += STEP_SIZE) {
    const fresh = renderElements(stored.slice(from, from + STEP_SIZE), rootName);
    const held = state.read(() => shown.slice(from, from + STEP_SIZE).map($exportNode), { editor });
    if (JSON.stringify(fresh) !== JSON.stringify(sortKeys(held))) return false;
    yield;
  }
  return true;
}

/** The elements as a document of their own, opened. */
function renderElements(
  elements: readonly (Y.XmlElement | Y.XmlText | Y.XmlHook)[],
  rootName: typeof BODY_ROOT | typeof NOTES_ROOT,
): unknown {
  const doc = new Y.Doc();
  doc.get(rootName, Y.XmlElement).insert(0, elements.map(copyType));
  const awareness = new Awareness(doc);
  const failures = new FailureLatch();
  const editor = createHeadlessEditor({
    namespace: 'fresh',
    nodes: [...EDITOR_NODES],
    onError: failures.onError,
  });
  const binding = bindEditor({
    editor,
    doc,
    awareness,
    cursorsContainer: null,
    failures,
    recordRoots: [],
    rootName,
  });
  const { children } = takeBody(editor).root;
  binding.dispose();
  awareness.destroy();
  doc.destroy();
  if (failures.last) throw failures.last;
  return children;
}

/** Yjs's own `clone` leaves out attributes that are no strings. */
function copyType(type: Y.XmlElement | Y.XmlText | Y.XmlHook): Y.XmlElement | Y.XmlText {
  if (type instanceof Y.XmlText) {
    const text = new Y.XmlText();
    text.applyDelta(type.toDelta(), { sanitize: false });
    return text;
  }
  if (!(type instanceof Y.XmlElement)) throw new Error('copyType: a hook');
  const element = new Y.XmlElement(type.nodeName);
  for (const [name, value] of Object.entries(type.getAttributes())) element.setAttribute(name, value as string);
  element.insert(0, type.toArray().map(copyType));
  return element;
}

function $exportNode(node: LexicalNode): SerializedLexicalNode {
  const serialized = node.exportJSON();
  return $isElementNode(node)
    ? ({ ...serialized, children: node.getChildren().map($exportNode) } as SerializedLexicalNode)
    : serialized;
}
