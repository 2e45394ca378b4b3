import { fail, ok, type Result } from '../domain/result.ts';
import { base64url, parseBase64url } from './baseEncoding.ts';
import { join, readUtf8, utf8 } from './bytes.ts';
import { crc32 } from './crc32.ts';

/** [CR11] What one link carries: where to ask, and the one-time key to ask with. It opens nothing by itself. */
export interface InvitationLink {
  /** As `parseRelayUrl` gives it. */
  relayUrl: string;
  /** 32 bytes; the room's id follows from it. */
  roomPublicKey: Uint8Array;
  /** 32-byte seed of the invitation's signing pair. */
  seed: Uint8Array;
}
export type InvitationError = { code: 'link-not-an-invitation' | 'link-cut-off' | 'link-wrong-version' };

export const LINK_PREFIX = 'alegato://join#';
const VERSION = 2;
const FIXED_BYTES = 1 + 2 + 32 + 32 + 2;
const CHECKSUM_BYTES = 4;
const MAX_LINK_CHARACTERS = 4_000;

/** The link of an invitation, ASCII, some 150 characters. */
export function writeInvitation(link: InvitationLink): string {
  const address = utf8(link.relayUrl);
  const payload = new Uint8Array(FIXED_BYTES + address.length + CHECKSUM_BYTES);
  const view = new DataView(payload.buffer);
  payload[0] = VERSION;
  view.setUint16(1, payload.length);
  payload.set(join(link.roomPublicKey, link.seed), 3);
  view.setUint16(67, address.length);
  payload.set(address, FIXED_BYTES);
  view.setUint32(payload.length - CHECKSUM_BYTES, crc32(payload.subarray(0, -CHECKSUM_BYTES)));
  return LINK_PREFIX + base64url(payload);
}

/** [CR7]–[CR10] Reads a pasted or clicked text. White space around and inside is ignored. */
export function parseInvitation(text: string): Result<InvitationLink, InvitationError> {
  const notAnInvitation = fail({ code: 'link-not-an-invitation' } as const);
  const cutOff = fail({ code: 'link-cut-off' } as const);
  if (text.length > MAX_LINK_CHARACTERS) return notAnInvitation;
  const compact = text.replace(/\s+/g, '');
  const start = compact.indexOf(LINK_PREFIX);
  if (start < 0)
    return compact.length >= 'alegato://'.length && LINK_PREFIX.startsWith(compact) ? cutOff : notAnInvitation;
  const encoded = /^[A-Za-z0-9_-]*/.exec(compact.slice(start + LINK_PREFIX.length))?.[0] ?? '';
  const bytes = parseBase64url(encoded) ?? new Uint8Array();
  if (bytes.length < 3) return bytes.length > 0 && bytes[0] !== VERSION ? fail({ code: 'link-wrong-version' }) : cutOff;
  if (bytes[0] !== VERSION) return fail({ code: 'link-wrong-version' });
  const length = new DataView(bytes.buffer).getUint16(1);
  if (length < FIXED_BYTES + CHECKSUM_BYTES || bytes.length < length) return cutOff;
  return parsePayload(bytes.slice(0, length)) ?? cutOff;
}

/** Null when checksum or inner lengths are wrong. */
function parsePayload(payload: Uint8Array): Result<InvitationLink, InvitationError> | null {
  const view = new DataView(payload.buffer);
  if (view.getUint32(payload.length - CHECKSUM_BYTES) !== crc32(payload.subarray(0, -CHECKSUM_BYTES))) return null;
  const addressBytes = payload.subarray(FIXED_BYTES, -CHECKSUM_BYTES);
  if (view.getUint16(67) !== addressBytes.length) return null;
  const address = readUtf8(addressBytes);
  const relayUrl = address === null ? null : parseRelayUrl(address);
  if (!relayUrl?.ok) return fail({ code: 'link-not-an-invitation' });
  return ok({ relayUrl: relayUrl.value, roomPublicKey: payload.slice(3, 35), seed: payload.slice(35, 67) });
}

/** [CR10] A relay's address without trailing slashes; `ws:` or `wss:`, no user, password, query or fragment. */
export function parseRelayUrl(text: string): Result<string, { code: 'relay-address-invalid' }> {
  const trimmed = text.trim().replace(/\/+$/, '');
  const match = /^wss?:\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/.exec(trimmed);
  const port = match?.[2] ? Number(match[2].slice(1)) : 1;
  if (!match || trimmed.length > 500 || port < 1 || port > 65_535) return fail({ code: 'relay-address-invalid' });
  return ok(trimmed);
}
