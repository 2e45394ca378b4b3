import { equalBytes } from '../crypto/bytes.ts';
import type { Ciphers } from '../crypto/Ciphers.ts';
import type { RoomKeys } from '../crypto/room.ts';
import { type Admission, verifyAdmission } from './admission.ts';
import { mayWrite } from './clientIds.ts';
import { parseUpdateContent, type UpdateContent } from './content.ts';
import { type Frame, frameHash, KIND, NO_HASH, openFrame, parseFrame, verifyFrame } from './Frame.ts';
import { scanUpdate, type UpdateScan } from './scanUpdate.ts';

/** A frame whose turn has come. `update` is null for admissions and for refused content. */
export interface CountedFrame {
  device: number;
  counter: number;
  update: { bytes: Uint8Array; scan: UpdateScan; heads: ReadonlyMap<number, number> } | null;
  /** Why the content adds nothing; null when it counts. [SY14] */
  refusal: 'wrong-key-or-damaged' | 'bad-padding' | 'bad-content' | 'foreign-client-id' | 'bad-update' | null;
}

export type LedgerError =
  | 'frame-size'
  | 'frame-version'
  | 'frame-kind'
  | 'frame-device'
  | 'frame-counter'
  | 'frame-room'
  | 'frame-epoch'
  | 'bad-signature'
  | 'bad-content'
  | 'not-admitted'
  | 'fork'
  | 'link-used';

export type LedgerAnswer =
  /** The frame is new and belongs in the store. `counted` holds it and those that waited for it, in order; empty: it waits. */
  | { outcome: 'kept'; device: number; counter: number; counted: CountedFrame[] }
  | { outcome: 'duplicate'; device: number; counter: number }
  | { outcome: 'refused'; code: LedgerError; device: number | null };

interface Chain {
  admission: Admission;
  /** Hash of the frame with counter i + 1. */
  hashes: Uint8Array[];
  /** Last counter handed out as counted. */
  applied: number;
  /** Frames with the right signature that wait, by counter. */
  waiting: Map<number, { frame: Frame; hash: Uint8Array; opened: Opened | null }>;
}
type Opened = Pick<CountedFrame, 'update' | 'refusal'>;

/**
 * What a device knows of a room's chains: which frames count, which wait, which are refused. The outcome follows from
 * the frames alone; clocks and the order of arrival play no part. [SY4] [SY9] [SY11] [SY12] [SY14]
 */
export class RoomLedger {
  readonly #ciphers: Ciphers;
  readonly #room: RoomKeys;
  readonly #chains = new Map<number, Chain>();

  constructor(ciphers: Ciphers, room: RoomKeys) {
    this.#ciphers = ciphers;
    this.#room = room;
  }

  /** Takes one stored frame in. `trusted` skips the signature: for frames this device sealed at rest itself. */
  accept(bytes: Uint8Array, options: { trusted: boolean } = { trusted: false }): LedgerAnswer {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return { outcome: 'refused', code: parsed.error.code, device: null };
    const frame = parsed.value;
    const refused = (code: LedgerError): LedgerAnswer => ({ outcome: 'refused', code, device: frame.device });
    if (frame.kind === KIND.presence) return refused('frame-kind');
    if (!equalBytes(frame.roomId, this.#room.roomIdBytes)) return refused('frame-room');
    if (!equalBytes(frame.epochId, this.#room.epochId)) return refused('frame-epoch');
    return frame.kind === KIND.admission ? this.#admit(frame) : this.#acceptUpdate(frame, options.trusted, refused);
  }

  /** The key of an admitted device, or null. */
  publicKeyOf(device: number): Uint8Array | null {
    return this.#chains.get(device)?.admission.publicKey ?? null;
  }

  organizationOf(device: number): number | null {
    return this.#chains.get(device)?.admission.organizationNumber ?? null;
  }

  devices(): number[] {
    return [...this.#chains.keys()];
  }

  /** Last counter and its hash of the unbroken chain held here; counter 0 for a device not admitted. */
  chainEnd(device: number): { counter: number; hash: Uint8Array } {
    const hashes = this.#chains.get(device)?.hashes ?? [];
    return { counter: hashes.length, hash: hashes[hashes.length - 1] ?? NO_HASH };
  }

  hashAt(device: number, counter: number): Uint8Array | null {
    return this.#chains.get(device)?.hashes[counter - 1] ?? null;
  }

  /** [SY11] Last counted counter of every device. */
  heads(): Map<number, number> {
    return new Map([...this.#chains].map(([device, chain]) => [device, chain.applied]));
  }

  /** Frames held back for a predecessor. */
  waitingCount(): number {
    let count = 0;
    for (const chain of this.#chains.values()) count += chain.waiting.size;
    return count;
  }

  #admit(frame: Frame): LedgerAnswer {
    const { device, counter } = frame;
    const verified = verifyAdmission(this.#ciphers, this.#room.roomPublicKey, frame);
    if (!verified.ok) return { outcome: 'refused', code: verified.error.code, device };
    const known = this.#chains.get(device);
    if (known) {
      const same = equalBytes(known.admission.publicKey, verified.value.publicKey);
      return same ? { outcome: 'duplicate', device, counter } : { outcome: 'refused', code: 'link-used', device };
    }
    this.#chains.set(device, {
      admission: verified.value,
      hashes: [frameHash(this.#ciphers, frame.bytes)],
      applied: 1,
      waiting: new Map(),
    });
    const counted = [{ device, counter, update: null, refusal: null }, ...this.#countWaiting()];
    return { outcome: 'kept', device, counter, counted };
  }

  #acceptUpdate(frame: Frame, trusted: boolean, refused: (code: LedgerError) => LedgerAnswer): LedgerAnswer {
    const { device, counter } = frame;
    const chain = this.#chains.get(device);
    if (!chain) return refused('not-admitted');
    const hash = frameHash(this.#ciphers, frame.bytes);
    const known = chain.hashes[counter - 1] ?? chain.waiting.get(counter)?.hash;
    if (known && equalBytes(known, hash)) return { outcome: 'duplicate', device, counter };
    if (!trusted && !verifyFrame(this.#ciphers, chain.admission.publicKey, frame)) return refused('bad-signature');
    if (known) return refused('fork');
    if (counter === chain.hashes.length + 1 && !equalBytes(frame.previous, this.chainEnd(device).hash))
      return refused('fork');
    chain.waiting.set(counter, { frame, hash, opened: null });
    this.#extend(chain);
    return { outcome: 'kept', device, counter, counted: this.#countWaiting() };
  }

  /** Moves the end of the chain over waiting frames that continue it. */
  #extend(chain: Chain): void {
    for (;;) {
      const next = chain.waiting.get(chain.hashes.length + 1);
      if (!next) return;
      if (!equalBytes(next.frame.previous, chain.hashes[chain.hashes.length - 1] ?? NO_HASH)) {
        chain.waiting.delete(next.frame.counter);
        return;
      }
      chain.hashes.push(next.hash);
    }
  }

  #countWaiting(): CountedFrame[] {
    const counted: CountedFrame[] = [];
    for (let moved = true; moved; ) {
      moved = false;
      for (const [device, chain] of this.#chains) {
        for (;;) {
          const counter = chain.applied + 1;
          const next = counter <= chain.hashes.length ? chain.waiting.get(counter) : undefined;
          if (!next) break;
          next.opened ??= this.#open(next.frame);
          if (next.opened.update && !this.#holds(next.opened.update.heads, device)) break;
          chain.waiting.delete(counter);
          chain.applied = counter;
          counted.push({ device, counter, ...next.opened });
          moved = true;
        }
      }
    }
    return counted;
  }

  #holds(heads: ReadonlyMap<number, number>, author: number): boolean {
    for (const [device, counter] of heads) {
      if (device !== author && (this.#chains.get(device)?.applied ?? 0) < counter) return false;
    }
    return true;
  }

  #open(frame: Frame): Opened {
    const refusal = (code: NonNullable<CountedFrame['refusal']>): Opened => ({ update: null, refusal: code });
    const content = openFrame(this.#ciphers, this.#room, frame);
    if (!content.ok) return refusal(content.error.code === 'bad-padding' ? 'bad-padding' : 'wrong-key-or-damaged');
    const parsed: UpdateContent | null = parseUpdateContent(content.value);
    if (!parsed) return refusal('bad-content');
    const scan = scanUpdate(parsed.update);
    if (!scan.ok) return refusal('bad-update');
    if (scan.value.clients.some(({ client }) => !mayWrite(frame.device, client))) return refusal('foreign-client-id');
    return { update: { bytes: parsed.update, scan: scan.value, heads: parsed.heads }, refusal: null };
  }
}
