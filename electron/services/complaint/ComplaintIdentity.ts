import { z } from 'zod';
import { isId } from '../../../shared/domain/ids.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';

const IDENTITY = 'identity';
const WINDOWS = 'windows';
const ROOM = 'room';
const RECOVERED = 'recovered';
const REBUILD = 'rebuild';
const CARRIED = 'carried';
/** Client ids have 16 bits for the window; 0 is main's own. */
const LAST_WINDOW = 65_535;

const identitySchema = z.object({
  organizationId: z.string().refine(isId),
  /** The creator's is 1 from birth; a partner's comes with the invitation. */
  deviceNumber: z.number().int().min(1).max(65_535),
  organizationNumber: z.number().int().min(1).max(65_535),
  needsContent: z.enum(['no', 'template', 'sample']),
});
/** Who this computer is in one complaint. A new organization id for each, so that complaints cannot be linked. */
export type ComplaintIdentity = z.infer<typeof identitySchema>;

const bytes32 = z
  .string()
  .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length === 32);
const storedInvitationSchema = z.object({
  /** Hash of its record, in hexadecimal. */
  id: z.string(),
  label: z.string(),
  link: z.string(),
});
const roomSchema = z.object({
  version: z.literal(2),
  relayUrl: z.string(),
  /** [SY72] Relay address to the word its operator asks of whoever begins a room there. */
  roomTokens: z.record(z.string(), z.string()).optional(),
  roomPublicKey: bytes32,
  /** The root's seed: only on the computer that made the room, and in its backups. */
  rootSeed: bytes32.nullable(),
  deviceSeed: bytes32,
  /** Links made here, and for whom. */
  invitations: z.array(storedInvitationSchema),
  /** Organization number to the safety number that was compared. */
  verified: z.record(z.string(), z.string()),
  /** [RS3] Came back from a backup: its counters must never be used again. */
  restored: z.boolean().optional(),
});
/** What must be kept to be in the complaint's room. */
export type StoredRoom = z.infer<typeof roomSchema>;

export async function readIdentity(store: ComplaintStore): Promise<ComplaintIdentity | null> {
  const parsed = identitySchema.safeParse(await store.getJson(IDENTITY));
  return parsed.success ? parsed.data : null;
}

export async function writeIdentity(store: ComplaintStore, identity: ComplaintIdentity): Promise<void> {
  await store.putJson(IDENTITY, identity);
}

/**
 * The next window number, never given twice: a Yjs client id used again with another clock would make partners
 * see two histories. Durable before it is given. Null when all 65,535 are used up: the complaint then opens read-only.
 */
export async function takeWindowNumber(store: ComplaintStore): Promise<number | null> {
  const last = z
    .number()
    .int()
    .min(0)
    .catch(0)
    .parse((await store.getJson(WINDOWS)) ?? 0);
  if (last >= LAST_WINDOW) return null;
  await store.putJson(WINDOWS, last + 1);
  return last + 1;
}

/** Null while the complaint is not shared, and for a room of a version that was never released. */
export async function readRoom(store: ComplaintStore): Promise<StoredRoom | null> {
  const parsed = roomSchema.safeParse(await store.getJson(ROOM));
  return parsed.success ? parsed.data : null;
}

export async function writeRoom(store: ComplaintStore, room: StoredRoom): Promise<void> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  await store.putJson(ROOM, {
    ...room,
    roomPublicKey: base64(room.roomPublicKey),
    rootSeed: room.rootSeed && base64(room.rootSeed),
    deviceSeed: base64(room.deviceSeed),
  });
}

const recoveredSchema = z.array(z.object({ id: z.string(), text: z.string(), sinceMs: z.number() }));
/** Own passages that no longer stand in the text. */
export type StoredRecovered = z.infer<typeof recoveredSchema>;

export async function readRecovered(store: ComplaintStore): Promise<StoredRecovered> {
  const parsed = recoveredSchema.safeParse((await store.getJson(RECOVERED)) ?? []);
  return parsed.success ? parsed.data : [];
}

export async function writeRecovered(store: ComplaintStore, recovered: StoredRecovered): Promise<void> {
  await store.putJson(RECOVERED, recovered);
}

/** Own changes, one by one, that had not left when the replica was closed to be built anew. [SY55] */
export async function readCarried(store: ComplaintStore): Promise<Uint8Array[]> {
  const parsed = z.array(z.string()).safeParse((await store.getJson(CARRIED)) ?? []);
  return parsed.success ? parsed.data.map((text) => new Uint8Array(Buffer.from(text, 'base64'))) : [];
}

export async function writeCarried(store: ComplaintStore, updates: readonly Uint8Array[]): Promise<void> {
  await store.putJson(
    CARRIED,
    updates.map((update) => Buffer.from(update).toString('base64')),
  );
}

/** The replica holds frames that count no longer: it is built anew at the next opening. [SY55] */
export async function readRebuildMark(store: ComplaintStore): Promise<boolean> {
  return (await store.getJson(REBUILD)) === true;
}

export async function writeRebuildMark(store: ComplaintStore, needed: boolean): Promise<void> {
  await store.putJson(REBUILD, needed);
}
