import { fail, ok, type Result } from '../../shared/domain/result.ts';
import { type Answer, CHANNELS, type Notice } from '../../shared/ipc/contract.ts';
import type { SECURITY_CHANNELS } from '../../shared/ipc/security.ts';
import type { OpenComplaint } from '../services/complaint/OpenComplaint.ts';
import type { WindowSessions } from '../services/complaint/WindowSessions.ts';
import { exportDocx } from '../services/filing/FilingExport.ts';
import type { Library } from '../services/library/Library.ts';
import type { SettingsFile } from '../services/storage/SettingsFile.ts';
import type { Caller, Handlers } from './registrar.ts';

/** What handlers need of the desktop; Electron gives it in the program, tests give their own. */
export interface Desktop {
  info: { version: string; platform: string; locale: string };
  /** Empty when the person cancelled. */
  chooseFiles(windowId: number): Promise<string[]>;
  /** Null when the person cancelled. */
  chooseSavePath(windowId: number, suggestedName: string): Promise<string | null>;
  showInFolder(path: string): void;
  writeClipboard(text: string): void;
}
export interface Services {
  library: Library;
  sessions: WindowSessions;
  settings: SettingsFile;
  desktop: Desktop;
  docxWorkerPath: string;
  /** True while whoever holds this computer can open the library: then only the sample may be shared [KO7]. */
  passphraseFirst: () => boolean;
  onSettings: () => void;
}

/** One function a channel. Each answers a value; `answerCall` has checked the request. */
export function createHandlers({
  library,
  sessions,
  settings,
  desktop,
  docxWorkerPath,
  passphraseFirst,
  onSettings,
}: Services): Omit<Handlers, keyof typeof SECURITY_CHANNELS> {
  const exported = new Set<string>();
  /** Only for complaints that the calling window has open. */
  const opened = async <T>(
    complaintId: string,
    caller: Caller,
    use: (complaint: OpenComplaint) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const complaint = sessions.find(caller.windowId, complaintId);
    return complaint ? use(complaint) : { ok: false, error: { code: 'complaint-missing' } };
  };
  const bytesOf = (read: Result<Uint8Array, Notice>): Answer<{ bytes: Uint8Array<ArrayBuffer> }> =>
    read.ok ? ok({ bytes: read.value as Uint8Array<ArrayBuffer> }) : read;

  return {
    'app/info': async () => {
      const samples = (await library.list()).filter((complaint) => complaint.sample && !complaint.damaged);
      // A partner's sample may be here too: the own one is the one not shared, else the one longest here.
      const own = samples.find((complaint) => !complaint.shared) ?? samples.at(-1);
      return ok({ ...desktop.info, sampleId: own?.id ?? null });
    },
    'settings/read': async () => ok(settings.read()),
    'settings/write': async (request) => {
      const value = await settings.write(request);
      onSettings();
      return ok(value);
    },

    'library/list': async () => ok(await library.list()),
    'library/create': async ({ title, from }) =>
      ok(await library.create(title, from, settings.read().organizationName)),
    'library/rename': async ({ complaintId, title }) => library.rename(complaintId, title),
    'library/archive': async ({ complaintId, archived }) => library.archive(complaintId, archived),

    'complaint/open': async ({ complaintId }, caller) => sessions.open(caller.windowId, complaintId),
    'complaint/close': async ({ complaintId }, caller) => {
      await sessions.close(caller.windowId, complaintId);
      return ok(undefined);
    },
    'complaint/flush': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.flush();
        return ok(undefined);
      }),

    'activity/read': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        const { base, ...read } = complaint.lastSeen.read();
        return ok({ ...read, base: base as Uint8Array<ArrayBuffer> });
      }),
    'activity/mark': async ({ complaintId, state }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.markSeen(state);
        return ok(undefined);
      }),

    'invite/create': async ({ complaintId, relayUrl, organizationName }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        if (passphraseFirst() && !complaint.summary.sample) return fail({ code: 'passphrase-first' });
        const link = await complaint.createInvitation(relayUrl, organizationName);
        if (link.ok)
          await settings.write({ relayUrl: relayUrl.trim(), ...(organizationName === '' ? {} : { organizationName }) });
        return link;
      }),
    'invite/accept': async ({ link, organizationName }) => {
      const accepted = await library.accept(link, organizationName);
      if (!accepted.ok) return accepted;
      await settings.write({ organizationName });
      return ok({ state: 'joined' as const, summary: accepted.value });
    },

    'exhibits/pick': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) =>
        ok(await complaint.files.staging.stage(await desktop.chooseFiles(caller.windowId))),
      ),
    'exhibits/stage': async ({ complaintId, paths }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(await complaint.files.staging.stage(paths))),
    'exhibits/read-staged': async ({ complaintId, stagingId }, caller) =>
      opened(complaintId, caller, async (complaint) => bytesOf(await complaint.files.readStaged(stagingId))),
    'exhibits/discard-staged': async ({ complaintId, stagingId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        complaint.files.staging.discard(stagingId);
        return ok(undefined);
      }),
    'exhibits/keep-original': async (request, caller) =>
      opened(request.complaintId, caller, (complaint) => complaint.files.keepOriginal(request)),
    'exhibits/seal-anonymized': async (request, caller) =>
      opened(request.complaintId, caller, (complaint) => complaint.files.sealAnonymized(request)),
    'exhibits/originals': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(await complaint.files.originals())),
    'exhibits/read-original': async ({ complaintId, originalId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        const read = await complaint.files.readOriginal(originalId);
        return read.ok ? ok({ bytes: read.value.bytes as Uint8Array<ArrayBuffer>, mime: read.value.mime }) : read;
      }),
    'exhibits/file-states': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(await complaint.files.transfers.files())),
    'exhibits/retry-transfer': async ({ complaintId, blobId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.files.transfers.retry(blobId);
        return ok(undefined);
      }),
    'exhibits/stop-transfer': async ({ complaintId, blobId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.files.transfers.stop(blobId);
        return ok(undefined);
      }),
    'exhibits/pause-transfers': async ({ complaintId, paused }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.files.transfers.setPaused(paused);
        return ok(undefined);
      }),
    'exhibits/read': async (request, caller) =>
      opened(request.complaintId, caller, async (complaint) => bytesOf(await complaint.files.read(request))),

    'filing/export-docx': async ({ complaintId, snapshot, suggestedName }, caller) =>
      opened(complaintId, caller, async () => {
        const written = await exportDocx(docxWorkerPath, snapshot, () =>
          desktop.chooseSavePath(caller.windowId, suggestedName),
        );
        if (written.ok && written.value) exported.add(written.value.path);
        return written;
      }),
    'filing/show-in-folder': async ({ path }) => {
      // Only what this program wrote since it started: the page cannot make the desktop look anywhere else.
      if (!exported.has(path)) return { ok: false, error: { code: 'payload-refused' } };
      desktop.showInFolder(path);
      return ok(undefined);
    },
    'clipboard/write': async ({ text }) => {
      desktop.writeClipboard(text);
      return ok(undefined);
    },
  };
}

/** Every channel there is, for whoever registers them. */
export const CHANNEL_NAMES = Object.keys(CHANNELS) as (keyof typeof CHANNELS)[];
