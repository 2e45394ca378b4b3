import { z } from 'zod';

/** Channels and shapes about the library's key and its backups; part of the one table in contract.ts. */

z.config({ jitless: true });

const id = z.string().regex(/^[a-z2-7]{16}$/);
const none = z.undefined();
const passphrase = z.string().max(1_024);

export const vaultStateSchema = z.object({
  phase: z.enum(['open', 'locked', 'key-damaged', 'key-missing', 'key-locked', 'key-newer-version']),
  passphrase: z.boolean(),
  /** When the recovery kit that counts was made, in milliseconds since 1970; null without one. */
  kitMadeMs: z.number().nullable(),
  keychain: z.enum(['none', 'available', 'used']),
  /** Whoever holds this computer can open the complaints: no passphrase, no keychain. */
  unprotected: z.boolean(),
  /** True after opening by recovery code: the passphrase may be set anew without the old one. */
  mayReset: z.boolean(),
});
export type VaultState = z.infer<typeof vaultStateSchema>;

export const secretSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase }),
  z.object({ kind: z.literal('recovery'), code: z.string().max(200) }),
]);
export type VaultSecret = z.infer<typeof secretSchema>;

const backedUpComplaintSchema = z.object({
  id,
  title: z.string(),
  shared: z.boolean(),
  damaged: z.boolean(),
});
export const backupEntrySchema = z.object({
  /** File name inside the backup folder. */
  name: z.string().max(200),
  createdMs: z.number(),
  /** Of the backup file itself; exhibit files in the pool are shared by all backups. */
  sizeBytes: z.number(),
  complaints: z.array(backedUpComplaintSchema),
  /** It no longer opens. */
  damaged: z.boolean(),
});
export type BackupEntry = z.infer<typeof backupEntrySchema>;
export const backupStateSchema = z.object({
  folder: z.string(),
  /** Newest first. */
  backups: z.array(backupEntrySchema),
  running: z.boolean(),
  /** Code of why the last try failed; empty when it did not. */
  problem: z.string(),
});
export type BackupState = z.infer<typeof backupStateSchema>;

/** Words of a printed kit, given by the page in the person's language; main only sets them. */
const kitWordsSchema = z.object({
  title: z.string().max(200),
  codeLabel: z.string().max(200),
  madeLabel: z.string().max(200),
  paragraphs: z.array(z.string().max(1_000)).max(12),
  suggestedName: z.string().max(100),
});
export type KitWords = z.infer<typeof kitWordsSchema>;

export const SECURITY_CHANNELS = {
  /** Answers also while the library is locked, as do all channels down to `backup/restore-library`. */
  'vault/state': { request: none, response: vaultStateSchema },
  'vault/unlock': { request: secretSchema, response: vaultStateSchema },
  /** Closes every complaint and forgets the key; only with a passphrase. */
  'vault/lock': { request: none, response: vaultStateSchema },
  /** Opens the system's dialog. Null: the person cancelled. */
  'backup/choose-file': {
    request: none,
    response: z
      .object({
        token: id,
        createdMs: z.number(),
        passphrase: z.boolean(),
        kit: z.boolean(),
        /** The key that is open now opens it too: no secret is needed. */
        sameKey: z.boolean(),
      })
      .nullable(),
  },
  /** `token` from `backup/choose-file`, or `name` from the list. All windows show the restored library afterwards. */
  'backup/restore-library': {
    request: z.object({
      token: id.nullable(),
      name: z.string().max(200).nullable(),
      secret: secretSchema.nullable(),
    }),
    response: none,
  },
  'backup/cancel': { request: none, response: none },

  'vault/set-passphrase': {
    request: z.object({ current: passphrase.nullable(), next: passphrase, useKeychain: z.boolean() }),
    response: vaultStateSchema,
  },
  'vault/use-keychain': { request: z.object({ use: z.boolean() }), response: vaultStateSchema },
  /** A code that does not count before `vault/confirm-kit`. */
  'vault/begin-kit': { request: none, response: z.object({ code: z.string() }) },
  /** Writes the code that was begun where the person says. Null: cancelled. */
  'vault/save-kit': {
    request: z.object({ format: z.enum(['pdf', 'text']), made: z.string().max(100), words: kitWordsSchema }),
    response: z.object({ path: z.string() }).nullable(),
  },
  'vault/confirm-kit': { request: z.object({ lastGroup: z.string().max(40) }), response: vaultStateSchema },

  'backup/state': { request: none, response: backupStateSchema },
  'backup/now': { request: none, response: backupStateSchema },
  /** Null: the person cancelled the dialog. */
  'backup/choose-folder': { request: none, response: backupStateSchema.nullable() },
  /** One file that holds everything, exhibits included. Null: cancelled. */
  'backup/save-complete': {
    request: z.object({ suggestedName: z.string().max(100) }),
    response: z.object({ path: z.string(), sizeBytes: z.number() }).nullable(),
  },
  /** Beside what is there, under a new id; in the place of a damaged one when there is one under its id. */
  'backup/restore-complaint': {
    request: z.object({ name: z.string().max(200), complaintId: id, title: z.string().max(2_000) }),
    response: z.object({ complaintId: id, inPlace: z.boolean() }),
  },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

/** Pushed from main to every window. */
export interface SecurityEvents {
  'vault/changed': VaultState;
  'backup/changed': BackupState;
  /** `done` and `total` in steps of no particular size; `phase` names the sentence. */
  'backup/progress': { phase: 'writing' | 'checking' | 'restoring'; done: number; total: number };
}
