import { z } from 'zod';
import { isId } from '../../../shared/domain/ids.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';

const IDENTITY = 'identity';
const WINDOWS = 'windows';
const ROOM = 'room';
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
const roomSchema = z.object({
  relayUrl: z.string(),
  roomSeed: bytes32,
  epochKey: bytes32,
  deviceSeed: bytes32,
  /** Device numbers given out in links, used or not. */
  allottedDevices: z.array(z.number().int()),
  nextOrganizationNumber: z.number().int(),
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

/** Null while the complaint is not shared. */
export async function readRoom(store: ComplaintStore): Promise<StoredRoom | null> {
  const stored = await store.getJson(ROOM);
  return stored === null ? null : roomSchema.parse(stored);
}

export async function writeRoom(store: ComplaintStore, room: StoredRoom): Promise<void> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  await store.putJson(ROOM, {
    ...room,
    roomSeed: base64(room.roomSeed),
    epochKey: base64(room.epochKey),
    deviceSeed: base64(room.deviceSeed),
  });
}
