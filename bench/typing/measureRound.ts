import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { TypingSystem } from './TypingSystem.ts';

/** Times of one round, one value a key, in milliseconds. */
export interface RoundTimes {
  keyToPaint: number[];
  keyToPeerPaint: number[];
}

const SENTENCE = 'and the guard wrote nothing down while the others were waiting ';
const ARRIVAL_LIMIT_MS = 20_000;

/** Strikes `keys` keys where the caret is, one every `paceMs` with a jitter of a quarter. */
export async function strikeKeys(page: Page, keys: number, paceMs: number): Promise<void> {
  let nextMs = performance.now();
  for (let key = 0; key < keys; key += 1) {
    nextMs += paceMs * (1 + 0.5 * (((key * 0.618034) % 1) - 0.5));
    await sleep(Math.max(0, nextMs - performance.now()));
    await page.keyboard.press(
      SENTENCE[key % SENTENCE.length] === ' ' ? 'Space' : (SENTENCE[key % SENTENCE.length] ?? 'x'),
    );
  }
}

/**
 * Types `keys` characters at the end of block `index`, one every `paceMs` with a jitter of a quarter, so that keys
 * fall on every phase of a frame, and gives for each the time to the first painted frame that holds it.
 */
export async function measureRound(
  system: TypingSystem,
  index: number,
  keys: number,
  paceMs: number,
): Promise<RoundTimes> {
  const { author, peer } = system;
  for (const page of [author, peer]) await page.evaluate((block) => window.typingProbe.showBlock(block), index);
  await author.evaluate((block) => window.typingProbe.placeCaret(block), index);
  for (const page of [author, peer]) await page.evaluate((block) => window.typingProbe.watch(block), index);
  await strikeKeys(author, keys, paceMs);
  const wanted = await author.evaluate(() => window.typingProbe.textLength());
  await peer.waitForFunction((length) => window.typingProbe.textLength() >= length, wanted, {
    timeout: ARRIVAL_LIMIT_MS,
  });
  // One more frame on either side, so that the last change has been painted.
  for (const page of [author, peer]) await page.evaluate((block) => window.typingProbe.showBlock(block), index);
  const here = await author.evaluate(() => window.typingProbe.unwatch());
  const there = await peer.evaluate(() => window.typingProbe.unwatch());
  if (here.keys.length !== keys || here.length - here.startLength !== keys || there.startLength !== here.startLength)
    throw new Error(
      `${system.name}: ${keys} keys were struck, ${here.keys.length} seen, the text grew by ${here.length - here.startLength}`,
    );
  const times: RoundTimes = { keyToPaint: [], keyToPeerPaint: [] };
  here.keys.forEach((atMs, key) => {
    const length = here.startLength + key + 1;
    const painted = here.frames.find((frame) => frame.length >= length);
    const arrived = there.frames.find((frame) => frame.length >= length);
    if (!painted || !arrived) throw new Error(`${system.name}: key ${key + 1} was never painted`);
    times.keyToPaint.push(painted.atMs - atMs);
    times.keyToPeerPaint.push(arrived.atMs - atMs);
  });
  return times;
}
