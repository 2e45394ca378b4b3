import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import type { Target } from './RawLine.ts';

/** What an attack is given. */
export interface AttackRun {
  /** A relay and a fresh address of this computer for each connection, so that no limit on one address ends the attack. */
  target(): Target;
  /** The one address that the storms come from. */
  readonly oneAddress: Target;
  readonly random: SeededRandom;
  /** Malformed messages still to be sent; an attack goes on until none is left or the time is up. */
  left(): number;
  /** Counts what was really written to an open connection. */
  sent(messages: number): void;
  /** A connection that the relay did not let in. */
  refused(): void;
}

/** One way to molest a relay. */
export interface Attack {
  readonly name: string;
  /** For people: what is sent, in a few words. */
  readonly about: string;
  /** Share of all messages, relative to the other attacks. */
  readonly weight: number;
  /** Never more messages than this, however large the run. */
  readonly most?: number;
  /** As many as this, unless that were more than a fifth of the run. */
  readonly least?: number;
  /** How many of `attempt` run side by side. */
  readonly lanes: number;
  /** One connection's worth of it; returns when that connection is over. Called again until enough is sent. */
  attempt(run: AttackRun): Promise<void>;
}
