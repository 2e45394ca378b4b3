import type { RoomId } from '../domain/ids.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { base32, base64url, parseBase64url } from './baseEncoding.ts';
import { equalBytes, join, readUtf8, utf8 } from './bytes.ts';
import type { Ciphers } from './Ciphers.ts';
import { crc32 } from './crc32.ts';
import { deriveRoom, ROOM_ID_BYTES, type RoomKeys, type RoomSecrets } from './room.ts';

/** What one link carries. Whoever holds it before its use can join: docs/threats.md. */
export interface Invitation extends RoomSecrets {
  /** As `parseRelayUrl` gives it. */
  relayUrl: string;
  roomId: RoomId;
  roomIdBytes: Uint8Array;
  /** Assigned to the one device that may use the link. */
  deviceNumber: number;
  organizationNumber: number;
}
export type InvitationError = { code: 'link-not-an-invitation' | 'link-cut-off' | 'link-wrong-version' };

export const LINK_PREFIX = 'alegato://join#';
const VERSION = 1;
const FIXED_BYTES = 1 + 2 + ROOM_ID_BYTES + 32 + 32 + 2 + 2 + 2;
const CHECKSUM_BYTES = 4;
const MAX_LINK_CHARACTERS = 4_000;

/** The link of an invitation, ASCII, some 200 characters. */
export function writeInvitation(invitation: Omit<Invitation, 'roomId'>): string {
  const address = utf8(invitation.relayUrl);
  const payload = new Uint8Array(FIXED_BYTES + address.length + CHECKSUM_BYTES);
  const view = new DataView(payload.buffer);
  payload[0] = VERSION;
  view.setUint16(1, payload.length);
  payload.set(join(invitation.roomIdBytes, invitation.roomSeed, invitation.epochKey), 3);
  view.setUint16(83, invitation.deviceNumber);
  view.setUint16(85, invitation.organizationNumber);
  view.setUint16(87, address.length);
  payload.set(address, FIXED_BYTES);
  view.setUint32(payload.length - CHECKSUM_BYTES, crc32(payload.subarray(0, -CHECKSUM_BYTES)));
  return LINK_PREFIX + base64url(payload);
}

/** [CR7]–[CR10] Reads a pasted or clicked text. White space around and inside is ignored. */
export function parseInvitation(text: string): Result<Invitation, InvitationError> {
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
function parsePayload(payload: Uint8Array): Result<Invitation, InvitationError> | null {
  const view = new DataView(payload.buffer);
  if (view.getUint32(payload.length - CHECKSUM_BYTES) !== crc32(payload.subarray(0, -CHECKSUM_BYTES))) return null;
  const addressBytes = payload.subarray(FIXED_BYTES, -CHECKSUM_BYTES);
  if (view.getUint16(87) !== addressBytes.length) return null;
  const address = readUtf8(addressBytes);
  const relayUrl = address === null ? null : parseRelayUrl(address);
  const deviceNumber = view.getUint16(83);
  if (!relayUrl?.ok || deviceNumber < 2) return fail({ code: 'link-not-an-invitation' });
  const roomIdBytes = payload.slice(3, 19);
  return ok({
    relayUrl: relayUrl.value,
    roomId: base32(roomIdBytes) as RoomId,
    roomIdBytes,
    roomSeed: payload.slice(19, 51),
    epochKey: payload.slice(51, 83),
    deviceNumber,
    organizationNumber: view.getUint16(85),
  });
}

/** The keys of the room a link leads to; `link-cut-off` when its room id does not belong to its key. */
export function acceptInvitation(ciphers: Ciphers, invitation: Invitation): Result<RoomKeys, { code: 'link-cut-off' }> {
  const room = deriveRoom(ciphers, invitation);
  return equalBytes(room.roomIdBytes, invitation.roomIdBytes) ? ok(room) : fail({ code: 'link-cut-off' });
}

/** [CR10] A relay's address without trailing slashes; `ws:` or `wss:`, no user, password, query or fragment. */
export function parseRelayUrl(text: string): Result<string, { code: 'relay-address-invalid' }> {
  const trimmed = text.trim().replace(/\/+$/, '');
  const match = /^wss?:\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/.exec(trimmed);
  const port = match?.[2] ? Number(match[2].slice(1)) : 1;
  if (!match || trimmed.length > 500 || port < 1 || port > 65_535) return fail({ code: 'relay-address-invalid' });
  return ok(trimmed);
}
