import { useCallback, useEffect, useState } from 'react';
import type { SharedVersion } from '../../../shared/domain/records.ts';
import type { Answer } from '../../../shared/ipc/contract.ts';
import type { StoredVersion } from '../../../shared/ipc/versions.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { ask } from '../../ui/bridge.ts';
import { useRecords } from '../../ui/useSession.ts';
import { subscribeKept } from './keepVersion.ts';
import { parseState, type VersionState } from './parseState.ts';

/** A version of this computer, or one that a partner named. */
export type Version = { id: string; name: string; atMs: number } & (
  | { from: 'here'; stored: StoredVersion }
  | { from: 'partner'; shared: SharedVersion }
);

const NO_NOTES: VersionState['notes'] = {
  root: { type: 'root', version: 1, children: [], direction: null, format: '', indent: 0 },
};

/** All versions, newest first. */
export function useVersions(session: ComplaintSession): {
  versions: readonly Version[] | null;
  damaged: number;
} {
  const [list, setList] = useState<{ versions: StoredVersion[]; damaged: number } | null>(null);
  const shared = useRecords(session, 'versions');
  const refresh = useCallback(async () => {
    const answer = await ask('versions/list', { complaintId: session.complaintId });
    setList(answer.ok ? answer.value : { versions: [], damaged: 0 });
  }, [session]);
  useEffect(() => {
    void refresh();
    return subscribeKept(() => void refresh());
  }, [refresh]);
  if (!list) return { versions: null, damaged: 0 };
  const own = new Set(list.versions.map(({ id }) => id));
  const versions: Version[] = [
    ...list.versions.map((stored) => ({ ...stored, from: 'here' as const, stored })),
    ...shared
      .filter(({ id, blobId }) => !own.has(id) && blobId !== '')
      .map((each) => ({ id: each.id, name: each.name, atMs: each.at, from: 'partner' as const, shared: each })),
  ];
  return { versions: versions.sort((a, b) => b.atMs - a.atMs), damaged: list.damaged };
}

/** The state of a version, wherever it lies; `now` is the text as it is. */
export async function readVersion(session: ComplaintSession, id: string): Promise<Answer<VersionState>> {
  const { complaintId } = session;
  if (id === 'now') {
    const snapshot = session.takeSnapshot();
    const { body, notes = NO_NOTES, records } = snapshot;
    return {
      ok: true,
      value: {
        body,
        notes,
        records: records as unknown as VersionState['records'],
        bytes: new TextEncoder().encode(JSON.stringify(snapshot)),
      },
    };
  }
  const own = await ask('versions/read', { complaintId, versionId: id });
  let answer = own;
  if (!own.ok) {
    const shared = session.getRecords('versions').find((each) => each.id === id);
    if (!shared || shared.blobId === '') return own;
    const { blobId, blobKey, sha256 } = shared;
    answer = await ask('versions/read-shared', { complaintId, blobId, blobKey, sha256 });
  }
  if (!answer.ok) return answer;
  const state = parseState(answer.value.state);
  return state ? { ok: true, value: state } : { ok: false, error: { code: 'version-damaged' } };
}
