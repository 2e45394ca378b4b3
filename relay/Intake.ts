import { LIMITS } from '../shared/sync/limits.ts';

/** A connection as the intake sees it. */
export interface IntakeLine {
  /** Reads nothing more until `resume`. */
  pause(): void;
  resume(): void;
  /** It is gone at once, and what it holds with it. */
  cutOff(): void;
  /** Something else than the intake keeps it from being read, so that it cannot make progress. */
  readonly isHeldUp: boolean;
}

/** What one connection has in the intake. */
export interface IntakeAccount {
  /** So many bytes now; called after every piece that was read and every message that was dealt with. */
  hold(sizeBytes: number): void;
  close(): void;
}

export interface IntakeOptions {
  limitBytes: number;
  /** An unfinished message may stand still for this long. */
  stillMs: number;
  now: () => number;
  /** A connection is being cut off. */
  onCutOff(code: 'half-message' | 'intake-full'): void;
}

interface Account {
  line: IntakeLine;
  group: Group;
  sizeBytes: number;
  /** When it last read something; while it must not, the present. */
  movedMs: number;
  paused: boolean;
  /** Cut off; its last pieces may still come. */
  gone: boolean;
}

interface Group {
  sizeBytes: number;
  accounts: Set<Account>;
}

/** So much is read of everybody, however tight it is: a keystroke, an acknowledgement, a presence. */
const SMALL_BYTES = 16 * 1024;
/** What was under way when the others were paused; with that and one of the largest messages beside it, connections are cut off. */
const OVERSHOOT = 1.25;
/** One address has no more of the intake than this while others could use it. */
const ADDRESS_SHARE = 0.5;
/** With others waiting for it the one that is read must bring so much a second. */
const PACE_BYTES = 64 * 1024;
const PACE_MS = 2_000;

/**
 * [SY77] Memory for what has come in and is not dealt with yet: halves of messages, and messages that wait. When it is used
 * up, larger messages are read one after the other, the next one from the address that holds least; whoever has the turn and
 * does not bring the rest loses the connection, and so does a half that stands still. Small messages never wait for it.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #groups = new Map<string, Group>();
  /** In the order in which they were paused. */
  readonly #paused = new Set<Account>();
  #sizeBytes = 0;
  /** The one that is read although it is tight. */
  #turn: { account: Account; sinceMs: number; readBytes: number } | null = null;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Connections that are not read because it is used up. */
  get waiting(): number {
    return this.#paused.size;
  }

  /** `address` as the doorway counts it. */
  open(address: string, line: IntakeLine): IntakeAccount {
    let group = this.#groups.get(address);
    if (!group) this.#groups.set(address, (group = { sizeBytes: 0, accounts: new Set() }));
    const account: Account = { line, group, sizeBytes: 0, movedMs: this.#options.now(), paused: false, gone: false };
    group.accounts.add(account);
    let closed = false;
    return {
      hold: (sizeBytes) => {
        if (!account.gone) this.#hold(account, sizeBytes);
      },
      close: () => {
        if (closed) return;
        closed = account.gone = true;
        this.#count(account, 0);
        this.#paused.delete(account);
        if (this.#turn?.account === account) this.#turn = null;
        account.group.accounts.delete(account);
        if (account.group.accounts.size === 0 && this.#groups.get(address) === account.group)
          this.#groups.delete(address);
        this.#goOn();
      },
    };
  }

  /** Cuts off what stands still. Call it twice a second or so. */
  sweep(): void {
    const nowMs = this.#options.now();
    for (const { accounts } of this.#groups.values())
      for (const account of accounts) {
        if (account.sizeBytes === 0 || account.paused || account.line.isHeldUp) account.movedMs = nowMs;
        else if (nowMs - account.movedMs >= this.#options.stillMs) this.#cutOff(account, 'half-message');
      }
    const turn = this.#turn;
    if (turn && nowMs - turn.sinceMs >= PACE_MS) {
      const { account } = turn;
      const isSlow = turn.readBytes < (PACE_BYTES * (nowMs - turn.sinceMs)) / 1_000;
      if (isSlow && this.#paused.size > 0 && !account.line.isHeldUp) this.#cutOff(account, 'half-message');
      else Object.assign(turn, { sinceMs: nowMs, readBytes: 0 });
    }
    this.#goOn();
  }

  #hold(account: Account, sizeBytes: number): void {
    const grownBytes = sizeBytes - account.sizeBytes;
    this.#count(account, sizeBytes);
    const hasTurn = this.#turn?.account === account;
    if (grownBytes > 0) {
      account.movedMs = this.#options.now();
      if (this.#turn && hasTurn) this.#turn.readBytes += grownBytes;
      if (this.#sizeBytes > this.#options.limitBytes * OVERSHOOT + LIMITS.message) this.#cutOffLargest(account);
      else if (!hasTurn && !account.paused && sizeBytes > SMALL_BYTES && this.#isTightFor(account)) {
        account.paused = true;
        this.#paused.add(account);
        account.line.pause();
      }
    } else if (hasTurn && sizeBytes <= SMALL_BYTES) this.#turn = null;
    this.#goOn();
  }

  #count(account: Account, sizeBytes: number): void {
    const grownBytes = sizeBytes - account.sizeBytes;
    account.sizeBytes = sizeBytes;
    account.group.sizeBytes += grownBytes;
    this.#sizeBytes += grownBytes;
  }

  #isTightFor({ group }: Account): boolean {
    const { limitBytes } = this.#options;
    return this.#sizeBytes > limitBytes || group.sizeBytes > limitBytes * ADDRESS_SHARE;
  }

  /** Whoever may be read again is: all of them when there is room, else one. */
  #goOn(): void {
    if (this.#paused.size === 0) return;
    if (this.#sizeBytes < this.#options.limitBytes * ADDRESS_SHARE)
      for (const account of this.#paused) {
        if (this.#isTightFor(account) || this.#sizeBytes >= this.#options.limitBytes * ADDRESS_SHARE) continue;
        this.#resume(account);
      }
    if (this.#turn || this.#paused.size === 0) return;
    let next: Account | null = null;
    for (const account of this.#paused) if (!next || account.group.sizeBytes < next.group.sizeBytes) next = account;
    if (!next) return;
    this.#turn = { account: next, sinceMs: this.#options.now(), readBytes: 0 };
    this.#resume(next);
  }

  #resume(account: Account): void {
    this.#paused.delete(account);
    account.paused = false;
    account.movedMs = this.#options.now();
    account.line.resume();
  }

  #cutOff(account: Account, code: 'half-message' | 'intake-full'): void {
    this.#options.onCutOff(code);
    account.gone = true;
    this.#count(account, 0);
    this.#paused.delete(account);
    if (this.#turn?.account === account) this.#turn = null;
    account.line.cutOff();
  }

  /** Of the address that holds most; the one that has the turn last. */
  #cutOffLargest(fallback: Account): void {
    let fullest: Group = fallback.group;
    for (const group of this.#groups.values()) if (group.sizeBytes > fullest.sizeBytes) fullest = group;
    let largest: Account | null = null;
    for (const account of fullest.accounts) {
      if (account === this.#turn?.account && fullest.accounts.size > 1) continue;
      if (!largest || account.sizeBytes > largest.sizeBytes) largest = account;
    }
    this.#cutOff(largest ?? fallback, 'intake-full');
  }
}
