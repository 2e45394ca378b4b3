import { createHeadlessEditor } from '@lexical/headless';
import {
  $createRangeSelection,
  $getRoot,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type LexicalEditor,
} from 'lexical';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { BODY_ROOT, COLLECTION_NAMES, NOTES_ROOT, readCollection } from '../../../shared/domain/collections.ts';
import { newId, type SuggestionId } from '../../../shared/domain/ids.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { bindEditor, type EditorBinding } from '../binding/bindEditor.ts';
import { FailureLatch } from '../binding/FailureLatch.ts';
import { createLinkApi } from '../commands/createLinkApi.ts';
import { registerKeys } from '../commands/registerKeys.ts';
import { createThreadApi } from '../comments/createThreadApi.ts';
import { createEditorApi } from '../createEditorApi.ts';
import type { DocumentIndex } from '../EditorApi.ts';
import { DocumentIndexer } from '../index/DocumentIndexer.ts';
import { LanguageTool } from '../language/LanguageTool.ts';
import { $isBlockNode, type BlockNode } from '../nodes/BlockNode.ts';
import { EDITOR_NODES } from '../nodes/editorNodes.ts';
import { $isNoteNode } from '../nodes/NoteNode.ts';
import { createNoteApi } from '../notes/createNoteApi.ts';
import { NotesReader } from '../notes/NotesReader.ts';
import { createReferenceApi } from '../references/createReferenceApi.ts';
import { BlockTexts } from '../search/BlockTexts.ts';
import { EditorSearchRoot } from '../search/EditorSearchRoot.ts';
import { mountSuggestions } from '../suggestions/mountSuggestions.ts';

/** One person's two editors with all that writes in them, put together as in the window but without a page. */
export class ReviewDesk {
  readonly doc = new Y.Doc();
  readonly text: LexicalEditor;
  readonly notes: LexicalEditor;
  readonly binding: EditorBinding;
  readonly suggestions: ReturnType<typeof mountSuggestions>;
  readonly api: ReturnType<ReviewDesk['createApi']>;
  readonly links: ReturnType<typeof createLinkApi>;
  readonly language: LanguageTool;
  readonly search: EditorSearchRoot;
  readonly failures = new FailureLatch();
  private readonly reader: NotesReader;
  private readonly notesBinding: EditorBinding;
  private readonly indexer: DocumentIndexer;
  private readonly awareness: Awareness;
  private readonly stops: (() => void)[] = [];

  constructor(clientId: number, genesis: Uint8Array) {
    for (const name of [BODY_ROOT, NOTES_ROOT]) this.doc.get(name, Y.XmlElement);
    for (const name of COLLECTION_NAMES) this.doc.getMap(name);
    Y.applyUpdate(this.doc, genesis, 'genesis');
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    const [text, notes] = ['text', 'notes'].map((name) => this.openEditor(name)) as [LexicalEditor, LexicalEditor];
    this.text = text;
    this.notes = notes;
    let made = 0;
    this.suggestions = mountSuggestions({
      editor: text,
      map: this.doc.getMap('suggestions'),
      by: deviceOfClient(clientId),
      now: () => ++made,
      freshId: () =>
        newId((length) =>
          Uint8Array.from({ length }, (_, at) => (clientId / 65_536) * 7 + (made >> (at * 5))),
        ) as SuggestionId,
      closeUndoStep: () => this.binding.undoManager.stopCapturing(),
      onPage: false,
      forgetUndo: () => this.binding.undoManager.clear(),
    });
    const shared = {
      doc: this.doc,
      awareness: this.awareness,
      cursorsContainer: null,
      failures: this.failures,
      alongside: this.suggestions.alongside,
    };
    this.binding = bindEditor({
      ...shared,
      editor: text,
      recordRoots: COLLECTION_NAMES.map((name) => this.doc.getMap(name)),
    });
    this.notesBinding = bindEditor({
      ...shared,
      editor: notes,
      recordRoots: [],
      rootName: NOTES_ROOT,
      undoManager: this.binding.undoManager,
      ownsCaret: () => false,
    });
    this.suggestions.join(notes);
    const reader = new NotesReader(notes);
    this.reader = reader;
    this.indexer = new DocumentIndexer(
      text,
      () => readCollection('exhibits', this.doc.getMap('exhibits')),
      reader.getNotes,
      () => readCollection('people', this.doc.getMap('people')),
    );
    this.api = this.createApi();
    this.links = createLinkApi(text);
    this.language = new LanguageTool(text);
    const blocks = new BlockTexts(text);
    this.search = new EditorSearchRoot(text, blocks, () => this.binding.undoManager.stopCapturing());
    const stopKeys = [text, notes].map((editor) => registerKeys(editor, this.binding));
    this.stops.push(
      ...stopKeys,
      () => this.api.dispose(),
      this.links.dispose,
      () => this.language.dispose(),
      () => blocks.dispose(),
      () => this.indexer.dispose(),
      () => reader.dispose(),
      () => this.suggestions.dispose(),
      () => this.notesBinding.dispose(),
      () => this.binding.dispose(),
      () => this.awareness.destroy(),
      () => this.doc.destroy(),
    );
  }

  /** An editor that has no page: where it asks for one it is told so, instead of the library's refusal. */
  private openEditor(namespace: string): LexicalEditor {
    const editor = createHeadlessEditor({ namespace, nodes: [...EDITOR_NODES], onError: this.failures.onError });
    editor.getRootElement = () => null;
    editor.getElementByKey = () => null;
    editor.focus = () => {};
    return editor;
  }

  private createApi() {
    const references = createReferenceApi(this.text, this.indexer.getIndex, this.doc);
    const threads = createThreadApi({
      editor: this.text,
      binding: this.binding,
      awareness: this.awareness,
      show: () => {},
    });
    this.stops.push(() => references.dispose());
    const text = createEditorApi(this.text, this.indexer, threads, references);
    return createNoteApi({
      text,
      textEditor: this.text,
      textBinding: this.binding,
      notesEditor: this.notes,
      threads: createThreadApi({
        editor: this.notes,
        binding: this.notesBinding,
        awareness: this.awareness,
        show: () => {},
      }),
    });
  }

  /** Runs in one update of that editor. */
  edit(editor: LexicalEditor, run: () => void): void {
    editor.update(run, { discrete: true });
  }

  /** Selects characters of a block of the text, or of a note's first one; a caret when both offsets are the same. */
  select(editor: LexicalEditor, index: number, start: number, end = start): void {
    this.edit(editor, () => {
      const block = $blockAt(index);
      const selection = $createRangeSelection();
      for (const [point, offset] of [
        [selection.anchor, start],
        [selection.focus, end],
      ] as const) {
        let left = offset;
        point.set(block.getKey(), block.getChildrenSize(), 'element');
        for (const node of block.getChildren()) {
          const size = $isTextNode(node) ? node.getTextContentSize() : 1;
          if ($isTextNode(node) && left <= size) {
            point.set(node.getKey(), left, 'text');
            break;
          }
          left -= size;
          if (left < 0) break;
        }
      }
      const [first] = block.getChildren();
      if ($isTextNode(first)) selection.format = first.getFormat();
      $setSelection(selection);
    });
  }

  keyOf(index: number): string {
    return this.text.read(() => $blockAt(index).getKey());
  }

  wordsOf(index: number): string {
    return this.text.read(() => $blockAt(index).getTextContent());
  }

  /** The index with what both editors hold now. */
  recompute(): DocumentIndex {
    this.reader.refresh();
    this.indexer.recompute();
    return this.indexer.getIndex();
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }
}

function $blockAt(index: number): BlockNode {
  const node = $getRoot().getChildAtIndex(index);
  const block = $isNoteNode(node) && $isElementNode(node) ? node.getFirstChild() : node;
  if (!$isBlockNode(block)) throw new Error(`no block ${index}`);
  return block;
}
