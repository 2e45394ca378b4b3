import {
  $getAnchorAndFocusForUserState,
  type BindingV2,
  createBindingV2__EXPERIMENTAL,
  type Provider,
  type ProviderAwareness,
  syncLexicalUpdateToYjsV2__EXPERIMENTAL,
  syncYjsChangesToLexicalV2__EXPERIMENTAL,
  syncYjsStateToLexicalV2__EXPERIMENTAL,
  type UserState,
} from '@lexical/yjs';
import {
  $createRangeSelection,
  $getNodeByKey,
  $isElementNode,
  $isTextNode,
  $setSelection,
  CAN_REDO_COMMAND,
  CAN_UNDO_COMMAND,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  type LexicalEditor,
  type NodeKey,
  type PointType,
  SKIP_COLLAB_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
  type UpdateListenerPayload,
} from 'lexical';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { BODY_ROOT, NOTES_ROOT } from '../../../shared/domain/collections.ts';
import { Authors } from '../authorship/Authors.ts';
import { LateParagraphs } from '../commands/LateParagraphs.ts';
import { UNSYNCED_PROPERTIES } from '../nodes/editorNodes.ts';
import { NoteKeeper } from '../notes/NoteKeeper.ts';
import { DoubledWords } from './DoubledWords.ts';
import type { FailureLatch } from './FailureLatch.ts';
import { keepNotesOnly } from './keepNotesOnly.ts';
import { keepWellFormed } from './keepWellFormed.ts';
import { LateWords, noteRewritten } from './LateWords.ts';
import { OwnUndo } from './OwnUndo.ts';
import { PeerCursors } from './PeerCursors.ts';
import { presenceColor } from './presence.ts';
import { wasWritten } from './wasWritten.ts';

/** Origin of a person's own edits of records (claims, links, …), so that undo takes them back together with the text. */
export const RECORD_ORIGIN = 'record';

export interface EditorBinding {
  /** Undo of this window's own edits only; spans the text and the records. */
  readonly undoManager: Y.UndoManager;
  /** Renders the editor again from Yjs, dropping what the editor holds. */
  reload(): void;
  /** What partners type, unknowing, into what `take` takes away is kept. [DO54] */
  keepLateWords(take: () => void): void;
  /** Selects what lies between two relative positions of the document, without scrolling; false when one is gone. */
  placeCaret(anchorPos: Y.RelativePosition, focusPos: Y.RelativePosition): boolean;
  /** Draws the cursors of the others again before the next frame, after a change of layout. */
  placeCursors(): void;
  /** Tells the others that the caret is where this editor has it; for when the page's focus comes to it. */
  publishCaret(): void;
  dispose(): void;
}

export interface BindOptions {
  editor: LexicalEditor;
  doc: Y.Doc;
  awareness: Awareness;
  /** Where carets of the others are drawn; null in tests without a DOM. */
  cursorsContainer: HTMLElement | null;
  /** The failure latch that the editor was created with. */
  failures: FailureLatch;
  /** Roots of records that undo spans, beside the body. */
  recordRoots: readonly Y.Map<unknown>[];
  /** Called inside each transaction that carries this window's own edit of the text, for records that go with it. */
  alongside?: ((update: UpdateListenerPayload) => void) | undefined;
  /** The root it shows; the body unless told. */
  rootName?: typeof BODY_ROOT | typeof NOTES_ROOT;
  /** The undo manager of the body's binding, which then spans this root as well. */
  undoManager?: Y.UndoManager;
  /** False for who may only suggest: putting another's words elsewhere is none. [SY80] */
  mayPlaceLateWords?(): boolean;
  /** False while the caret that the others see is that of another editor of the window. */
  ownsCaret?(): boolean;
}

/**
 * The one module that knows Lexical's V2 binding: joins an editor with the body of a complaint or with its notes. The
 * body must already hold at least one block: an empty one would make every peer add a first paragraph of its own. The
 * notes may be empty, and stay so.
 */
export function bindEditor({
  editor,
  doc,
  awareness,
  cursorsContainer,
  failures,
  recordRoots,
  alongside,
  rootName = BODY_ROOT,
  undoManager: sharedUndo,
  mayPlaceLateWords = () => true,
  ownsCaret = () => true,
}: BindOptions): EditorBinding {
  const binding: BindingV2 = createBindingV2__EXPERIMENTAL(editor, rootName, doc, new Map([[rootName, doc]]), {
    rootName,
    excludedProperties: UNSYNCED_PROPERTIES,
  });
  binding.cursorsContainer = cursorsContainer;
  // The binding's functions use nothing of a provider but its awareness, and must never see what a peer sent unchecked.
  const caret = new Caret(awareness, ownsCaret, cursorsContainer === null ? (publish) => publish() : afterFrame);
  const provider = { awareness: checkedAwareness(awareness, caret) } as unknown as Provider;
  const isBody = rootName === BODY_ROOT;
  if (isBody && !wasWritten(binding.root as Y.XmlElement)) throw new Error('bindEditor: the body has not arrived');

  const authors = new Authors(doc);
  /** The last step of undo or redo brought words back. */
  let cameBack = false;
  const undoManager =
    sharedUndo ??
    new OwnUndo({
      scope: [binding.root, doc.get(NOTES_ROOT, Y.XmlElement), ...recordRoots],
      trackedOrigins: new Set([binding, RECORD_ORIGIN]),
      authors,
      suggestions: doc.getMap('suggestions'),
      follow: ({ insertions }) => {
        if (cameBack) lateWords?.follow(insertions);
      },
    });
  undoManager.addTrackedOrigin(binding);

  const lateWords = isBody ? new LateWords(doc, authors, mayPlaceLateWords) : null;
  const lateParagraphs = isBody ? new LateParagraphs(doc, authors, mayPlaceLateWords) : null;
  const doubledWords = isBody ? new DoubledWords(doc, authors, mayPlaceLateWords) : null;
  const notes = isBody ? new NoteKeeper(doc) : null;
  const onPopped = ({ stackItem }: { stackItem: (typeof undoManager)['undoStack'][number] }): void => {
    const restored = authors.keepRestored(stackItem.deletions);
    cameBack = restored.length > 0;
    for (const { target, source } of restored) noteRewritten(doc, target, source.length);
  };
  if (!sharedUndo) undoManager.on('stack-item-popped', onPopped);

  const onYjs = (events: Y.YEvent<Y.XmlElement | Y.XmlText>[], transaction: Y.Transaction): void => {
    if (transaction.origin === binding) return;
    syncYjsChangesToLexicalV2__EXPERIMENTAL(
      binding,
      provider,
      events,
      transaction,
      transaction.origin instanceof Y.UndoManager,
    );
    // The library can trip over text nodes that normalization has merged away. The document is the truth.
    if (failures.take()) syncYjsStateToLexicalV2__EXPERIMENTAL(binding, provider);
  };
  binding.root.observeDeep(onYjs as (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void);

  const stopWellFormed = keepWellFormed(editor);
  const stopNotesOnly = isBody ? null : keepNotesOnly(editor);
  const cursors = new PeerCursors(binding, provider, () => visiblePeers(awareness));
  const removeUpdateListener = editor.registerUpdateListener((update) => {
    if (update.dirtyElements.size > 0 || update.dirtyLeaves.size > 0) cursors.scheduleNow();
    if (update.tags.has(SKIP_COLLAB_TAG)) return;
    // One transaction for the words, their authors and notes: a partner never has one without the others.
    doc.transact((transaction) => {
      syncLexicalUpdateToYjsV2__EXPERIMENTAL(
        binding,
        provider,
        update.prevEditorState,
        update.editorState,
        update.dirtyElements,
        update.dirtyLeaves,
        update.normalizedNodes,
        update.tags,
      );
      if (!isFromYjs(update.tags)) {
        lateParagraphs?.watchEmpty(transaction);
        notes?.keep(transaction);
        alongside?.(update);
      }
      const rewritten = authors.keep(transaction);
      // texts that the editor joined by itself, two people having begun them side by side, both of them join
      if (!isFromYjs(update.tags))
        for (const { target, source } of rewritten) noteRewritten(doc, target, source.length);
    }, binding);
  });

  const onAwareness = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
    if ([...added, ...updated, ...removed].every((clientId) => clientId === awareness.clientID)) return;
    cursors.restart(updated);
    cursors.schedule();
  };
  const onStack = (): void => {
    editor.dispatchCommand(CAN_UNDO_COMMAND, undoManager.undoStack.length > 0);
    editor.dispatchCommand(CAN_REDO_COMMAND, undoManager.redoStack.length > 0);
  };
  awareness.on('change', onAwareness);
  undoManager.on('stack-item-added', onStack);
  undoManager.on('stack-item-popped', onStack);
  undoManager.on('stack-cleared', onStack);

  syncYjsStateToLexicalV2__EXPERIMENTAL(binding, provider);
  cursors.scheduleNow();

  return {
    undoManager,
    reload: () => syncYjsStateToLexicalV2__EXPERIMENTAL(binding, provider),
    keepLateWords: (take) => (lateParagraphs ? lateParagraphs.watch(take) : take()),
    placeCursors: cursors.scheduleNow,
    publishCaret: caret.publish,
    placeCaret(anchorPos, focusPos) {
      let placed = false;
      const state = { anchorPos, focusPos } as unknown as UserState;
      editor.update(
        () => {
          const { anchorKey, anchorOffset, focusKey, focusOffset } = $getAnchorAndFocusForUserState(binding, state);
          const selection = $createRangeSelection();
          placed =
            $setPoint(selection.anchor, anchorKey, anchorOffset) && $setPoint(selection.focus, focusKey, focusOffset);
          if (placed) $setSelection(selection);
        },
        { discrete: true, tag: SKIP_SCROLL_INTO_VIEW_TAG },
      );
      return placed;
    },
    dispose() {
      binding.root.unobserveDeep(
        onYjs as (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void,
      );
      removeUpdateListener();
      stopWellFormed();
      stopNotesOnly?.();
      lateWords?.dispose();
      lateParagraphs?.dispose();
      doubledWords?.dispose();
      awareness.off('change', onAwareness);
      cursors.dispose();
      caret.dispose();
      undoManager.off('stack-item-added', onStack);
      undoManager.off('stack-item-popped', onStack);
      undoManager.off('stack-cleared', onStack);
      undoManager.removeTrackedOrigin(binding);
      if (!sharedUndo) undoManager.destroy();
      authors.dispose();
    },
  };
}

function $setPoint(point: PointType, key: NodeKey | null, offset: number): boolean {
  const node = key === null ? null : $getNodeByKey(key);
  if (!node) return false;
  if ($isTextNode(node)) point.set(node.getKey(), Math.min(offset, node.getTextContentSize()), 'text');
  else if ($isElementNode(node)) point.set(node.getKey(), Math.min(offset, node.getChildrenSize()), 'element');
  else point.set(node.getParentOrThrow().getKey(), node.getIndexWithinParent() + 1, 'element');
  return true;
}

function isFromYjs(tags: ReadonlySet<string>): boolean {
  return tags.has(COLLABORATION_TAG) || tags.has(HISTORIC_TAG);
}

/** Where this editor's caret is in the document. The others see one caret a window: that of the editor with the focus. */
class Caret {
  readonly #awareness: Awareness;
  readonly #isShown: () => boolean;
  readonly #later: (publish: () => void) => void;
  #own: { anchorPos: UserState['anchorPos']; focusPos: UserState['focusPos'] } = { anchorPos: null, focusPos: null };
  #isWaiting = false;
  #isDisposed = false;

  /** `later` runs what tells the others: a letter on the screen comes before its caret on theirs. */
  constructor(awareness: Awareness, isShown: () => boolean, later: (publish: () => void) => void) {
    this.#awareness = awareness;
    this.#isShown = isShown;
    this.#later = later;
  }

  read(): UserState | null {
    const state = this.#awareness.getLocalState() as UserState | null;
    return state && { ...state, ...this.#own };
  }

  write(state: UserState | null): void {
    if (state === null) return this.#awareness.setLocalState(null);
    const { anchorPos, focusPos } = holdCaret(state, this.#awareness.doc);
    this.#own = { anchorPos, focusPos };
    if (this.#isWaiting || !this.#isShown()) return;
    this.#isWaiting = true;
    this.#later(() => {
      this.#isWaiting = false;
      if (!this.#isDisposed && this.#isShown()) this.publish();
    });
  }

  readonly publish = (): void => {
    const state = this.read();
    if (state) this.#awareness.setLocalState(state);
  };

  dispose(): void {
    this.#isDisposed = true;
  }
}

function afterFrame(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}

/** The awareness as the cursor code wants it; own state passes through, others are left to PeerCursors. */
function checkedAwareness(awareness: Awareness, caret: Caret): ProviderAwareness {
  return {
    getLocalState: () => caret.read(),
    // It draws nobody: PeerCursors does.
    getStates: () => new Map(),
    setLocalState: (state) => caret.write(state),
    setLocalStateField: (field, value) => awareness.setLocalStateField(field, value),
    on: (_type, listener) => awareness.on('update', listener),
    off: (_type, listener) => awareness.off('update', listener),
  };
}

/**
 * A caret holds on to the character before it. The library's own holds on to what follows, so that two people who
 * type at the same place would push each other's caret on and mix their words letter by letter.
 */
function holdCaret(state: UserState, doc: Y.Doc): UserState {
  const { anchorPos, focusPos } = state;
  if (!anchorPos || !focusPos || !Y.compareRelativePositions(anchorPos, focusPos)) return state;
  const place = Y.createAbsolutePositionFromRelativePosition(anchorPos, doc);
  if (!place) return state;
  const held = Y.createRelativePositionFromTypeIndex(place.type, place.index, -1);
  return { ...state, anchorPos: held, focusPos: held };
}

/** Peers as the cursor code wants them; the color comes from our tokens, never from what a peer sent. */
function visiblePeers(awareness: Awareness): Map<number, UserState> {
  const peers = new Map<number, UserState>();
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID || !state) continue;
    peers.set(clientId, {
      ...(state as UserState),
      name: String(state.name ?? '').slice(0, 60),
      color: presenceColor(state.color),
    });
  }
  return peers;
}
