import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { ComplaintSession } from './ComplaintSession.ts';

/** Keeps what is in view, and the paragraph of the caret, when another session takes the place of the one on screen. */
export function usePagePlace(options: {
  session: ComplaintSession;
  editor: EditorApi | null;
  page: RefObject<HTMLElement | null>;
  reopening: boolean;
}): void {
  const { session, editor, page, reopening } = options;
  const kept = useRef<{ session: ComplaintSession; scrollTop: number; block: number; focused: boolean } | null>(null);
  // Before the page becomes inert and loses the focus.
  const focused = useRef(false);
  useEffect(() => {
    const note = () => {
      focused.current = page.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [page]);
  useLayoutEffect(() => {
    if (!reopening || !editor || kept.current) return;
    const { blockKey } = editor.getSelection();
    kept.current = {
      session,
      scrollTop: page.current?.scrollTop ?? 0,
      block: editor.getIndex().blocks.findIndex(({ key }) => key === blockKey),
      focused: focused.current,
    };
  }, [reopening, editor, session, page]);
  useEffect(() => {
    const before = kept.current;
    if (!before || reopening || !editor || before.session === session) return;
    kept.current = null;
    const block = editor.getIndex().blocks[before.block];
    if (before.focused && block) editor.reveal({ blockKey: block.key }, { focus: true });
    requestAnimationFrame(() => {
      if (page.current) page.current.scrollTop = before.scrollTop;
    });
  }, [reopening, editor, session, page]);
}
