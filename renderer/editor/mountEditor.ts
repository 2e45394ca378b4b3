import { $getRoot, $isElementNode, createEditor, SKIP_SCROLL_INTO_VIEW_TAG } from 'lexical';
import { COLLECTION_NAMES } from '../../shared/domain/collections.ts';
import { SAMPLE_LEGEND } from '../../shared/domain/records.ts';
import { buildCoverage } from '../../shared/filing/buildCoverage.ts';
import { deviceOfClient } from '../../shared/sync/clientIds.ts';
import type { ComplaintSession, Resume } from '../app/ComplaintSession.ts';
import { freshId } from '../ui/freshId.ts';
import { bindEditor, type EditorBinding } from './binding/bindEditor.ts';
import { FailureLatch } from './binding/FailureLatch.ts';
import { watchBinding } from './binding/watchBinding.ts';
import { createLinkApi } from './commands/createLinkApi.ts';
import { joinLinkApis } from './commands/joinLinkApis.ts';
import { registerKeys } from './commands/registerKeys.ts';
import { createThreadApi } from './comments/createThreadApi.ts';
import { ThreadPainter } from './comments/ThreadPainter.ts';
import { createEditorApi } from './createEditorApi.ts';
import { LabelPainter, type LabelWords } from './decorations/LabelPainter.ts';
import { ProofPainter } from './decorations/ProofPainter.ts';
import { paintLinks } from './decorations/paintLinks.ts';
import { type MissingWords, ReferencePainter } from './decorations/ReferencePainter.ts';
import type { EditorApi } from './EditorApi.ts';
import type { ImageWords } from './ImageApi.ts';
import { mountImages } from './images/mountImages.ts';
import { DocumentIndexer } from './index/DocumentIndexer.ts';
import { registerLetterParts } from './letter/registerLetterParts.ts';
import { mountTools } from './mountTools.ts';
import { EDITOR_NODES } from './nodes/editorNodes.ts';
import { ActiveEditor } from './notes/ActiveEditor.ts';
import { createNoteApi } from './notes/createNoteApi.ts';
import { mountNotes } from './notes/mountNotes.ts';
import { paintReferences } from './notes/paintNotes.ts';
import { registerReferenceKeys } from './notes/registerNoteKeys.ts';
import { mountPages } from './pages/mountPages.ts';
import { type PasteHost, registerPaste } from './paste/registerPaste.ts';
import { createReferenceApi } from './references/createReferenceApi.ts';
import { mountSuggestions } from './suggestions/mountSuggestions.ts';
import { mountTables } from './tables/mountTables.ts';
import type { TableWords } from './tables/TablePainter.ts';

export interface MountedEditor {
  api: EditorApi;
  /** To be called at once: labels and numbers are painted with these words. */
  setWords(words: LabelWords): void;
  cancelPaste(): void;
  /** What stands in place of references whose target is gone. */
  setMissingWords(words: MissingWords): void;
  setImageWords(words: ImageWords): void;
  setTableWords(words: TableWords): void;
  setSelectedClaims(claimIds: readonly string[]): void;
  /** What stands beside the line where a page begins. */
  setPageName(name: (page: number) => string): void;
  /** Puts the caret where it was in the session before this one, or into the paragraph at that position. */
  resume(place: Resume): void;
  dispose(): void;
}

const THEME = {
  text: {
    bold: 'bold',
    italic: 'italic',
    underline: 'underline',
    strikethrough: 'strike',
    superscript: 'super',
    subscript: 'sub',
  },
  collaboration: {
    cursor: 'peer-caret',
    cursorName: 'peer-name',
    selection: 'peer-selection',
    selectionBg: 'peer-selection-bg',
  },
};

/** Joins one open complaint with a contenteditable element. The body must not be empty. */
export function mountEditor(options: {
  session: ComplaintSession;
  root: HTMLElement;
  cursors: HTMLElement;
  /** Of the footnotes. */
  notesRoot: HTMLElement;
  notesCursors: HTMLElement;
  pasteHost: PasteHost;
}): MountedEditor {
  const { session, root, cursors, notesRoot, notesCursors } = options;
  const failures = new FailureLatch();
  const editor = createEditor({
    namespace: 'alegato',
    nodes: [...EDITOR_NODES],
    theme: THEME,
    onError: failures.onError,
    editable: !session.readOnly,
  });
  const proofs = new ProofPainter(editor);
  const threads = new ThreadPainter(editor);
  const suggestions = mountSuggestions({
    editor,
    map: session.doc.getMap('suggestions'),
    by: deviceOfClient(session.doc.clientID),
    freshId,
    now: () => Date.now(),
    closeUndoStep: () => binding.undoManager.stopCapturing(),
    forgetUndo: () => binding.undoManager.clear(),
  });
  keepReactOut(root);
  keepReactOut(notesRoot);
  editor.setRootElement(root);
  const binding = bindEditor({
    editor,
    doc: session.doc,
    awareness: session.awareness,
    cursorsContainer: cursors,
    failures,
    recordRoots: COLLECTION_NAMES.map((name) => session.doc.getMap(name)),
    alongside: suggestions.alongside,
    mayPlaceLateWords: () => session.getStatus().role !== 'reviewer',
    ownsCaret: () => document.activeElement !== notesRoot,
  });
  const watch = watchBinding(editor, session.doc, binding);
  const notes = mountNotes({
    session,
    root: notesRoot,
    cursors: notesCursors,
    theme: THEME,
    textBinding: binding,
    proofs,
    alongside: suggestions.alongside,
  });
  suggestions.join(notes.editor);
  const review = (): void => suggestions.api.setReviewer(session.getStatus().role === 'reviewer');
  review();
  const stopReview = session.subscribe(review);
  const noteThreads = new ThreadPainter(notes.editor);
  const stopsOfLinks = [editor, notes.editor].map(paintLinks);
  const indexer = new DocumentIndexer(
    editor,
    () => session.getRecords('exhibits'),
    notes.reader.getNotes,
    () => session.getRecords('people'),
  );
  const labels = new LabelPainter(editor, proofs);
  const referenceLabels = new ReferencePainter(editor);
  const references = createReferenceApi(editor, indexer.getIndex, session.doc);
  const textApi = createEditorApi(
    editor,
    indexer,
    createThreadApi({ editor, binding, awareness: session.awareness, show: (shown) => threads.show(shown) }),
    references,
  );
  const api = createNoteApi({
    text: textApi,
    textEditor: editor,
    textBinding: binding,
    notesEditor: notes.editor,
    threads: createThreadApi({
      editor: notes.editor,
      binding: notes.binding,
      awareness: session.awareness,
      show: (shown) => noteThreads.show(shown),
    }),
  });
  let words: LabelWords = { missingExhibit: '(Ex. ?)', missingPerson: '?', footnote: String };
  let missing: MissingWords = { paragraph: '¶ ?', heading: '?', exhibit: 'Ex. ?', person: '?', note: 'n. ?' };
  let selected: readonly string[] = [];

  const paint = (): void => {
    const index = indexer.getIndex();
    proofs.setProofs(
      buildCoverage({
        claims: session.getRecords('claims'),
        links: session.getRecords('links'),
        exhibits: session.getRecords('exhibits'),
        placedClaims: index.claims.keys(),
      }),
    );
    labels.paintBlocks(index);
    labels.paintCitations(index, words);
    referenceLabels.paint(index, missing);
    const pseudonyms = new Map(session.getRecords('people').map((person) => [person.id, person.pseudonym]));
    labels.paintMentions(indexer.getMentions(), pseudonyms, words);
    paintReferences(editor, indexer.getReferences(), words);
    notes.paint(index, pseudonyms, words);
  };
  const highlight = (): void => proofs.setSelected(selected.length > 0 ? selected : api.getSelection().claimIds);

  let records = recordsSeen(session);
  const stopRecords = session.subscribe(() => {
    const now = recordsSeen(session);
    if (now.every((list, position) => list === records[position])) return;
    if (now[4] !== records[4]) images.repaint();
    records = now;
    indexer.recompute();
  });
  const stopIndex = indexer.subscribe(paint);
  const stopSelection = api.subscribeSelection(highlight);
  const stopNotes = notes.reader.subscribe(indexer.recompute);
  const stopReferences = registerReferenceKeys(editor, api);
  notes.listen(api);
  const stopParts = registerLetterParts(editor);
  const pages = mountPages(editor, {
    getIndex: indexer.getIndex,
    getNotes: notes.reader.getNotes,
    getExhibits: () => session.getRecords('exhibits'),
    getPeople: () => session.getRecords('people'),
    getHead: () => ({ title: session.getMeta().title, legend: session.getMeta().sample ? SAMPLE_LEGEND : '' }),
    subscribe: indexer.subscribe,
  });
  const tables = mountTables(editor, () => freshId());
  const stopKeys = registerKeys(editor, binding);
  const active = new ActiveEditor(editor, notes.editor);
  const linkApis = [createLinkApi(editor), createLinkApi(notes.editor)] as const;
  const links = joinLinkApis(linkApis, () => linkApis[active.get() === editor ? 0 : 1]);
  const images = mountImages({
    editor,
    complaintId: session.complaintId,
    getRecords: () => session.getRecords('images'),
    closeUndoStep: () => binding.undoManager.stopCapturing(),
  });
  const paste = registerPaste(editor, binding, () => freshId(), options.pasteHost);
  const tools = mountTools({
    editor,
    notesEditor: notes.editor,
    noteOrder: {
      getKeys: () => indexer.getIndex().notes.flatMap(({ noteKey }) => noteKey ?? []),
      subscribe: indexer.subscribe,
    },
    active,
    binding,
    session,
  });
  const presence = trackFocus(session, root, binding);
  const notesPresence = trackFocus(session, notesRoot, notes.binding);
  const resized = new ResizeObserver(() => binding.placeCursors());
  resized.observe(root);

  return {
    api: {
      ...api,
      tools: tools.api,
      links,
      pages: pages.api,
      images: images.api,
      tables: tables.api,
      suggestions: suggestions.api,
      publishCaret: () => (document.activeElement === notesRoot ? notes.binding : binding).publishCaret(),
    },
    setWords(next) {
      words = next;
      paint();
    },
    setMissingWords(next) {
      missing = next;
      referenceLabels.paint(indexer.getIndex(), missing);
    },
    setImageWords: images.setWords,
    cancelPaste: () => paste.cancel(),
    setPageName: pages.setName,
    setTableWords: (next) => tables.setWords(next),
    setSelectedClaims(claimIds) {
      selected = claimIds;
      highlight();
    },
    resume({ anchorPos, focusPos, block, focused }) {
      if (anchorPos && focusPos && notes.binding.placeCaret(anchorPos, focusPos)) {
        paint(); // which shows the notes: nothing that is hidden takes the focus
        if (focused) notesRoot.focus({ preventScroll: true });
        notes.binding.placeCaret(anchorPos, focusPos);
        return;
      }
      if (focused) root.focus({ preventScroll: true });
      if ((anchorPos && focusPos && binding.placeCaret(anchorPos, focusPos)) || block < 0) return;
      editor.update(
        () => {
          const node = $getRoot().getChildAtIndex(block);
          if ($isElementNode(node)) node.selectEnd();
        },
        { discrete: true, tag: SKIP_SCROLL_INTO_VIEW_TAG },
      );
    },
    dispose() {
      resized.disconnect();
      presence();
      notesPresence();
      stopNotes();
      stopReferences();
      tools.dispose();
      tables.dispose();
      suggestions.dispose();
      stopKeys();
      stopParts();
      pages.dispose();
      paste.dispose();
      images.dispose();
      active.dispose();
      for (const each of linkApis) each.dispose();
      for (const stopLinks of stopsOfLinks) stopLinks();
      stopSelection();
      stopIndex();
      stopRecords();
      stopReview();
      references.dispose();
      api.dispose();
      textApi.dispose();
      indexer.dispose();
      notes.dispose();
      watch.dispose();
      binding.dispose();
      proofs.dispose();
      threads.dispose();
      noteThreads.dispose();
      editor.setRootElement(null);
    },
  };
}

function recordsSeen(session: ComplaintSession): readonly unknown[] {
  return (['claims', 'links', 'exhibits', 'people', 'images'] as const).map((name) => session.getRecords(name));
}

/**
 * React counts through every letter of an editable element that has the focus, before each commit, to put the selection
 * back after it. Lexical keeps its own, so the property, which React reads, does not say what the attribute says.
 */
function keepReactOut(root: HTMLElement): void {
  Object.defineProperty(root, 'contentEditable', { value: 'inherit', configurable: true });
}

/** Tells the others whether this window's caret is to be shown. */
function trackFocus(session: ComplaintSession, root: HTMLElement, binding: EditorBinding): () => void {
  const { awareness } = session;
  const write = (focusing: boolean): void => {
    const state = awareness.getLocalState() ?? {};
    awareness.setLocalState({ anchorPos: null, focusPos: null, awarenessData: {}, ...state, focusing });
  };
  const onFocus = (): void => {
    write(true);
    binding.publishCaret();
  };
  const onBlur = (): void => write(false);
  write(document.activeElement === root);
  root.addEventListener('focus', onFocus);
  root.addEventListener('blur', onBlur);
  return () => {
    root.removeEventListener('focus', onFocus);
    root.removeEventListener('blur', onBlur);
    write(false);
  };
}
