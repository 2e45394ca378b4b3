import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';

const FORMAT = 'alegato-keys';
const VERSION = 1;
const MAX_BYTES = 16 * 1024;
const MEBIBYTE = 1024 * 1024;

const base64 = z.string().regex(/^[A-Za-z0-9+/]{4,4000}={0,2}$/);
const passphraseSlot = z.object({
  kind: z.literal('passphrase'),
  ops: z.number().int().min(1).max(16),
  memoryBytes: z
    .number()
    .int()
    .min(8 * 1024)
    .max(1024 * MEBIBYTE),
  salt: base64,
  sealed: base64,
  check: z.string(),
});
const recoverySlot = z.object({
  kind: z.literal('recovery'),
  salt: base64,
  madeMs: z.number(),
  sealed: base64,
  check: z.string(),
});
const keychainSlot = z.object({ kind: z.literal('keychain'), sealed: base64, check: z.string() });
const slotSchema = z.discriminatedUnion('kind', [passphraseSlot, recoverySlot, keychainSlot]);
const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  id: z.string(),
  slots: z.array(z.unknown()).max(16),
  check: z.string(),
});

export type KeySlot = z.infer<typeof slotSchema>;
export type SlotOf<K extends KeySlot['kind']> = Extract<KeySlot, { kind: K }>;
/** A slot as it is before its check is known. */
export type UncheckedSlot = { [K in KeySlot['kind']]: Omit<SlotOf<K>, 'check'> }[KeySlot['kind']];
/** At most one slot of each kind. */
export interface KeyFile {
  id: string;
  slots: readonly KeySlot[];
}
export interface ReadKeyFile extends KeyFile {
  /** False when a check was wrong: `slots` holds those that are whole all the same. */
  whole: boolean;
}
export type KeyFileError = { code: 'key-damaged' } | { code: 'key-newer-version' };

export function findSlot<K extends KeySlot['kind']>(file: KeyFile, kind: K): SlotOf<K> | null {
  return (file.slots.find((slot) => slot.kind === kind) as SlotOf<K> | undefined) ?? null;
}

/** The file with this slot in place of the one of its kind. */
export function withSlot(file: KeyFile, slot: UncheckedSlot): KeyFile {
  const others = withoutSlot(file, slot.kind).slots;
  return { id: file.id, slots: [...others, { ...slot, check: slotCheck(file.id, slot) } as KeySlot] };
}

export function withoutSlot(file: KeyFile, kind: KeySlot['kind']): KeyFile {
  return { id: file.id, slots: file.slots.filter((slot) => slot.kind !== kind) };
}

/** [KF3] What a slot's seal covers besides the root key. */
export function slotContext(id: string, slot: UncheckedSlot): string {
  const { sealed: _sealed, ...bound } = slot as UncheckedSlot & { check?: string };
  delete bound.check;
  return `alegato-key-slot-1/${id}/${canonical(bound)}`;
}

export function encodeKeyFile({ id, slots }: KeyFile): string {
  const body = { format: FORMAT, version: VERSION, id, slots };
  return `${JSON.stringify({ ...body, check: digest(canonical(body)) })}\n`;
}

/** [KF4][KF5][KF7] 'key-damaged' only when not one slot is whole. */
export function parseKeyFile(bytes: Uint8Array): Result<ReadKeyFile, KeyFileError> {
  const parsed = fileSchema.safeParse(parseJson(bytes));
  if (!parsed.success) return fail({ code: 'key-damaged' });
  const { check, ...body } = parsed.data;
  const whole = digest(canonical(body)) === check;
  if (whole && body.version > VERSION) return fail({ code: 'key-newer-version' });
  if (!isId(body.id)) return fail({ code: 'key-damaged' });
  const slots: KeySlot[] = [];
  for (const raw of body.slots) {
    const slot = slotSchema.safeParse(raw);
    if (!slot.success || slots.some((other) => other.kind === slot.data.kind)) continue;
    const { check: own, ...rest } = slot.data;
    if (own === slotCheck(body.id, rest)) slots.push(slot.data);
  }
  if (slots.length === 0) return fail({ code: 'key-damaged' });
  return ok({ id: body.id, slots, whole: whole && slots.length === body.slots.length });
}

function slotCheck(id: string, slot: UncheckedSlot): string {
  return digest(`${id}/${canonical(slot)}`);
}

/** Names in order, so that writing and reading agree whatever order a JSON parser keeps. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) return null;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
