import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';

/** Share of messages, 0 to 1, that each fault befalls; a fault left out never happens. */
export interface Faults {
  /** Held back, and everything behind it with it, for up to `longestDelayMs`. */
  delay?: number;
  longestDelayMs?: number;
  drop?: number;
  duplicate?: number;
  /** Handed on after the message behind it. */
  reorder?: number;
  /** The connection ends here, without a word to either side; this message is lost with it. */
  cut?: number;
  /** Handed on without its end; possibly nothing is left. */
  truncate?: number;
  /** One bit is turned over. */
  flip?: number;
}

export const FAULT_NAMES = ['delay', 'drop', 'duplicate', 'reorder', 'cut', 'truncate', 'flip'] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** What becomes of one message. `fault` is null for a message that passes as it is. */
export interface Fate {
  fault: FaultName | null;
  delayMs: number;
  /** 0, 1 or 2 messages, perhaps damaged. */
  copies: readonly Uint8Array[];
  afterNext: boolean;
  cut: boolean;
}

const LONGEST_DELAY_MS = 50;

/**
 * Draws one message's fate. Takes four numbers from `random` whatever comes of it, so that the fate of a connection's n-th
 * message follows from seed and n alone.
 */
export function decideFate(random: SeededRandom, faults: Faults, bytes: Uint8Array): Fate {
  const fault = drawFault(random.next(), faults);
  const [amount, place, bit] = [random.next(), random.next(), random.below(8)];
  const fate: Fate = { fault, delayMs: 0, copies: [bytes], afterNext: false, cut: false };
  switch (fault) {
    case null:
      return fate;
    case 'delay':
      return { ...fate, delayMs: Math.ceil(amount * (faults.longestDelayMs ?? LONGEST_DELAY_MS)) };
    case 'drop':
      return { ...fate, copies: [] };
    case 'duplicate':
      return { ...fate, copies: [bytes, bytes] };
    case 'reorder':
      return { ...fate, afterNext: true };
    case 'cut':
      return { ...fate, copies: [], cut: true };
    case 'truncate':
      return { ...fate, copies: [bytes.slice(0, Math.floor(amount * bytes.length))] };
    case 'flip':
      return { ...fate, copies: [flipped(bytes, Math.floor(place * bytes.length), bit)] };
  }
}

/** A copy of `bytes` with one bit turned over; empty input stays empty. */
export function flipped(bytes: Uint8Array, index: number, bit: number): Uint8Array {
  const copy = bytes.slice();
  if (index < copy.length) copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  return copy;
}

function drawFault(drawn: number, faults: Faults): FaultName | null {
  let below = 0;
  for (const name of FAULT_NAMES) {
    below += faults[name] ?? 0;
    if (drawn < below) return name;
  }
  return null;
}
