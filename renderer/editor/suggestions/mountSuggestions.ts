import { $getNodeByKey, $isElementNode, $isTextNode, type LexicalEditor } from 'lexical';
import type * as Y from 'yjs';
import { readCollection } from '../../../shared/domain/collections.ts';
import type { SuggestionId } from '../../../shared/domain/ids.ts';
import { compareAges, resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { takeBody } from '../binding/takeBody.ts';
import type { OpenSuggestion, SuggestionApi, SuggestionAuthor } from '../SuggestionApi.ts';
import { $answerSuggestions, $suggestionsInSelection } from './answerSuggestions.ts';
import { readSuggestions } from './readSuggestions.ts';
import { registerSuggesting } from './registerSuggesting.ts';
import { SuggestionBook } from './SuggestionBook.ts';
import { SuggestionPainter } from './SuggestionPainter.ts';
import {
  $suggestFormat,
  $suggestInlines,
  $suggestLines,
  $suggestNodes,
  $suggestRemoval,
  $suggestStyles,
  $suggestText,
} from './suggestEdits.ts';
import { setSuggesting } from './suggestingOf.ts';
import './suggestions.css';

const LIST_DELAY_MS = 150;

/** Joins the suggestions of a complaint with the editor of its body. `alongside` is for the binding's transactions. */
export function mountSuggestions(options: {
  editor: LexicalEditor;
  map: Y.Map<unknown>;
  by: number;
  freshId(): SuggestionId;
  now(): number;
  closeUndoStep(): void;
}): { api: SuggestionApi; alongside: () => void; dispose(): void } {
  const { editor, map, closeUndoStep } = options;
  const book = new SuggestionBook(options);
  const listeners = new Set<() => void>();
  let on = false;
  let wasEditable = true;
  let list: readonly OpenSuggestion[] | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let authorOf: (device: number) => SuggestionAuthor = () => ({ color: 0, name: '' });
  const painter = new SuggestionPainter(editor, (id) => authorOf(Number(map.get(`${id}/by`)) || 0));
  const tell = (): void => {
    timer = undefined;
    list = null;
    for (const listener of listeners) listener();
  };
  const later = (): void => {
    if (listeners.size === 0) list = null;
    else timer ??= setTimeout(tell, LIST_DELAY_MS);
  };
  const stopText = editor.registerUpdateListener(({ dirtyElements }) => {
    if (dirtyElements.size > 0) later();
  });
  const onRecords = (): void => {
    painter.repaint();
    later();
  };
  map.observe(onRecords);
  const stopKeys = registerSuggesting(editor, book, () => on);

  const api: SuggestionApi = {
    isSuggesting: () => on,
    setSuggesting(next) {
      if (on === next) return;
      on = next;
      closeUndoStep();
      setSuggesting(
        editor,
        on
          ? {
              text: (words) => $suggestText(book, words),
              nodes: (nodes, kind) =>
                kind === 'citation' ? $suggestInlines(book, nodes, kind) : $suggestNodes(book, nodes),
              format: (format) => $suggestFormat(book, format),
              styles: (style) => $suggestStyles(book, style),
              lines: (lines) => $suggestLines(book, lines),
              removal: () => $suggestRemoval(book),
            }
          : null,
      );
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list: () => (list ??= readSuggestions(editor)),
    answer(view, ids) {
      const chosen = new Set(ids);
      const there = readSuggestions(editor).filter(({ id }) => chosen.has(id));
      if (there.length === 0) return 0;
      const compareAge = compareAges(readCollection('suggestions', map));
      closeUndoStep();
      editor.update(
        () => {
          $answerSuggestions(view, compareAge, (id) => chosen.has(id));
          book.answer(chosen);
        },
        { discrete: true },
      );
      closeUndoStep();
      tell();
      return there.length;
    },
    selected: () => {
      let ids: string[] = [];
      editor.update(() => void (ids = $suggestionsInSelection()), { discrete: true });
      return ids;
    },
    reveal(id, focus = false) {
      const key = readSuggestions(editor).find((entry) => entry.id === id)?.nodeKey;
      const element = key === undefined ? null : editor.getElementByKey(key);
      if (key === undefined || !element) return false;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      element.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
      if (focus) {
        editor.update(
          () => {
            const node = $getNodeByKey(key);
            if ($isElementNode(node) || $isTextNode(node)) node.selectEnd();
            else node?.selectNext();
          },
          { discrete: true },
        );
        editor.focus();
      }
      return true;
    },
    show: (id) => painter.show(id),
    setView(view) {
      const root = editor.getRootElement();
      if (!root || (root.dataset['suggestView'] ?? 'marked') === view) return;
      if (view === 'marked') {
        delete root.dataset['suggestView'];
        editor.setEditable(wasEditable);
      } else {
        if (!root.dataset['suggestView']) wasEditable = editor.isEditable();
        root.dataset['suggestView'] = view;
        editor.setEditable(false);
      }
      root.setAttribute('contenteditable', String(editor.isEditable()));
      root.setAttribute('aria-readonly', String(!editor.isEditable()));
    },
    resolve: (view) => resolveSuggestions(takeBody(editor), readCollection('suggestions', map), view),
    setWords(words) {
      authorOf = words.authorOf;
      painter.setDescribe(words.describe);
    },
  };
  return {
    api,
    alongside: book.write,
    dispose() {
      clearTimeout(timer);
      map.unobserve(onRecords);
      setSuggesting(editor, null);
      stopText();
      stopKeys();
      painter.dispose();
      listeners.clear();
    },
  };
}
