import {
  $getNodeByKey,
  $isElementNode,
  $isTextNode,
  COMMAND_PRIORITY_CRITICAL,
  FOCUS_COMMAND,
  type LexicalEditor,
} from 'lexical';
import type * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { SuggestionId } from '../../../shared/domain/ids.ts';
import { compareAges, resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { RECORD_ORIGIN } from '../binding/bindEditor.ts';
import { takeBody } from '../binding/takeBody.ts';
import { shareValue } from '../index/shareIndex.ts';
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import type { OpenSuggestion, SuggestionApi, SuggestionAuthor } from '../SuggestionApi.ts';
import { $answerSuggestions } from './answerSuggestions.ts';
import { createHand } from './createHand.ts';
import { type EditorChange, findLostSuggestions, findMarked } from './findLostSuggestions.ts';
import { isOwnNote, ownSuggestionOf } from './noteSuggestions.ts';
import {
  $readSelected,
  hasOtherWords,
  type PageWords,
  readSuggestions,
  touchesSuggestions,
} from './readSuggestions.ts';
import { registerSuggesting } from './registerSuggesting.ts';
import { SuggestionBook } from './SuggestionBook.ts';
import { type DescribeMark, SuggestionPainter } from './SuggestionPainter.ts';
import { setReviewed, setSuggesting } from './suggestingOf.ts';
import './suggestions.css';

const LIST_DELAY_MS = 150;

/** One editor with what shows and takes its suggestions. */
interface Desk {
  editor: LexicalEditor;
  /** Null without a page. */
  painter: SuggestionPainter | null;
  wasEditable: boolean;
  stop(): void;
}

/**
 * Joins the suggestions of a complaint with the editor of its body, and with that of its notes once that is there.
 * `alongside` is for the transactions of both bindings.
 */
export function mountSuggestions(options: {
  editor: LexicalEditor;
  map: Y.Map<unknown>;
  by: number;
  freshId(): SuggestionId;
  now(): number;
  closeUndoStep(): void;
  /** Forgets every step of undo. */
  forgetUndo(): void;
  /** False without a page to show them on. */
  onPage?: boolean;
}): {
  api: SuggestionApi;
  alongside: (change: EditorChange) => void;
  join(notes: LexicalEditor): void;
  dispose(): void;
} {
  const { editor: text, map, by, closeUndoStep, forgetUndo, onPage = true } = options;
  const desks: Desk[] = [];
  const notesEditor = (): LexicalEditor | null => desks[1]?.editor ?? null;
  const book = new SuggestionBook({
    ...options,
    aroundNote: (noteId, isOwn) => ownSuggestionOf(text, noteId, isOwn),
    mayRemove: (node, isOwn) => !$isFootnoteNode(node) || isOwnNote(notesEditor(), node.getNoteId(), isOwn),
  });
  const listeners = new Set<() => void>();
  let on = false;
  let reviewer = false;
  let current = text;
  let list: readonly OpenSuggestion[] = [];
  /** What the page shows in place of nodes that the list names: their words may change without them. */
  let pageWords: PageWords[] = [];
  let isStale = true;
  /** Whether an edit touched a suggestion, and whether a record came, since the listeners were told. */
  let isTouched = false;
  let isRecorded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let describe: DescribeMark = () => '';
  let authorOf: (device: number) => SuggestionAuthor = () => ({ color: 0, name: '' });
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const tell = (): void => {
    timer = undefined;
    isStale ||= isTouched || pageWords.some(hasOtherWords);
    if (isStale || isRecorded) notify();
    isTouched = false;
    isRecorded = false;
  };
  const later = (recorded = false): void => {
    isRecorded ||= recorded;
    if (listeners.size > 0) {
      timer ??= setTimeout(tell, LIST_DELAY_MS);
      return;
    }
    isStale ||= isTouched || pageWords.length > 0;
    isTouched = false;
  };
  const onRecords = (event: Y.YMapEvent<unknown>): void => {
    const changed = new Set([...event.changes.keys.keys()].map((key) => key.slice(0, key.indexOf('/'))));
    for (const { painter } of desks) painter?.repaintOf(changed);
    later(true);
    // What somebody accepted is no suggestion any more, and taking it back is not a reviewer's to do [SY80].
    const answered = [...event.changes.keys].some(
      ([key, { action, oldValue }]) => action === 'delete' && key.endsWith('/by') && oldValue === by,
    );
    if (reviewer && answered && !event.transaction.local) forgetUndo();
  };
  map.observe(onRecords);
  const join = (editor: LexicalEditor): void => {
    const painter = onPage ? new SuggestionPainter(editor, (id) => authorOf(Number(map.get(`${id}/by`)) || 0)) : null;
    painter?.setDescribe(describe);
    const stopText = editor.registerUpdateListener((update) => {
      if (update.dirtyElements.size === 0) return;
      isTouched ||= touchesSuggestions(update);
      if (isTouched || pageWords.length > 0) later();
    });
    const stopKeys = registerSuggesting(editor, book, () => on);
    const stopFocus = editor.registerCommand(
      FOCUS_COMMAND,
      () => {
        current = editor;
        return false;
      },
      COMMAND_PRIORITY_CRITICAL,
    );
    const stop = (): void => {
      setSuggesting(editor, null);
      stopText();
      stopKeys();
      stopFocus();
      painter?.dispose();
    };
    desks.push({ editor, painter, wasEditable: true, stop });
    isStale = true;
    setReviewed(editor, reviewer);
    setSuggesting(editor, on ? createHand(book) : null);
  };
  join(text);
  const read = (): OpenSuggestion[] => readSuggestions(text, notesEditor());

  const api: SuggestionApi = {
    isSuggesting: () => on,
    setSuggesting(next) {
      if (on === next || (reviewer && !next)) return;
      on = next;
      closeUndoStep();
      for (const { editor } of desks) setSuggesting(editor, on ? createHand(book) : null);
      notify();
    },
    isReviewer: () => reviewer,
    setReviewer(next) {
      if (reviewer === next) return;
      reviewer = next;
      for (const { editor } of desks) setReviewed(editor, next);
      // What was written before, with other rights, is not to be taken back with these.
      if (next) forgetUndo();
      if (next && !on) api.setSuggesting(true);
      else notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list() {
      if (!isStale) return list;
      isStale = false;
      pageWords = [];
      list = shareValue(list, readSuggestions(text, notesEditor(), pageWords)) as readonly OpenSuggestion[];
      return list;
    },
    listNow() {
      if (timer !== undefined) {
        clearTimeout(timer);
        tell();
      }
      return api.list();
    },
    answer(view, ids) {
      if (reviewer) return 0;
      const chosen = new Set(ids);
      const there = read().filter(({ id }) => chosen.has(id));
      if (there.length === 0) return 0;
      const compareAge = compareAges(readCollection('suggestions', map));
      closeUndoStep();
      book.answer(chosen);
      for (const { editor } of desks)
        editor.update(() => $answerSuggestions(view, compareAge, (id) => chosen.has(id)), { discrete: true });
      map.doc?.transact(book.write, RECORD_ORIGIN);
      closeUndoStep();
      tell();
      return there.length;
    },
    selected: () => current.read($readSelected),
    reveal(id, focus = false) {
      const entry = read().find((one) => one.id === id);
      const editor = entry?.inNote ? notesEditor() : text;
      const element = entry && editor ? editor.getElementByKey(entry.nodeKey) : null;
      if (!entry || !editor || !element) return false;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      element.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
      if (focus) {
        editor.update(
          () => {
            const node = $getNodeByKey(entry.nodeKey);
            if ($isElementNode(node) || $isTextNode(node)) node.selectEnd();
            else node?.selectNext();
          },
          { discrete: true },
        );
        editor.focus();
      }
      return true;
    },
    show: (id) => {
      for (const { painter } of desks) painter?.show(id);
    },
    setView(view) {
      for (const desk of desks) setView(desk, view);
    },
    resolve: (view) => resolveSuggestions(takeBody(text), readCollection('suggestions', map), view),
    setWords(words) {
      ({ authorOf, describe } = words);
      for (const { painter } of desks) painter?.setDescribe(describe);
    },
  };
  return {
    api,
    alongside(change) {
      const lost = findLostSuggestions(change);
      const marked = lost.size > 0 ? findMarked(statesOf(desks), lost) : lost;
      book.answer([...lost].filter((id) => !marked.has(id)));
      book.write();
    },
    join,
    dispose() {
      clearTimeout(timer);
      map.unobserve(onRecords);
      for (const { stop } of desks) stop();
      listeners.clear();
    },
  };
}

const statesOf = (desks: readonly Desk[]) => desks.map(({ editor }) => editor.getEditorState());

function setView(desk: Desk, view: Parameters<SuggestionApi['setView']>[0]): void {
  const { editor } = desk;
  const root = editor.getRootElement();
  if (!root || (root.dataset['suggestView'] ?? 'marked') === view) return;
  if (view === 'marked') {
    delete root.dataset['suggestView'];
    editor.setEditable(desk.wasEditable);
  } else {
    if (!root.dataset['suggestView']) desk.wasEditable = editor.isEditable();
    root.dataset['suggestView'] = view;
    editor.setEditable(false);
  }
  root.setAttribute('contenteditable', String(editor.isEditable()));
  root.setAttribute('aria-readonly', String(!editor.isEditable()));
}
