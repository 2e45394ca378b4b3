import { hex } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { ROOT_DEVICE } from '../shared/sync/clientIds.ts';
import { type Frame, KIND, verifyFrame } from '../shared/sync/Frame.ts';
import type { RosterDevice, RosterView, SignedRecord } from '../shared/sync/Roster.ts';
import { ROLE_NAMES } from '../shared/sync/records.ts';

/** What of a device the judgement of an ordinary frame rests on. */
export type Standing = Pick<RosterDevice, 'publicKey' | 'keyName' | 'role'> & { limit: { counter: number } | null };

const KEY_BYTES = 32;
/** Number, place of the role among `ROLE_NAMES` from 1 (0: this key does not count), limit (infinite for none), key. */
const ROW_BYTES = 2 + 1 + 8 + KEY_BYTES;

/**
 * What a quiet room keeps of its records: every key ever admitted, and which of them count, in one array. It answers as
 * the `Roster` and the view it was made of; a frame that needs more than that needs the records.
 */
export class RestingRoster {
  readonly deviceCount: number;
  readonly #ciphers: Ciphers;
  readonly #rootKey: Uint8Array;
  readonly #rows: Uint8Array;

  constructor(ciphers: Ciphers, rootKey: Uint8Array, records: Iterable<SignedRecord>, view: RosterView) {
    this.#ciphers = ciphers;
    this.#rootKey = rootKey;
    this.deviceCount = view.devices.size;
    const admitted = new Map<string, { device: number; deviceKey: Uint8Array }>();
    for (const { body } of records)
      if (body.kind === KIND.admission)
        admitted.set(`${body.admission.device} ${hex(body.admission.deviceKey)}`, body.admission);
    this.#rows = new Uint8Array(admitted.size * ROW_BYTES);
    const cells = new DataView(this.#rows.buffer);
    let at = 0;
    for (const { device, deviceKey } of admitted.values()) {
      const counting = view.devices.get(device);
      const counts = counting?.keyName === hex(deviceKey);
      cells.setUint16(at, device);
      cells.setUint8(at + 2, counting && counts ? ROLE_NAMES.indexOf(counting.role) + 1 : 0);
      cells.setFloat64(at + 3, counting?.limit?.counter ?? Number.POSITIVE_INFINITY);
      this.#rows.set(deviceKey, at + ROW_BYTES - KEY_BYTES);
      at += ROW_BYTES;
    }
  }

  knows(device: number): boolean {
    return device === ROOT_DEVICE || this.#rowsOf(device).length > 0;
  }

  /** As `Roster.signerOf`. */
  signerOf(frame: Frame): string | null {
    if (frame.device === ROOT_DEVICE) return verifyFrame(this.#ciphers, this.#rootKey, frame) ? '' : null;
    for (const { publicKey } of this.#rowsOf(frame.device))
      if (verifyFrame(this.#ciphers, publicKey, frame)) return hex(publicKey);
    return null;
  }

  /** As `Roster.onlyKeyOf`, for devices. */
  onlyKeyOf(device: number): string | null {
    const [row, another] = this.#rowsOf(device);
    return row && !another ? hex(row.publicKey) : null;
  }

  /** Null for a device that does not count. */
  standingOf(device: number): Standing | null {
    for (const { publicKey, role, limit } of this.#rowsOf(device)) {
      const name = ROLE_NAMES[role - 1];
      if (!name) continue;
      return {
        publicKey,
        keyName: hex(publicKey),
        role: name,
        limit: limit < Number.POSITIVE_INFINITY ? { counter: limit } : null,
      };
    }
    return null;
  }

  #rowsOf(device: number): { publicKey: Uint8Array; role: number; limit: number }[] {
    const found: { publicKey: Uint8Array; role: number; limit: number }[] = [];
    const cells = new DataView(this.#rows.buffer);
    for (let at = 0; at < this.#rows.length; at += ROW_BYTES) {
      if (cells.getUint16(at) !== device) continue;
      const publicKey = this.#rows.slice(at + ROW_BYTES - KEY_BYTES, at + ROW_BYTES);
      found.push({ publicKey, role: cells.getUint8(at + 2), limit: cells.getFloat64(at + 3) });
    }
    return found;
  }
}
