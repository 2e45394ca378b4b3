import { beforeEach, describe, expect, it } from 'vitest';
import { Intake, type IntakeAccount } from './Intake.ts';

const KB = 1024;
const MB = 1024 * KB;

/** A line whose peer may be told to bring bytes; it brings none while it is paused. */
class TestLine {
  paused = false;
  gone = false;
  isHeldUp = false;
  heldBytes = 0;
  readonly #account: IntakeAccount;

  constructor(intake: Intake, address: string) {
    this.#account = intake.open(address, this);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  cutOff(): void {
    this.gone = true;
    this.#account.close();
  }

  /** In pieces of 64 KB, until it has brought so many bytes or is not read any more. */
  bring(sizeBytes: number): void {
    for (let left = sizeBytes; left > 0 && !this.paused && !this.gone; left -= 64 * KB)
      this.#account.hold((this.heldBytes += Math.min(left, 64 * KB)));
  }

  /** Its message is whole and dealt with. */
  finish(): void {
    this.#account.hold((this.heldBytes = 0));
  }

  leave(): void {
    this.#account.close();
  }
}

let nowMs = 0;
let codes: string[] = [];
let intake: Intake;

beforeEach(() => {
  nowMs = 0;
  codes = [];
  intake = new Intake({
    limitBytes: 8 * MB,
    stillMs: 10_000,
    now: () => nowMs,
    onCutOff: (code) => codes.push(code),
  });
});

function pass(ms: number): void {
  for (const end = nowMs + ms; nowMs < end; ) {
    nowMs += 500;
    intake.sweep();
  }
}

describe('the intake', () => {
  it('[SY77] reads the largest message on the slowest line while nobody else wants anything', () => {
    const line = new TestLine(intake, 'a');
    for (let n = 0; n < 1_000; n++) {
      line.bring(8 * KB);
      pass(2_000);
    }
    expect([line.gone, line.paused, line.heldBytes]).toEqual([false, false, 8_000 * KB]);
    line.finish();
    expect(intake.sizeBytes).toBe(0);
  });

  it('[SY77] holds no more than its limit and one message of a crowd that leaves its messages unfinished', () => {
    const crowd = Array.from({ length: 64 }, (_, n) => new TestLine(intake, `address ${n}`));
    let most = 0;
    for (let n = 0; n < 3_000; n++) {
      for (const line of crowd) line.bring(Math.max(0, Math.min(256 * KB, 8_000 * KB - line.heldBytes)));
      most = Math.max(most, intake.sizeBytes);
      pass(500);
    }
    expect(most).toBeLessThan(20 * MB);
    expect(crowd.filter(({ gone }) => gone).length).toBe(64);
    expect(codes).toContain('half-message');
    expect(intake.sizeBytes).toBe(0);
  });

  it('[SY77] reads small messages of everybody while it is used up', () => {
    for (let n = 0; n < 8; n++) new TestLine(intake, `address ${n}`).bring(2 * MB);
    expect(intake.waiting).toBeGreaterThan(0);
    const other = new TestLine(intake, 'other');
    other.bring(10 * KB);
    expect(other.paused).toBe(false);
    other.finish();
  });

  it('[SY77] a large message of another address is next, however many wait from the one', () => {
    const crowd = Array.from({ length: 30 }, () => new TestLine(intake, 'crowd'));
    for (const line of crowd) line.bring(1 * MB);
    const other = new TestLine(intake, 'other');
    other.bring(8_000 * KB);
    for (let n = 0; n < 20 && other.heldBytes < 8_000 * KB; n++) {
      pass(500);
      other.bring(8_000 * KB - other.heldBytes);
    }
    expect([other.gone, other.heldBytes]).toEqual([false, 8_000 * KB]);
    expect(nowMs).toBeLessThan(5_000);
  });

  it('[SY77] one address has half of it at most while its messages are read one by one', () => {
    const crowd = Array.from({ length: 30 }, () => new TestLine(intake, 'crowd'));
    for (const line of crowd) line.bring(300 * KB);
    expect(intake.sizeBytes).toBeLessThan(7 * MB);
    expect(crowd.filter(({ paused }) => !paused).length).toBeLessThan(20);
    for (let n = 0; n < 30; n++)
      for (const line of crowd) {
        line.bring(Math.max(0, 300 * KB - line.heldBytes));
        if (line.heldBytes >= 300 * KB) line.finish();
      }
    expect(codes).toEqual([]);
    expect(crowd.every(({ heldBytes }) => heldBytes === 0)).toBe(true);
  });

  it('[SY77] a half that stands still is cut off; one that the relay itself does not read is not', () => {
    const still = new TestLine(intake, 'a');
    still.bring(100);
    const heldUp = new TestLine(intake, 'b');
    heldUp.bring(100);
    heldUp.isHeldUp = true;
    const idle = new TestLine(intake, 'c');
    pass(11_000);
    expect([still.gone, heldUp.gone, idle.gone]).toEqual([true, false, false]);
    expect(codes).toEqual(['half-message']);
  });

  it('[SY77] whoever leaves while waiting or having the turn keeps nothing and stops nobody', () => {
    const lines = Array.from({ length: 12 }, (_, n) => new TestLine(intake, `address ${n}`));
    for (const line of lines) line.bring(1 * MB);
    expect(intake.waiting).toBeGreaterThan(0);
    for (const line of lines) line.leave();
    expect([intake.sizeBytes, intake.waiting]).toEqual([0, 0]);
    const next = new TestLine(intake, 'next');
    next.bring(8_000 * KB);
    expect(next.heldBytes).toBe(8_000 * KB);
  });
});
