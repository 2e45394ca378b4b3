import type { Answer, Response } from '../../../shared/ipc/contract.ts';
import type { VersionFacts } from '../../../shared/ipc/versions.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { compareStates } from './compareStates.ts';
import { parseState } from './parseState.ts';
import { readChangers, readReached } from './readReached.ts';

const keptListeners = new Set<() => void>();

/** Called after a version was kept in this window. */
export function subscribeKept(listener: () => void): () => void {
  keptListeners.add(listener);
  return () => keptListeners.delete(listener);
}

/** Tells those who show the list that it is another one. */
export function tellKept(): void {
  for (const listener of [...keptListeners]) listener();
}

/**
 * Keeps the text as it is at this moment, with what changed since the version before. Null: there is no text to keep,
 * or an automatic one would repeat the newest.
 */
export async function keepVersion(
  session: ComplaintSession,
  kind: VersionFacts['kind'],
  name = '',
): Promise<Answer<Response<'versions/keep'>>> {
  if (!session.editor) return { ok: true, value: null };
  const { complaintId, doc } = session;
  const { body, notes, ...rest } = session.takeSnapshot();
  const state = new TextEncoder().encode(JSON.stringify({ body, notes, ...rest }));
  const reached = readReached(doc);
  const listed = await ask('versions/list', { complaintId });
  const last = listed.ok ? listed.value.versions[0] : undefined;
  const organizations = last ? readChangers(doc, last.reached, reached) : [];
  const before = last ? await ask('versions/read', { complaintId, versionId: last.id }) : null;
  const parsed = before?.ok ? parseState(before.value.state) : null;
  const redline = parsed && (await compareStates(parsed, { body, notes }));
  const { insertedWords, deletedWords, moves } = redline?.counts ?? { insertedWords: 0, deletedWords: 0, moves: 0 };
  const facts = { kind, name, organizations, insertedWords, deletedWords, moves, reached };
  const kept = await ask('versions/keep', { complaintId, facts, state });
  if (kept.ok && kept.value?.file && !session.readOnly && session.getStatus().role !== 'reviewer')
    shareVersion(session, kept.value);
  if (kept.ok && kept.value) tellKept();
  return kept;
}

/** [DO51] Written without the origin of edits, so that undo does not take a name back. */
function shareVersion(session: ComplaintSession, kept: NonNullable<Response<'versions/keep'>>): void {
  const { version, file } = kept;
  if (!file) return;
  const versions = session.doc.getMap('versions');
  const { deviceNumber } = (session.awareness.getLocalState() ?? {}) as { deviceNumber?: number };
  const record = { id: version.id, name: version.name, by: deviceNumber ?? 0, at: version.atMs, ...file };
  session.doc.transact(() => {
    for (const [key, value] of Object.entries(record)) versions.set(`${version.id}/${key}`, value);
  }, 'version');
}
