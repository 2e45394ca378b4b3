import { useContext, useSyncExternalStore } from 'react';
import type { CollectionName, Collections } from '../../shared/domain/collections.ts';
import type { Meta } from '../../shared/domain/records.ts';
import type { ComplaintStatus } from '../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import type { DocumentIndex, EditorApi, SelectionState } from '../editor/EditorApi.ts';
import { whenIdle } from './whenIdle.ts';
import { WorkbenchContext } from './workbench.ts';

/** All records of a collection; the same array until the collection changes. */
export function useRecords<N extends CollectionName>(session: ComplaintSession, name: N): readonly Collections[N][] {
  return useSyncExternalStore(session.subscribe, () => session.getRecords(name));
}

/** The document's own fields. */
export function useMeta(session: ComplaintSession): Meta {
  return useSyncExternalStore(session.subscribe, session.getMeta);
}

/** What is saved where, and what is held back. */
export function useStatus(session: ComplaintSession): ComplaintStatus {
  return useSyncExternalStore(whenIdle(session.subscribe), session.getStatus);
}

const EMPTY_INDEX: DocumentIndex = {
  blocks: [],
  claims: new Map(),
  threads: new Map(),
  citations: [],
  references: [],
  images: [],
  labels: new Map(),
  wordCount: 0,
  notes: [],
  looseNotes: [],
  noteWordCount: 0,
};
const EMPTY_SELECTION: SelectionState = {
  collapsed: true,
  selectedWords: 0,
  blockStyle: null,
  blockKey: null,
  claimIds: [],
  threadIds: [],
  citation: null,
  personId: null,
  formats: { bold: false, italic: false, underline: false, smallCaps: false },
};
const subscribeNothing = () => () => {};

/** What the text holds; empty until the editor is mounted. `editor` defaults to the workbench's. */
export function useDocumentIndex(editor?: EditorApi | null): DocumentIndex {
  const own = useContext(WorkbenchContext)?.editor ?? null;
  const api = editor === undefined ? own : editor;
  return useSyncExternalStore(
    api ? whenIdle(api.subscribeIndex) : subscribeNothing,
    api ? api.getIndex : () => EMPTY_INDEX,
  );
}

/** A part of what the text holds; draws again when that part changes. `select` must give the same value for the same index. */
export function useIndexPart<T>(select: (index: DocumentIndex) => T): T {
  const api = useContext(WorkbenchContext)?.editor ?? null;
  return useSyncExternalStore(api ? whenIdle(api.subscribeIndex) : subscribeNothing, () =>
    select(api ? api.getIndex() : EMPTY_INDEX),
  );
}

/** Where the caret is; nothing selected until the editor is mounted. `editor` defaults to the workbench's. */
export function useSelectionState(editor?: EditorApi | null): SelectionState {
  const own = useContext(WorkbenchContext)?.editor ?? null;
  const api = editor === undefined ? own : editor;
  return useSyncExternalStore(
    api ? api.subscribeSelection : subscribeNothing,
    api ? api.getSelection : () => EMPTY_SELECTION,
  );
}
