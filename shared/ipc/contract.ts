// Over 400 lines: the one table of channels, which is read as a table.
import { z } from 'zod';
import { IMAGE_CHANNELS } from './images.ts';
import { MEETING_CHANNELS, type MeetingEvents } from './meeting.ts';
import { MENU_CHANNELS, type MenuEvents } from './menu.ts';
import type { NoticeCode } from './notices.ts';
import { MAX_PART_BYTES } from './partBytes.ts';
import { SECURITY_CHANNELS, type SecurityEvents } from './security.ts';
import { VERSION_CHANNELS } from './versions.ts';

/**
 * The one table of channels between renderer and main. Every call from the renderer is `invoke(channel, payload)`;
 * main parses the payload with `request` after checking the sender, and answers `Answer<response>`: an expected
 * failure is a code word with parameters, never an exception text.
 */

z.config({ jitless: true }); // the strict CSP forbids the code generation zod would try

const id = z.string().regex(/^[a-z2-7]{16}$/);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const shortText = z.string().max(2_000);
const bytes = z.instanceof(Uint8Array);

export const ROLES = ['owner', 'editor', 'reviewer', 'reader'] as const;
export type Role = (typeof ROLES)[number];

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export const settingsSchema = z.object({
  language: z.enum(LANGUAGES),
  theme: z.enum(['system', 'light', 'dark']),
  /** Interface size in percent; the page has its own zoom. */
  interfacePercent: z.number().int().min(80).max(160),
  pagePercent: z.number().int().min(50).max(200),
  leftSidebarPx: z.number().int().min(200).max(480),
  rightSidebarPx: z.number().int().min(280).max(560),
  /** How this organization is shown to partners. */
  organizationName: z.string().max(120),
  /** Last relay address used, `ws:` or `wss:`; empty for none. */
  relayUrl: z.string().max(500),
  /** What the program changes and shows while one writes (renderer/editor/EditorTools.ts). */
  typing: z.boolean(),
  spelling: z.boolean(),
  formattingMarks: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** One complaint in the library. Times are milliseconds since 1970. */
export const librarySummarySchema = z.object({
  id,
  title: z.string(),
  sample: z.boolean(),
  archived: z.boolean(),
  modifiedMs: z.number(),
  shared: z.boolean(),
  /** Set when the file cannot be opened; the list still shows it. */
  damaged: z.boolean(),
});
export type LibrarySummary = z.infer<typeof librarySummarySchema>;

/** An original kept on this computer only: its name and file never enter the shared document. */
export const localOriginalSchema = z.object({
  id,
  fileName: z.string(),
  mime: z.string(),
  sizeBytes: z.number(),
  pageCount: z.number(),
  sha256: hex64,
  thumbnail: z.string(),
  addedMs: z.number(),
});
export type LocalOriginal = z.infer<typeof localOriginalSchema>;

/** A file that was chosen or dropped and passed the first checks (size, type by content, image dimensions). */
export const stagedFileSchema = z.object({
  stagingId: id,
  fileName: z.string(),
  mime: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
  sizeBytes: z.number(),
});
export type StagedFile = z.infer<typeof stagedFileSchema>;
export const stageAnswerSchema = z.object({
  staged: z.array(stagedFileSchema),
  /** One notice for each file that was refused; nothing was kept of it. */
  refused: z.array(
    z.object({
      fileName: z.string(),
      code: z.string() as z.ZodType<NoticeCode>,
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});

/** What an anonymized copy's record in the shared document says about its file. */
export const sealedFileSchema = z.object({
  mime: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
  sizeBytes: z.number(),
  pageCount: z.number(),
  sha256: hex64,
  blobId: hex64,
  blobKey: z.string(),
  thumbnail: z.string(),
});
export type SealedFile = z.infer<typeof sealedFileSchema>;

/** A file that a window reads piece by piece. */
export const fileSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staged'), stagingId: id }),
  z.object({ kind: z.literal('original'), originalId: id }),
  z.object({ kind: z.literal('copy'), blobId: hex64, blobKey: z.string().max(100), sha256: hex64 }),
]);
export type FileSource = z.infer<typeof fileSourceSchema>;

/** Where the file of an exhibit is, as far as this computer knows. */
export const fileStateSchema = z.object({
  blobId: hex64,
  /** Whole and checked on this computer. */
  here: z.boolean(),
  /** Null: the relay was not asked yet. */
  atRelay: z.boolean().nullable(),
  /** Under way to the relay or from it; `exhibits/transfer` says how far. */
  moving: z.enum(['up', 'down']).nullable(),
  /** It has still to go to the relay, once there is one and nothing holds it. */
  toSend: z.boolean(),
  /** Why it does not move by itself. */
  trouble: z.enum(['relay-full', 'stopped', 'damaged']).nullable(),
  /** Names of other organizations that have it. */
  alsoWith: z.array(z.string()),
});
export type FileState = z.infer<typeof fileStateSchema>;
export const fileStatesSchema = z.object({ paused: z.boolean(), files: z.array(fileStateSchema) });

/** State of one complaint, pushed whenever it changes; everything the status bar says comes from here. */
export const complaintStatusSchema = z.object({
  complaintId: id,
  /** Everything typed so far is durable on this computer. */
  saved: z.boolean(),
  /** none: not shared with anybody. */
  relay: z.enum(['none', 'connecting', 'online', 'away', 'refused']),
  /** Code of the sentence that explains `refused` or `away`; empty for none. */
  relayReason: z.string(),
  /** Sealed frames that the relay has not acknowledged yet. */
  unsentFrames: z.number(),
  /** Other devices known in the room, and how many of them are known to have everything this computer sent. */
  partners: z.number(),
  partnersUpToDate: z.number(),
  /** The outbound gate: nothing leaves while it holds. */
  heldBack: z.object({ sinceMs: z.number(), reason: z.string() }).nullable(),
  /** This computer's role; null while not shared. A reader's complaint is read-only. */
  role: z.enum(ROLES).nullable(),
  /** This computer was removed from the room. */
  removed: z.boolean(),
  /** Changes that partners are known to have made and that are not here. `sinceMs`: when this was first noticed here. */
  missing: z.array(
    z.object({ organization: z.string(), deviceNumber: z.number().int(), count: z.number(), sinceMs: z.number() }),
  ),
  /** Own passages waiting to be put back (`recovered/list`). */
  recovered: z.number(),
});
export type ComplaintStatus = z.infer<typeof complaintStatusSchema>;

/** One device of the room as the members screen shows it. Times are this computer's, in milliseconds since 1970. */
export const memberDeviceSchema = z.object({
  number: z.number().int(),
  role: z.enum(ROLES),
  /** This computer. */
  own: z.boolean(),
  state: z.enum(['active', 'removed']),
  present: z.boolean(),
  /** Last sign of it that arrived here; null for never. */
  lastSeenMs: z.number().nullable(),
  /** Has everything that left this computer. */
  upToDate: z.boolean(),
  /** This computer may remove it. */
  removable: z.boolean(),
});
export type MemberDevice = z.infer<typeof memberDeviceSchema>;
export const memberOrganizationSchema = z.object({
  number: z.number().int(),
  /** As it calls itself; empty until its first words arrived. */
  name: z.string(),
  own: z.boolean(),
  /** 60 digits to compare by voice; empty for the own organization. */
  safetyNumber: z.string(),
  /** changed: it was compared once, and its devices are others now. */
  verified: z.enum(['own', 'no', 'yes', 'changed']),
  devices: z.array(memberDeviceSchema),
});
export type MemberOrganization = z.infer<typeof memberOrganizationSchema>;
export const invitationSchema = z.object({
  /** Hash of its record. */
  id: hex64,
  /** For whom, in the inviter's words; sealed in its record, so that everybody in the complaint sees it. */
  label: z.string(),
  role: z.enum(ROLES),
  organizationNumber: z.number().int(),
  expiresMs: z.number(),
  state: z.enum(['open', 'used', 'expired', 'used-twice', 'withdrawn']),
  /** This computer may take it back. */
  withdrawable: z.boolean(),
  /** Only where it was made, and only while it is open; empty elsewhere. */
  link: z.string(),
});
export type MemberInvitation = z.infer<typeof invitationSchema>;
export const membersSchema = z.object({
  /** Null while the complaint is not shared. */
  role: z.enum(ROLES).nullable(),
  deviceNumber: z.number().int(),
  /** Where the room meets; empty while the complaint is not shared. */
  relayUrl: z.string(),
  organizations: z.array(memberOrganizationSchema),
  invitations: z.array(invitationSchema),
});
export type Members = z.infer<typeof membersSchema>;

/** An own passage that did not survive a removal of somebody it was built on. */
export const recoveredSchema = z.object({ id, text: z.string(), sinceMs: z.number() });
export type Recovered = z.infer<typeof recoveredSchema>;

/** Words typed while the complaint was built anew; `before` is how their paragraph read when that began. */
const latePassageSchema = z.object({
  before: z.string().max(1_000_000),
  text: z.string().max(1_000_000),
});

/** An invitation that waits for a computer of the coalition. */
export const waitingJoinSchema = z.object({
  id,
  organizationName: z.string(),
  relayUrl: z.string(),
  state: z.enum(['connecting', 'waiting', 'nobody-online', 'invitation-unknown', 'relay-away', 'refused']),
  /** Code of the sentence that explains `refused`; empty else. */
  reason: z.string(),
  sinceMs: z.number(),
});
export type WaitingJoin = z.infer<typeof waitingJoinSchema>;

const none = z.undefined();
const complaint = z.object({ complaintId: id });

export const CHANNELS = {
  ...SECURITY_CHANNELS,
  ...MEETING_CHANNELS,
  ...MENU_CHANNELS,
  ...VERSION_CHANNELS,
  ...IMAGE_CHANNELS,
  'app/info': {
    request: none,
    response: z.object({ version: z.string(), platform: z.string(), locale: z.string(), sampleId: id.nullable() }),
  },
  'settings/read': { request: none, response: settingsSchema },
  'settings/write': { request: settingsSchema.partial(), response: settingsSchema },

  'library/list': { request: none, response: z.array(librarySummarySchema) },
  /** Makes an empty complaint; the renderer fills it from the template on first opening (`needsContent`). */
  'library/create': {
    request: z.object({ title: shortText, from: z.enum(['template', 'sample']) }),
    response: librarySummarySchema,
  },
  'library/rename': { request: complaint.extend({ title: shortText }), response: librarySummarySchema },
  'library/archive': { request: complaint.extend({ archived: z.boolean() }), response: librarySummarySchema },

  /**
   * Opens a complaint in the calling window. A MessagePort carrying y-protocols messages arrives right after as a
   * `window` message `{type: 'alegato:doc-port', complaintId}`. `clientId` is the Yjs client id the renderer must use.
   */
  'complaint/open': {
    request: complaint,
    response: z.object({
      clientId: z.number().int(),
      needsContent: z.enum(['no', 'template', 'sample']),
      readOnly: z.boolean(),
      status: complaintStatusSchema,
      organizationId: id,
      deviceNumber: z.number().int(),
    }),
  },
  'complaint/close': { request: complaint, response: none },
  /** Resolves when everything typed so far is durable on this computer. */
  'complaint/flush': { request: complaint, response: none },

  /**
   * What this person saw last: `base` is the document of then as a Yjs update, with this computer's own changes since;
   * empty with `seenMs` null on the first visit. `arrivals`: when something came from whom, by this computer's clock.
   */
  'activity/read': {
    request: complaint,
    response: z.object({
      seenMs: z.number().nullable(),
      base: bytes,
      arrivals: z.array(z.object({ device: z.number().int(), firstMs: z.number(), lastMs: z.number() })),
    }),
  },
  /** `state`, a whole document as a Yjs update, counts as seen from now on. */
  'activity/mark': { request: complaint.extend({ state: bytes }), response: none },

  /** Creates the room on first use. The link holds the room key: it is shown once, copied by the person, never logged. */
  'invite/create': {
    request: complaint.extend({
      relayUrl: z.string().max(500),
      /** The word that the relay's operator asks of whoever begins a room; none for most relays. */
      roomToken: z.string().max(500).optional(),
      organizationName: z.string().max(120),
      role: z.enum(ROLES),
      /** Whom it is for, in the inviter's words. */
      label: z.string().max(120),
      /** A further device of that organization; null for a new one. */
      organizationNumber: z.number().int().nullable(),
      expiresMs: z.number().int(),
    }),
    response: z.object({ link: z.string() }),
  },
  /** Asks to be let in. `waiting`: no computer that may admit has answered yet; the program goes on asking. */
  'invite/accept': {
    request: z.object({ link: z.string().max(4_000), organizationName: z.string().min(1).max(120) }),
    response: z.discriminatedUnion('state', [
      z.object({ state: z.literal('joined'), summary: librarySummarySchema }),
      z.object({ state: z.literal('waiting'), join: waitingJoinSchema }),
    ]),
  },
  'joins/list': { request: none, response: z.array(waitingJoinSchema) },
  'joins/cancel': { request: z.object({ joinId: id }), response: none },

  'members/list': { request: complaint, response: membersSchema },
  /** Removes a device: new keys for all others. Nothing is removed when it fails. */
  'members/remove': { request: complaint.extend({ deviceNumber: z.number().int() }), response: membersSchema },
  /** Takes back an invitation that nobody has used. Nothing is changed when it fails. */
  'members/withdraw': { request: complaint.extend({ invitationId: hex64 }), response: membersSchema },
  /** Remembers that the safety number shown was compared. */
  'members/verify': {
    request: complaint.extend({ organizationNumber: z.number().int(), safetyNumber: z.string().max(100) }),
    response: membersSchema,
  },
  /** Moves the room to another relay: everything held here is sent there. `roomToken` as in `invite/create`. */
  'members/move-relay': {
    request: complaint.extend({ relayUrl: z.string().max(500), roomToken: z.string().max(500).optional() }),
    response: none,
  },

  'recovered/list': { request: complaint, response: z.array(recoveredSchema) },
  'recovered/keep': {
    request: complaint.extend({ passages: z.array(latePassageSchema).max(10_000) }),
    response: none,
  },
  'recovered/discard': { request: complaint.extend({ recoveredId: id }), response: none },

  /** Writes everything a partner may have into one sealed file. Null: the person cancelled. */
  'bundle/export': {
    request: complaint.extend({ suggestedName: z.string().max(200) }),
    response: z.object({ path: z.string(), frames: z.number(), sizeBytes: z.number() }).nullable(),
  },
  /** Null: the person cancelled. */
  'bundle/import': {
    request: complaint,
    response: z
      .object({ added: z.number(), known: z.number(), damaged: z.number(), refused: z.number(), cutOff: z.boolean() })
      .nullable(),
  },

  /** Opens the system's file dialog. */
  'exhibits/pick': { request: complaint, response: stageAnswerSchema },
  /** Paths come from preload's `webUtils.getPathForFile`, never from page content. */
  'exhibits/stage': {
    request: complaint.extend({ paths: z.array(z.string().max(4_096)).max(50) }),
    response: stageAnswerSchema,
  },
  /** Looks a file through whole, so that parts of it may be shown; a partner's copy is fetched when it is not here. */
  'exhibits/open-file': {
    request: complaint.extend({ source: fileSourceSchema }),
    response: z.object({ sizeBytes: z.number(), sha256: hex64 }),
  },
  /** Bytes of a file that was opened; fewer than asked for at its end. */
  'exhibits/read-part': {
    request: complaint.extend({
      source: fileSourceSchema,
      offset: z.number().int().min(0),
      length: z.number().int().min(1).max(MAX_PART_BYTES),
    }),
    response: z.object({ bytes }),
  },
  /** The next bytes of what replaces a staged file (an image re-encoded without metadata); 0 begins anew. */
  'exhibits/put-part': {
    request: complaint.extend({
      stagingId: id,
      sizeBytes: z.number().int().min(1),
      offset: z.number().int().min(0),
      bytes,
    }),
    response: none,
  },
  'exhibits/discard-staged': { request: complaint.extend({ stagingId: id }), response: none },
  'exhibits/keep-original': {
    request: complaint.extend({
      stagingId: id,
      pageCount: z.number().int().min(1).max(20_000),
      thumbnail: z.string().max(65_536),
    }),
    response: localOriginalSchema,
  },
  /** `replaced`: with the bytes that were put in its place. */
  'exhibits/seal-anonymized': {
    request: complaint.extend({
      stagingId: id,
      pageCount: z.number().int().min(1).max(20_000),
      thumbnail: z.string().max(65_536),
      replaced: z.boolean(),
      mime: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
    }),
    response: sealedFileSchema,
  },
  'exhibits/originals': { request: complaint, response: z.array(localOriginalSchema) },
  /** Where the files of all exhibits are; `exhibits/files` tells every change. */
  'exhibits/file-states': { request: complaint, response: fileStatesSchema },
  /** Moves a file now, whatever stopped it. */
  'exhibits/retry-transfer': { request: complaint.extend({ blobId: hex64 }), response: none },
  /** Stops a file; what has moved is kept. */
  'exhibits/stop-transfer': { request: complaint.extend({ blobId: hex64 }), response: none },
  /** Stops or lets go on all files of the complaint on this computer. */
  'exhibits/pause-transfers': { request: complaint.extend({ paused: z.boolean() }), response: none },

  /** Seals nothing: writes the Word filing where the person says. `snapshot` is a domain Snapshot. Null: the person cancelled. */
  'filing/export-docx': {
    request: complaint.extend({ snapshot: z.unknown(), suggestedName: z.string().max(200) }),
    response: z.object({ path: z.string(), sha256: hex64, sizeBytes: z.number() }).nullable(),
  },
  'filing/show-in-folder': { request: z.object({ path: z.string().max(4_096) }), response: none },
  'clipboard/write': { request: z.object({ text: z.string().max(100_000) }), response: none },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

export type Channel = keyof typeof CHANNELS;
export type Request<C extends Channel> = z.input<(typeof CHANNELS)[C]['request']>;
export type Response<C extends Channel> = z.output<(typeof CHANNELS)[C]['response']>;

/** A sentence for the person: `code` is looked up in the catalogue `notices.<code>`, `params` fill it. */
export interface Notice {
  code: NoticeCode;
  params?: Record<string, string | number>;
}
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Notice };

/** Pushed from main to a window, without an answer. */
export interface Events extends SecurityEvents, MeetingEvents, MenuEvents {
  'complaint/status': ComplaintStatus;
  'library/changed': null;
  /** A waiting invitation moved on; `joined` names the complaint when it is there. */
  'joins/changed': { joinId: string; joined: string | null };
  'members/changed': { complaintId: string };
  /** The complaint was built anew without frames that no longer count: open it again. */
  'complaint/rebuilt': { complaintId: string };
  /** Something happened that the person must read. */
  notice: Notice;
  /** A sealed blob arrived, or its transfer moved on. `received` and `total` in bytes. */
  'exhibits/transfer': {
    complaintId: string;
    blobId: string;
    direction: 'up' | 'down';
    received: number;
    total: number;
    done: boolean;
  };
  /** Where the files of exhibits are has changed. */
  'exhibits/files': { complaintId: string } & z.infer<typeof fileStatesSchema>;
  /** A second start of the program or the system handed over an invitation link: ask the person first. */
  'invite/received': { link: string };
}
export type EventName = keyof Events;

/** What preload exposes as `window.alegato`. */
export interface AlegatoBridge {
  invoke<C extends Channel>(channel: C, payload: Request<C>): Promise<Answer<Response<C>>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Stages dropped DOM `File`s; only preload ever sees their paths. */
  stageDropped(complaintId: string, files: readonly object[]): Promise<Answer<Response<'exhibits/stage'>>>;
}
