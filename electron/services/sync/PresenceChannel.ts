import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { Room } from '../../../shared/crypto/room.ts';
import { type AwarenessEntry, encodeAwareness, parseAwareness } from '../../../shared/sync/awarenessUpdate.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { encodePresenceContent, parsePresenceContent } from '../../../shared/sync/content.ts';
import { createFrame, KIND, NO_HASH, parseFrame, verifyAndOpen } from '../../../shared/sync/Frame.ts';
import type { Clock, SyncTiming } from './Clock.ts';
import type { RoomRecord } from './RoomRecord.ts';

export interface PresenceChannelOptions {
  ciphers: Ciphers;
  room: Room;
  device: { number: number; secretKey: Uint8Array };
  record: RoomRecord;
  clock: Clock;
  timing: SyncTiming;
  /** Windows that show themselves in the room, own ones too. */
  present(): number;
  /** Sends a sealed presence frame, or drops it when there is no connection. */
  send(frame: Uint8Array): void;
}

export interface ReceivedPresence {
  device: number;
  asks: boolean;
  /** An awareness update of that device's own clients; null for none. */
  awareness: Uint8Array | null;
  /** The device's heads moved on. */
  headsMoved: boolean;
  /** A device of which it holds another history than the one here; null for none. */
  forked: number | null;
}

/** With so many it is told after `headsMs`. */
const FEW = 4;
/** Everybody tells everybody: told at one pace, that would be as many deliveries a second as there are pairs. */
const LATER_POWER = 1.5;

/** Presence, sealed: cursors and names out and in, and who has what. Never stored. [SY5] [SY11] [SY12] */
export class PresenceChannel {
  readonly #options: PresenceChannelOptions;
  readonly #pending = new Map<number, AwarenessEntry>();
  #asks = false;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #timer: { atMs: number; cancel: () => void } | null = null;

  constructor(options: PresenceChannelOptions) {
    this.#options = options;
  }

  /** Takes the provider's awareness update; entries of other devices are not ours to send. */
  take(update: Uint8Array): void {
    for (const entry of parseAwareness(update) ?? []) {
      if (deviceOfClient(entry.client) === this.#options.device.number) this.#pending.set(entry.client, entry);
    }
    if (this.#pending.size > 0)
      this.#schedule(this.#options.timing.presenceMs - (this.#options.clock.now() - this.#lastSentMs));
  }

  /** Sends heads now, with the question who is here. */
  ask(): void {
    this.#asks = true;
    this.#sendNow();
  }

  /**
   * Tells partners soon what has been applied here; the more there are the later, and each at another time: all of them
   * have applied the same frame at the same moment. [SY16]
   */
  tellHeads(): void {
    const { timing, present } = this.#options;
    const crowd = present() / FEW;
    this.#schedule(crowd <= 1 ? timing.headsMs : timing.headsMs * crowd ** LATER_POWER * (0.5 + Math.random()));
  }

  /** Null for what is not rightly signed presence of an admitted other device. */
  receive(bytes: Uint8Array): ReceivedPresence | null {
    const { ciphers, room, record } = this.#options;
    const parsed = parseFrame(bytes);
    if (!parsed.ok || parsed.value.kind !== KIND.presence || parsed.value.device === this.#options.device.number)
      return null;
    const { device } = parsed.value;
    const member = record.ledger.view.devices.get(device);
    const epoch = record.ledger.epochOf(parsed.value);
    if (!member || member.limit || !epoch) return null;
    const opened = verifyAndOpen(ciphers, room, epoch, member.publicKey, parsed.value);
    const content = opened.ok ? parsePresenceContent(opened.value) : null;
    if (!content) return null;
    const entries = content.awareness.length === 0 ? [] : parseAwareness(content.awareness);
    if (!entries?.every(({ client }) => deviceOfClient(client) === device)) return null;
    const headsMoved = record.noteSeen(device, content.heads);
    const forked = record.ledger.noteNamed(content.heads);
    return {
      device,
      asks: content.asks,
      awareness: entries.length > 0 ? encodeAwareness(entries) : null,
      headsMoved,
      forked,
    };
  }

  /** Says at once that these clients are gone. */
  leave(entries: AwarenessEntry[]): void {
    for (const entry of entries) this.#pending.set(entry.client, entry);
    this.#sendNow();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#pending.clear();
  }

  #schedule(delayMs: number): void {
    if (delayMs <= 0) return this.#sendNow();
    const atMs = this.#options.clock.now() + delayMs;
    if (this.#timer && this.#timer.atMs <= atMs) return;
    this.#timer?.cancel();
    this.#timer = { atMs, cancel: this.#options.clock.setTimer(() => this.#sendNow(), delayMs) };
  }

  #sendNow(): void {
    const { ciphers, room, device, record, clock, send } = this.#options;
    const epoch = record.ledger.sealingEpoch();
    if (!epoch) return; // asked again once there is a key
    const awareness = this.#pending.size > 0 ? encodeAwareness([...this.#pending.values()]) : new Uint8Array();
    const content = encodePresenceContent({ heads: record.headsToTell(device.number), asks: this.#asks, awareness });
    this.stop();
    this.#asks = false;
    this.#lastSentMs = clock.now();
    send(
      createFrame(ciphers, room, epoch, device.secretKey, {
        kind: KIND.presence,
        device: device.number,
        counter: 0,
        previous: NO_HASH,
        content,
      }),
    );
  }
}
