import type { CollectionName, Collections } from '../../../shared/domain/collections.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { compareStates } from './compareStates.ts';
import { keepVersion } from './keepVersion.ts';
import type { VersionState } from './parseState.ts';
import { readVersion } from './useVersions.ts';

/** Somebody may type on while it is compared; after so many times it is said instead. */
const TRIES = 5;
/** What the text points at; everything else of the complaint stays as it is. */
const POINTED_AT = ['claims', 'exhibits', 'people', 'suggestions'] as const satisfies readonly CollectionName[];

/**
 * Goes back to a version as one edit: the smallest one that gives its text. Records that its text points at and that are
 * gone come back with it. What the text was before is kept as a version. False: nothing was changed. [DO53]
 */
export async function restoreVersion(session: ComplaintSession, id: string): Promise<boolean> {
  const state = await readVersion(session, id);
  const kept = await keepVersion(session, 'restore');
  const { editor } = session;
  if (!state.ok || !kept.ok || !editor) return false;
  for (let times = 0; times < TRIES; times += 1) {
    const before = editor.takeBody();
    const redline = await compareStates({ body: before }, { body: state.value.body });
    if (!redline) return false;
    const { body, notes } = state.value;
    const records = (): void => bringBackRecords(session, state.value);
    if (editor.tools.redline.applyRedline(redline.text, before, { body, notes }, records)) return true;
  }
  return false;
}

function bringBackRecords(session: ComplaintSession, state: VersionState): void {
  const text = JSON.stringify([state.body, state.notes]);
  for (const name of POINTED_AT) {
    const there = new Set<string>(session.getRecords(name).map(({ id }) => id));
    for (const record of state.records[name] ?? [])
      if (!there.has(record.id) && text.includes(record.id))
        session.writeRecord(name, record as unknown as Collections[typeof name]);
  }
}
