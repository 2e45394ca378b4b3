import { equalBytes } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import type { RoomId } from '../shared/domain/ids.ts';
import { verifyAdmission } from '../shared/sync/admission.ts';
import { type Frame, frameHash, KIND, NO_HASH, parseFrame, verifyFrame } from '../shared/sync/Frame.ts';
import type { ChainEnd } from '../shared/sync/RelayMessage.ts';
import type { DeviceEnd, FrameLog, RoomState } from './FrameLog.ts';
import { BURST_SECONDS, type RelayLimits } from './limits.ts';
import type { StorageGuard } from './StorageGuard.ts';
import { Pace } from './TokenBucket.ts';

export type PostAnswer =
  | { outcome: 'stored'; device: number; counter: number; sequence: number }
  | { outcome: 'rejected'; device: number; counter: number; code: string };

/** A connection as a room sees it. */
export interface Member {
  push(sequence: number, frame: Uint8Array): void;
  presence(frame: Uint8Array): void;
  /** The room cannot go on (its disk refused): come back later. */
  dismiss(): void;
}

interface Pending {
  hash: Uint8Array;
  sequence: number;
  written: Promise<void>;
}

/** One room with connections: judges posted frames in memory, appends them, and hands them on. [SY21] [SY22] [SY23] */
export class Room {
  readonly id: RoomId;
  readonly idBytes: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly members = new Set<Member>();
  /** Of everything its members send together. */
  readonly pace: Pace;
  readonly #ciphers: Ciphers;
  readonly #log: FrameLog;
  readonly #limits: RelayLimits;
  readonly #storage: StorageGuard;
  /** Ends of what was accepted; the disk may still be behind. */
  readonly #devices: Map<number, DeviceEnd>;
  /** Ends of what is on disk. */
  readonly #durable: Map<number, DeviceEnd>;
  readonly #pending = new Map<string, Pending>();
  #lastSequence: number;
  #durableSequence: number;
  #sizeBytes: number;

  constructor(
    identity: { id: RoomId; idBytes: Uint8Array; publicKey: Uint8Array },
    state: RoomState,
    ciphers: Ciphers,
    log: FrameLog,
    limits: RelayLimits,
    storage: StorageGuard,
  ) {
    this.id = identity.id;
    this.idBytes = identity.idBytes;
    this.publicKey = identity.publicKey;
    this.#devices = new Map(state.devices);
    this.#durable = new Map(state.devices);
    this.#lastSequence = state.lastSequence;
    this.#durableSequence = state.lastSequence;
    this.#sizeBytes = state.sizeBytes;
    this.#ciphers = ciphers;
    this.#log = log;
    this.#limits = limits;
    this.#storage = storage;
    const { roomMessagesPerSecond, roomBytesPerSecond } = limits;
    this.pace = new Pace(roomMessagesPerSecond, roomBytesPerSecond, BURST_SECONDS, performance.now());
  }

  get durableSequence(): number {
    return this.#durableSequence;
  }

  get isEmpty(): boolean {
    return this.#lastSequence === 0;
  }

  /** What `welcome` names. */
  ends(): ChainEnd[] {
    return [...this.#durable].map(([device, { counter, hash }]) => ({ device, counter, hash }));
  }

  keyOf(device: number): Uint8Array | null {
    return this.#devices.get(device)?.publicKey ?? null;
  }

  /** Judges at once, in the order of the calls; resolves when the frame is on disk. Rejects only when the disk does. */
  async post(bytes: Uint8Array, from: Member | null): Promise<PostAnswer> {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) return { outcome: 'rejected', device: 0, counter: 0, code: parsed.error.code };
    const frame = parsed.value;
    const { device, counter } = frame;
    const rejected = (code: string): PostAnswer => ({ outcome: 'rejected', device, counter, code });
    if (frame.kind === KIND.presence) return rejected('frame-kind');
    if (!equalBytes(frame.roomId, this.idBytes)) return rejected('frame-room');
    const hash = frameHash(this.#ciphers, bytes);
    const end = this.#devices.get(device);
    if (end && counter <= end.counter) return this.#answerRepeated(frame, hash);
    const publicKey = this.#judge(frame, end);
    if (typeof publicKey === 'string') return rejected(publicKey);
    return this.#append(frame, hash, publicKey, end, from);
  }

  /** True for presence rightly signed by this device; it is not stored. */
  isPresenceOf(device: number, bytes: Uint8Array): boolean {
    const parsed = parseFrame(bytes);
    const publicKey = this.keyOf(device);
    return (
      parsed.ok &&
      publicKey !== null &&
      parsed.value.kind === KIND.presence &&
      parsed.value.device === device &&
      equalBytes(parsed.value.roomId, this.idBytes) &&
      verifyFrame(this.#ciphers, publicKey, parsed.value)
    );
  }

  /** The key a new device brings, null for a known one, or the code of the refusal. */
  #judge(frame: Frame, end: DeviceEnd | undefined): Uint8Array | null | string {
    if (this.#sizeBytes + frame.bytes.length > this.#limits.roomBytes || !this.#storage.hasRoomFor(frame.bytes.length))
      return 'relay-quota';
    if (frame.kind === KIND.admission) {
      if (end) return 'fork';
      if (this.#devices.size >= this.#limits.devicesPerRoom) return 'relay-quota';
      const admission = verifyAdmission(this.#ciphers, this.publicKey, frame);
      return admission.ok ? admission.value.publicKey : admission.error.code;
    }
    if (!end) return 'not-admitted';
    if (!verifyFrame(this.#ciphers, end.publicKey, frame)) return 'bad-signature';
    if (frame.counter > end.counter + 1) return 'gap';
    return equalBytes(frame.previous, end.hash ?? NO_HASH) ? null : 'fork';
  }

  async #append(
    frame: Frame,
    hash: Uint8Array,
    newKey: Uint8Array | null,
    end: DeviceEnd | undefined,
    from: Member | null,
  ): Promise<PostAnswer> {
    const { device, counter } = frame;
    const bytes = frame.bytes.slice(); // the message it came in is larger and would be kept alive
    const sequence = ++this.#lastSequence;
    this.#sizeBytes += bytes.length;
    const newEnd: DeviceEnd = { counter, hash, publicKey: newKey ?? (end as DeviceEnd).publicKey };
    this.#devices.set(device, newEnd);
    const written = this.#log.append(this.id, sequence, this.#sizeBytes, {
      bytes,
      device,
      counter,
      hash,
      publicKey: newKey,
    });
    const key = `${device}/${counter}`;
    this.#pending.set(key, { hash, sequence, written });
    try {
      await written;
    } catch (error) {
      for (const member of this.members) member.dismiss();
      throw error;
    } finally {
      this.#pending.delete(key);
    }
    this.#durable.set(device, newEnd);
    this.#durableSequence = sequence;
    for (const member of this.members) if (member !== from) member.push(sequence, bytes);
    return { outcome: 'stored', device, counter, sequence };
  }

  async #answerRepeated({ device, counter, kind, bytes }: Frame, hash: Uint8Array): Promise<PostAnswer> {
    const pending = this.#pending.get(`${device}/${counter}`);
    if (pending) await pending.written;
    const known = pending ?? (await this.#log.find(this.id, device, counter));
    if (known && equalBytes(known.hash, hash)) return { outcome: 'stored', device, counter, sequence: known.sequence };
    const key = this.keyOf(device);
    const admission = kind === KIND.admission ? parseFrame(bytes) : null;
    const sameKey = admission?.ok && key && equalBytes(admission.value.body.subarray(0, 32), key);
    return { outcome: 'rejected', device, counter, code: kind === KIND.admission && !sameKey ? 'link-used' : 'fork' };
  }
}
