import { fail, ok } from '../../shared/domain/result.ts';
import type { Answer, Response } from '../../shared/ipc/contract.ts';
import { MAX_VERSION_BYTES, type VERSION_CHANNELS } from '../../shared/ipc/versions.ts';
import type { OpenComplaint } from '../services/complaint/OpenComplaint.ts';
import type { RedlineToBuild } from '../services/filing/docx-worker.ts';
import { unpackState } from '../services/versions/Versions.ts';
import type { Caller, Handlers } from './registrar.ts';

type WithComplaint = <T>(
  complaintId: string,
  caller: Caller,
  use: (complaint: OpenComplaint) => Promise<Answer<T>>,
) => Promise<Answer<T>>;

/** Builds a Word document in a worker and writes it where the person says. */
export type WriteDocx = (
  caller: Caller,
  input: unknown,
  suggestedName: string,
) => Promise<Answer<Response<'filing/export-docx'>>>;

/** The handlers of versions; `opened` gives the complaints that the calling window has open. */
export function createVersionHandlers(
  opened: WithComplaint,
  writeDocx: WriteDocx,
): Pick<Handlers, keyof typeof VERSION_CHANNELS> {
  return {
    'versions/list': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async ({ versions }) => ok(await versions.list())),
    'versions/keep': async ({ complaintId, facts, state }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        const version = await complaint.versions.keep(facts, state);
        if (!version) return ok(null);
        return ok({ version, file: facts.kind === 'named' ? await complaint.sealState(state) : null });
      }),
    'versions/read': async ({ complaintId, versionId }, caller) =>
      opened(complaintId, caller, async ({ versions }) => {
        const state = await versions.read(versionId);
        return state.ok ? ok({ state: state.value as Uint8Array<ArrayBuffer> }) : state;
      }),
    'versions/read-shared': async ({ complaintId, ...copy }, caller) =>
      opened(complaintId, caller, async ({ files }) => {
        const packed = await files.readCopy(copy, MAX_VERSION_BYTES);
        if (!packed.ok) return packed;
        const state = await unpackState(packed.value);
        return state.ok ? ok({ state: state.value as Uint8Array<ArrayBuffer> }) : state;
      }),
    'versions/name': async ({ complaintId, versionId, name }, caller) =>
      opened(complaintId, caller, async ({ versions }) => {
        const named = await versions.name(versionId, name);
        return named.ok ? ok(undefined) : named;
      }),
    'versions/export-redline': async ({ complaintId, before, after, author, suggestedName }, caller) =>
      opened(complaintId, caller, async ({ status }) => {
        // [FI94] Deleted words go with it: nothing that may not leave, or that somebody has yet to see.
        if (status.heldBack !== null) return fail({ code: 'redline-held' });
        if (status.missing.length > 0) return fail({ code: 'redline-missing' });
        const redline: RedlineToBuild = { before, after, author, atMs: Date.now() };
        return writeDocx(caller, { redline }, suggestedName);
      }),
  };
}
