import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { EditorApi } from '../editor/EditorApi.ts';
import { useSelectionState } from '../ui/useSession.ts';
import type { Place } from '../ui/workbench.ts';

/**
 * Lets the right panel follow the text: a caret in another claim ends what was on show, a click on a citation (or
 * Enter on a selected one) opens its page. Moving over a citation with the keys opens nothing.
 */
export function useSelectionPlace(options: {
  editor: EditorApi | null;
  page: RefObject<HTMLElement | null>;
  place: Place | null;
  open(place: Place): void;
  clear(): void;
}): void {
  const { editor, page, place, open, clear } = options;
  const selection = useSelectionState(editor);
  const selectedClaims = selection.claimIds.join(' ');
  const followed = useRef(selectedClaims);
  useEffect(() => {
    if (followed.current === selectedClaims) return;
    followed.current = selectedClaims;
    const overtaken = place?.kind === 'claim' ? !selection.claimIds.includes(place.claimId) : place?.kind === 'person';
    if (selectedClaims && overtaken) clear();
  }, [selectedClaims, selection, place, clear]);

  const clicked = useRef(false);
  const openCitation = useCallback(() => {
    const citation = editor?.getSelection().citation;
    if (!citation?.exhibitId) return false;
    clicked.current = false;
    const pinpoint = citation.page > 0 ? { page: citation.page } : {};
    open({ kind: 'exhibit', exhibitId: citation.exhibitId, ...pinpoint, returnTo: { nodeKey: citation.nodeKey } });
    return true;
  }, [editor, open]);
  useEffect(() => {
    if (clicked.current && selection.citation) openCitation();
  }, [selection, openCitation]);

  useEffect(() => {
    const area = page.current;
    if (!area) return;
    // The editor may tell about the clicked citation in the same frame or the next selection change.
    const onClick = () => {
      clicked.current = true;
      requestAnimationFrame(() => {
        if (clicked.current) openCitation();
        clicked.current = false;
      });
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const plainEnter = event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.isComposing;
      if (!plainEnter || !(event.target as HTMLElement).isContentEditable || !openCitation()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    area.addEventListener('click', onClick);
    area.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      area.removeEventListener('click', onClick);
      area.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [page, openCitation]);
}
