import { parseRelayUrl } from '../../shared/crypto/invitation.ts';
import { fail, ok, type Result } from '../../shared/domain/result.ts';
import { type Answer, CHANNELS, type Notice } from '../../shared/ipc/contract.ts';
import type { MEETING_CHANNELS } from '../../shared/ipc/meeting.ts';
import type { MENU_CHANNELS } from '../../shared/ipc/menu.ts';
import type { SECURITY_CHANNELS } from '../../shared/ipc/security.ts';
import { readBundleFile } from '../services/bundle/readBundleFile.ts';
import type { ComplaintRoom } from '../services/complaint/ComplaintRoom.ts';
import type { OpenComplaint } from '../services/complaint/OpenComplaint.ts';
import { parseRoomToken } from '../services/complaint/parseRoomToken.ts';
import type { WindowSessions } from '../services/complaint/WindowSessions.ts';
import { exportDocx } from '../services/filing/FilingExport.ts';
import { readFiledImages } from '../services/images/readFiledImages.ts';
import type { Library } from '../services/library/Library.ts';
import { atomicWrite } from '../services/storage/atomicWrite.ts';
import type { SettingsFile } from '../services/storage/SettingsFile.ts';
import { createImageHandlers } from './imageHandlers.ts';
import type { Caller, Handlers } from './registrar.ts';
import { createVersionHandlers, type WriteDocx } from './versionHandlers.ts';

/** What handlers need of the desktop; Electron gives it in the program, tests give their own. */
export interface Desktop {
  info: { version: string; platform: string; locale: string };
  /** Empty when the person cancelled. */
  chooseFiles(windowId: number): Promise<string[]>;
  /** Null when the person cancelled. */
  chooseBundlePath(windowId: number, suggestedName: string): Promise<string | null>;
  /** Null when the person cancelled. */
  chooseBundle(windowId: number): Promise<string | null>;
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
  /** Closes a complaint in every window and has them open it again. */
  reopen: (complaintId: string) => Promise<void>;
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
  reopen,
}: Services): Omit<
  Handlers,
  keyof typeof SECURITY_CHANNELS | keyof typeof MEETING_CHANNELS | keyof typeof MENU_CHANNELS
> {
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
  const inRoom = async <T>(
    complaintId: string,
    caller: Caller,
    use: (room: ComplaintRoom) => Promise<Answer<T>>,
  ): Promise<Answer<T>> =>
    opened(complaintId, caller, async (complaint) =>
      complaint.room ? use(complaint.room) : { ok: false, error: { code: 'complaint-not-shared' } },
    );
  const writeDocx: WriteDocx = async (caller, input, suggestedName) => {
    const written = await exportDocx(docxWorkerPath, input, () =>
      desktop.chooseSavePath(caller.windowId, suggestedName),
    );
    if (written.ok && written.value) exported.add(written.value.path);
    return written;
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

    'invite/create': async ({ complaintId, relayUrl, organizationName, ...invitation }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        if (passphraseFirst() && !complaint.summary.sample) return fail({ code: 'passphrase-first' });
        const link = await complaint.createInvitation(relayUrl, organizationName, invitation);
        if (link.ok)
          await settings.write({ relayUrl: relayUrl.trim(), ...(organizationName === '' ? {} : { organizationName }) });
        return link;
      }),
    'invite/accept': async ({ link, organizationName }) => {
      const accepted = await library.accept(link, organizationName);
      if (!accepted.ok) return accepted;
      await settings.write({ organizationName });
      return ok(
        'joined' in accepted.value
          ? { state: 'joined' as const, summary: accepted.value.joined }
          : { state: 'waiting' as const, join: accepted.value.waiting },
      );
    },
    'joins/list': async () => ok(library.joins.list()),
    'joins/cancel': async ({ joinId }) => {
      await library.joins.cancel(joinId);
      return ok(undefined);
    },

    'members/list': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) =>
        ok(
          complaint.room?.members() ?? {
            role: null,
            deviceNumber: 1,
            relayUrl: '',
            organizations: [],
            invitations: [],
          },
        ),
      ),
    'members/remove': async ({ complaintId, deviceNumber }, caller) =>
      inRoom(complaintId, caller, (room) => room.remove(deviceNumber)),
    'members/withdraw': async ({ complaintId, invitationId }, caller) =>
      inRoom(complaintId, caller, (room) => room.withdraw(invitationId)),
    'members/verify': async ({ complaintId, organizationNumber, safetyNumber }, caller) =>
      inRoom(complaintId, caller, (room) => room.verify(organizationNumber, safetyNumber)),
    'members/move-relay': async ({ complaintId, relayUrl, roomToken = '' }, caller) =>
      inRoom(complaintId, caller, async (room) => {
        const address = parseRelayUrl(relayUrl);
        if (!address.ok) return address;
        const token = parseRoomToken(roomToken);
        if (!token.ok) return token;
        await room.moveRelay(address.value, token.value);
        await reopen(complaintId);
        return ok(undefined);
      }),

    ...createVersionHandlers(opened, writeDocx),
    ...createImageHandlers(opened),

    'recovered/list': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(complaint.recovered)),
    'recovered/keep': async ({ complaintId, passages }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.keepRecovered(passages);
        return ok(undefined);
      }),
    'recovered/discard': async ({ complaintId, recoveredId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.discardRecovered(recoveredId);
        return ok(undefined);
      }),

    'bundle/export': async ({ complaintId, suggestedName }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        if (!complaint.room) return fail({ code: 'complaint-not-shared' });
        if (passphraseFirst() && !complaint.summary.sample) return fail({ code: 'passphrase-first' });
        const path = await desktop.chooseBundlePath(caller.windowId, suggestedName);
        const bundle = path === null ? null : await complaint.exportBundle();
        if (path === null || !bundle) return ok(null);
        await atomicWrite(path, bundle.bytes);
        exported.add(path);
        return ok({ path, frames: bundle.frames, sizeBytes: bundle.bytes.length });
      }),
    'bundle/import': async ({ complaintId }, caller) =>
      inRoom(complaintId, caller, async (room) => {
        const path = await desktop.chooseBundle(caller.windowId);
        if (path === null) return ok(null);
        const bytes = await readBundleFile(path);
        return bytes.ok ? room.importBundle(bytes.value) : bytes;
      }),

    'exhibits/pick': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) =>
        ok(await complaint.files.staging.stage(await desktop.chooseFiles(caller.windowId))),
      ),
    'exhibits/stage': async ({ complaintId, paths }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(await complaint.files.staging.stage(paths))),
    'exhibits/open-file': async ({ complaintId, source }, caller) =>
      opened(complaintId, caller, (complaint) => complaint.files.openFile(source)),
    'exhibits/read-part': async ({ complaintId, source, offset, length }, caller) =>
      opened(complaintId, caller, async (complaint) => bytesOf(await complaint.files.readPart(source, offset, length))),
    'exhibits/put-part': async (request, caller) =>
      opened(request.complaintId, caller, (complaint) => complaint.files.putPart(request)),
    'exhibits/discard-staged': async ({ complaintId, stagingId }, caller) =>
      opened(complaintId, caller, async (complaint) => {
        await complaint.files.discardStaged(stagingId);
        return ok(undefined);
      }),
    'exhibits/keep-original': async (request, caller) =>
      opened(request.complaintId, caller, (complaint) => complaint.files.keepOriginal(request)),
    'exhibits/seal-anonymized': async (request, caller) =>
      opened(request.complaintId, caller, (complaint) => complaint.files.sealAnonymized(request)),
    'exhibits/originals': async ({ complaintId }, caller) =>
      opened(complaintId, caller, async (complaint) => ok(await complaint.files.originals())),
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

    'filing/export-docx': async ({ complaintId, snapshot, suggestedName }, caller) =>
      opened(complaintId, caller, async ({ files }) => {
        const images = await readFiledImages(files, snapshot);
        return images.ok ? writeDocx(caller, { filing: { snapshot, images: images.value } }, suggestedName) : images;
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
