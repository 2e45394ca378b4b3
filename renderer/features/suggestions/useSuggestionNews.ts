import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { OpenSuggestion, SuggestionApi } from '../../editor/SuggestionApi.ts';
import { whenIdle } from '../../ui/whenIdle.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { describeSuggestion, type SuggestionOwner } from './useSuggestions.ts';

/** A partner's words are told of when they have stood so long: not letter by letter. */
const SETTLED_MS = 1_500;

/** The suggestion that a key goes to and tells of itself. */
const told = new WeakMap<SuggestionApi, string>();

/** Keeps the suggestion at the caret from being told of a second time. */
export function rememberTold(api: SuggestionApi, id: string): void {
  told.set(api, id);
}

const shapeOf = ({ inserted, deleted, formatted, splits, joins }: OpenSuggestion): string =>
  [inserted, deleted, formatted, splits, joins].join('\n');

/** Tells a screen reader what others newly suggest, and whose suggestion the caret comes into. */
export function useSuggestionNews(ownerOf: (device: number) => SuggestionOwner): void {
  const { t } = useTranslation();
  const { editor, session, announce } = useWorkbench();
  const current = useRef({ t, announce, ownerOf });
  current.current = { t, announce, ownerOf };

  useEffect(() => {
    if (!editor) return;
    const api = editor.suggestions;
    /** The name of whose it is; null for what was made in this window. */
    const authorOf = (id: string): string | null => {
      const record = session.getRecords('suggestions').find((each) => (each.id as string) === id);
      const isOwn = !record || record.by === deviceOfClient(session.doc.clientID);
      return isOwn ? null : current.current.ownerOf(record.by).name;
    };
    // What was there when the complaint was opened is no news.
    const known = new Set(api.list().map(({ id }) => id));
    const fresh = new Map<string, string>();
    /** The one that the caret is in and was told of; none once it has been in another paragraph. */
    let at: string | undefined;
    let blockKey: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const { t, announce } = current.current;
      const arrived = api.list().filter(({ id }) => fresh.has(id));
      fresh.clear();
      const [only] = arrived;
      if (!only) return;
      const name = authorOf(only.id) ?? t('suggestions.somebody');
      announce(
        arrived.length > 1
          ? t('suggestions.arrivedMany', { count: arrived.length })
          : t('suggestions.arrived', { name, what: describeSuggestion(only, t) }),
      );
    };
    const onList = (): void => {
      let changed = false;
      for (const entry of api.list()) {
        if (known.has(entry.id) && !fresh.has(entry.id)) continue;
        // Its record may come after its words; until then it is not known whose it is.
        if (!known.has(entry.id) && authorOf(entry.id) === null) continue;
        known.add(entry.id);
        if (fresh.get(entry.id) === shapeOf(entry)) continue;
        fresh.set(entry.id, shapeOf(entry));
        changed = true;
      }
      if (!changed) return;
      clearTimeout(timer);
      timer = setTimeout(tell, SETTLED_MS);
    };
    const onCaret = (): void => {
      const list = api.list();
      const here = list.length > 0 && editor.hasFocus() ? api.selected()[0] : undefined;
      if (here === undefined || here === at) {
        at = here;
        return;
      }
      at = here;
      const isTold = told.get(api) === here;
      told.delete(api);
      if (isTold) return;
      const entry = list.find(({ id }) => id === here);
      const name = authorOf(here);
      const { t, announce } = current.current;
      if (entry && name !== null) announce(t('suggestions.here', { name, what: describeSuggestion(entry, t) }));
    };
    const stopList = whenIdle(api.subscribe)(onList);
    const stopCaret = whenIdle(editor.subscribeSelection)(onCaret);
    const stopMove = editor.subscribeSelection(() => {
      const next = editor.getSelection().blockKey;
      if (next !== blockKey) at = undefined;
      blockKey = next;
    });
    return () => {
      clearTimeout(timer);
      stopList();
      stopCaret();
      stopMove();
    };
  }, [editor, session]);
}
