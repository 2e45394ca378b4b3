import { equalBytes, hex, parseHex } from '../crypto/bytes.ts';
import type { Ciphers, SignPair } from '../crypto/Ciphers.ts';
import { EPOCH_ID_BYTES, type Epoch } from '../crypto/room.ts';
import { type ByteReader, MalformedBytes, readWith } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { isDeviceNumber, ROOT_DEVICE } from './clientIds.ts';
import { HASH_BYTES, KIND, type Kind } from './Frame.ts';

/** Bodies of records as in SPEC.md, "Records". Byte fields of parsed bodies are copies. */

export const ROLE_NAMES = ['owner', 'editor', 'reviewer', 'reader'] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

export interface Invitation {
  key: Uint8Array;
  role: RoleName;
  organization: number;
  device: number;
  /** Seconds since 1970; judged by the admitting device only. */
  expires: number;
  /** [SY83] Sealed: for whom it is; empty for none. */
  label: Uint8Array;
}
/** Epoch keys sealed to one device: `box` opens to the keys of `ids`, in their order. */
export interface EpochBox {
  ids: Uint8Array[];
  box: Uint8Array;
}
export interface Admission {
  device: number;
  deviceKey: Uint8Array;
  boxKey: Uint8Array;
  organization: number;
  role: RoleName;
  /** Hash of the invitation's frame, or null. */
  invitation: Uint8Array | null;
  /** By the invitation's key; zeros without one. */
  signature: Uint8Array;
  epochs: EpochBox;
}
export interface Revocation {
  device: number;
  counter: number;
  hash: Uint8Array;
  epochId: Uint8Array;
  boxes: Map<number, Uint8Array>;
}
export interface Grant {
  device: number;
  epochs: EpochBox;
}
export interface CoveredEnd {
  counter: number;
  hash: Uint8Array;
}
export interface Coverage {
  ends: Map<number, CoveredEnd>;
  /** Hashes of the records covered, in hexadecimal. */
  records: Set<string>;
  /** Where the sealed part of the snapshot's body begins. */
  length: number;
}
export type RecordBody =
  | { kind: typeof KIND.invitation; invitation: Invitation }
  | { kind: typeof KIND.admission; admission: Admission }
  | { kind: typeof KIND.revocation; revocation: Revocation }
  | { kind: typeof KIND.grant; grant: Grant }
  | { kind: typeof KIND.countersignature; snapshot: Uint8Array }
  | { kind: typeof KIND.withdrawal; invitation: Uint8Array }
  | { kind: typeof KIND.snapshot; coverage: Coverage };

const SIGNATURE = 64;
const MAX_BOX = 64 * 1024;
const MAX_LABEL = 4 * 1024;
const NONE = new Uint8Array(HASH_BYTES);

export function encodeInvitation(invitation: Omit<Invitation, 'label'> & { label?: Uint8Array }): Uint8Array {
  const w = new ByteWriter()
    .raw(invitation.key)
    .u8(roleByte(invitation.role))
    .u16(invitation.organization)
    .u16(invitation.device)
    .u64(invitation.expires);
  return (invitation.label ? w.sized(invitation.label) : w).done();
}

export function encodeAdmission(admission: Admission): Uint8Array {
  const w = new ByteWriter()
    .u16(admission.device)
    .raw(admission.deviceKey)
    .raw(admission.boxKey)
    .u16(admission.organization)
    .u8(roleByte(admission.role))
    .raw(admission.invitation ?? NONE)
    .raw(admission.signature);
  return writeEpochs(w, admission.epochs).done();
}

export function encodeRevocation(revocation: Revocation): Uint8Array {
  const w = new ByteWriter()
    .u16(revocation.device)
    .u64(revocation.counter)
    .raw(revocation.hash)
    .raw(revocation.epochId)
    .u16(revocation.boxes.size);
  for (const [device, box] of [...revocation.boxes].sort((a, b) => a[0] - b[0])) w.u16(device).sized(box);
  return w.done();
}

export function encodeGrant(grant: Grant): Uint8Array {
  return writeEpochs(new ByteWriter().u16(grant.device), grant.epochs).done();
}

export function encodeCoverage(coverage: Pick<Coverage, 'ends' | 'records'>): Uint8Array {
  const w = new ByteWriter().u16(coverage.ends.size);
  for (const [device, { counter, hash }] of [...coverage.ends].sort((a, b) => a[0] - b[0]))
    w.u16(device).u64(counter).raw(hash);
  w.u16(coverage.records.size);
  for (const name of [...coverage.records].sort()) w.raw(parseHex(name) ?? NONE);
  return w.done();
}

/** Null when the body is not of the grammar of its kind. */
export function parseRecord(kind: Kind, body: Uint8Array): RecordBody | null {
  return readWith(body, (r): RecordBody => {
    switch (kind) {
      case KIND.invitation:
        return ended(r, { kind, invitation: readInvitation(r) });
      case KIND.admission:
        return ended(r, { kind, admission: readAdmission(r) });
      case KIND.revocation:
        return ended(r, { kind, revocation: readRevocation(r) });
      case KIND.grant:
        return ended(r, { kind, grant: { device: deviceNumber(r), epochs: readEpochs(r) } });
      case KIND.countersignature:
        return ended(r, { kind, snapshot: r.raw(HASH_BYTES).slice() });
      case KIND.withdrawal:
        return ended(r, { kind, invitation: r.raw(HASH_BYTES).slice() });
      case KIND.snapshot:
        return { kind, coverage: readCoverage(r) };
      default:
        throw new MalformedBytes();
    }
  });
}

/** Boxes the keys of epochs for a device's box key. */
export function boxEpochs(ciphers: Ciphers, boxKey: Uint8Array, epochs: readonly Epoch[]): EpochBox {
  const keys = new ByteWriter();
  for (const epoch of epochs) keys.raw(epoch.key);
  return { ids: epochs.map((epoch) => epoch.id), box: ciphers.sealBox(boxKey, keys.done()) };
}

/** The keys in a box for this device; null when it is not for it or does not hold `count` keys. */
export function openEpochs(ciphers: Ciphers, pair: SignPair, box: Uint8Array, count: number): Uint8Array[] | null {
  const plain = ciphers.openBox(pair, box);
  if (!plain || plain.length !== count * 32) return null;
  return Array.from({ length: count }, (_, i) => plain.slice(i * 32, i * 32 + 32));
}

function readInvitation(r: ByteReader): Invitation {
  return {
    key: r.raw(32).slice(),
    role: role(r),
    organization: number16(r),
    device: deviceNumber(r),
    expires: r.u64(),
    label: r.left > 0 ? r.sized(MAX_LABEL).slice() : new Uint8Array(),
  };
}

function readAdmission(r: ByteReader): Admission {
  const fields = {
    device: deviceNumber(r),
    deviceKey: r.raw(32).slice(),
    boxKey: r.raw(32).slice(),
    organization: number16(r),
    role: role(r),
  };
  const invitation = r.raw(HASH_BYTES).slice();
  const signature = r.raw(SIGNATURE).slice();
  return { ...fields, invitation: equalBytes(invitation, NONE) ? null : invitation, signature, epochs: readEpochs(r) };
}

function readRevocation(r: ByteReader): Revocation {
  const fields = {
    device: deviceNumber(r),
    counter: r.u64(),
    hash: r.raw(HASH_BYTES).slice(),
    epochId: r.raw(EPOCH_ID_BYTES).slice(),
  };
  const boxes = new Map<number, Uint8Array>();
  for (let left = count16(r, 6); left > 0; left--) boxes.set(deviceNumber(r), r.sized(MAX_BOX).slice());
  return { ...fields, boxes };
}

function readCoverage(r: ByteReader): Coverage {
  const ends = new Map<number, CoveredEnd>();
  let last = -1;
  for (let left = count16(r, 42); left > 0; left--) {
    const device = r.u16();
    if (device <= last) throw new MalformedBytes();
    last = device;
    const counter = r.u64();
    if (counter < 1) throw new MalformedBytes();
    ends.set(device, { counter, hash: r.raw(HASH_BYTES).slice() });
  }
  const records = new Set<string>();
  let before = '';
  for (let left = count16(r, HASH_BYTES); left > 0; left--) {
    const name = hex(r.raw(HASH_BYTES));
    if (name <= before) throw new MalformedBytes();
    records.add((before = name));
  }
  return { ends, records, length: r.at };
}

function writeEpochs(w: ByteWriter, epochs: EpochBox): ByteWriter {
  w.u16(epochs.ids.length);
  for (const id of epochs.ids) w.raw(id);
  return w.sized(epochs.box);
}

function readEpochs(r: ByteReader): EpochBox {
  const ids: Uint8Array[] = [];
  for (let left = count16(r, EPOCH_ID_BYTES); left > 0; left--) ids.push(r.raw(EPOCH_ID_BYTES).slice());
  return { ids, box: r.sized(MAX_BOX).slice() };
}

function ended<T>(r: ByteReader, value: T): T {
  r.end();
  return value;
}

function role(r: ByteReader): RoleName {
  const name = ROLE_NAMES[r.u8() - 1];
  if (!name) throw new MalformedBytes();
  return name;
}

function roleByte(name: RoleName): number {
  return ROLE_NAMES.indexOf(name) + 1;
}

function deviceNumber(r: ByteReader): number {
  const value = r.u16();
  if (value === ROOT_DEVICE || !isDeviceNumber(value)) throw new MalformedBytes();
  return value;
}

function number16(r: ByteReader): number {
  const value = r.u16();
  if (value === 0) throw new MalformedBytes();
  return value;
}

function count16(r: ByteReader, itemBytes: number): number {
  const count = r.u16();
  if (count * itemBytes > r.left) throw new MalformedBytes();
  return count;
}
