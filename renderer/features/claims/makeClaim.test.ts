import { describe, expect, it } from 'vitest';
import type { ClaimId } from '../../../shared/domain/ids.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { makeClaim, removeClaim } from './makeClaim.ts';

/** A session that records what is written; `selects` says whether words are selected. */
function recordingSession({ selects = true, readOnly = false } = {}) {
  const written: object[] = [];
  const deleted: string[] = [];
  const marked: string[] = [];
  const session = {
    readOnly,
    editor: {
      markClaim: (id: string) => (selects && marked.push(id), selects),
      unmarkClaim: (id: string) => marked.splice(marked.indexOf(id), 1),
    },
    getRecords: (name: string) =>
      name === 'claims'
        ? [
            { id: 'a', order: 4 },
            { id: 'b', order: 2 },
          ]
        : [
            { id: 'l1', claimId: 'a' },
            { id: 'l2', claimId: 'b' },
          ],
    writeRecord: (name: string, record: object) => written.push({ name, ...record }),
    deleteRecord: (name: string, id: string) => deleted.push(`${name}/${id}`),
  };
  return { session: session as unknown as ComplaintSession, written, deleted, marked };
}

describe('makeClaim', () => {
  it('marks the words and writes a record after the last one', () => {
    const { session, written, marked } = recordingSession();
    const id = makeClaim(session);
    expect(id).toMatch(/^[a-z2-7]{16}$/);
    expect(marked).toEqual([id]);
    expect(written).toEqual([{ name: 'claims', id, order: 5 }]);
  });
  it('writes nothing without selected words, or when reading only', () => {
    for (const setting of [{ selects: false }, { readOnly: true }]) {
      const { session, written, marked } = recordingSession(setting);
      expect(makeClaim(session)).toBeNull();
      expect([written, marked]).toEqual([[], []]);
    }
  });
  it('takes its links with it when removed', () => {
    const { session, deleted } = recordingSession();
    removeClaim(session, 'a' as ClaimId);
    expect(deleted).toEqual(['links/l1', 'claims/a']);
  });
});
