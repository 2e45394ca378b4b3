import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Bench, meetsTargets } from './Bench.ts';
import { median, quantile, round } from './quantile.ts';
import { countWords } from './typing/buildWords.ts';
import { measureRound, type RoundTimes } from './typing/measureRound.ts';
import { profileRound } from './typing/profileRound.ts';
import { startAlegato } from './typing/startAlegato.ts';
import { startPlain } from './typing/startPlain.ts';
import type { Endings, TypingSystem } from './typing/TypingSystem.ts';

const TARGETS = { keyToPaint: 1.2, keyToPeerPaint: 1.5 };
const WARM_UP_KEYS = 60;
/**
 * Between two rounds: what follows a key (disk, acknowledgement) has ended. Rounds are short, so that a disturbance of
 * the machine meets both systems, and so that Alegato's check of its editor, due after 8 s without a change, falls
 * into no round of the other.
 */
const SETTLE_MS = 1_500;
type Measure = keyof RoundTimes;
const MEASURES: readonly Measure[] = ['keyToPaint', 'keyToPeerPaint'];

/** `npm run bench typing -- [--words 20000] [--rounds 12] [--keys 20] [--pace 120] [--profile FOLDER]`. */
export const bench: Bench = {
  about:
    'key to painted frame here and at the partner, against plain Lexical with plain y-websocket in the same Electron',
  flags: '[--words N] [--rounds N] [--keys N] [--pace MS] [--profile FOLDER]',
  async run(flags) {
    const { values } = parseArgs({
      args: [...flags],
      options: {
        words: { type: 'string', default: '20000' },
        rounds: { type: 'string', default: '12' },
        keys: { type: 'string', default: '20' },
        pace: { type: 'string', default: '120' },
        profile: { type: 'string' },
      },
    });
    const [words, rounds, keys, paceMs] = [
      Number(values.words),
      Number(values.rounds),
      Number(values.keys),
      Number(values.pace),
    ];
    const workFolder = await mkdtemp(join(tmpdir(), 'alegato-bench-'));
    const endings: Endings = [];
    try {
      const alegato = await startAlegato(workFolder, words, endings);
      // The yardstick holds the very same paragraphs.
      const paragraphs = await alegato.author.evaluate(() => window.typingProbe.blockTexts());
      const plain = await startPlain(workFolder, paragraphs, endings);
      const systems = [alegato, plain];
      const held = paragraphs.reduce((sum, text) => sum + countWords(text), 0);
      console.log(
        `  ${held} words in ${paragraphs.length} paragraphs; ${rounds} rounds of ${keys} keys each, one every ${paceMs} ms, in turns.`,
      );
      const block = findLongBlock(paragraphs);
      const taken = new Map<TypingSystem, RoundTimes[]>(systems.map((system) => [system, []]));
      for (let number = 0; number <= rounds; number += 1) {
        for (const system of systems) {
          await sleep(SETTLE_MS);
          const times = await measureRound(system, block, number === 0 ? WARM_UP_KEYS : keys, paceMs);
          if (number === 0) continue;
          taken.get(system)?.push(times);
          console.log(
            `  round ${number}, ${system.name}: ${MEASURES.map((measure) => `${measure} ${round(median(times[measure]), 1)} ms`).join(', ')}`,
          );
        }
      }
      for (const system of values.profile === undefined ? [] : systems) {
        await sleep(SETTLE_MS);
        await profileRound(system, block, keys, paceMs, resolve(values.profile ?? ''));
      }
      return buildFigures(
        systems.map((system) => taken.get(system) ?? []),
        { words: held, paragraphs: paragraphs.length, rounds, keys, paceMs },
      );
    } finally {
      for (const end of endings.reverse())
        await end().catch((error: unknown) => console.error('  could not be ended:', error));
      await rm(workFolder, { recursive: true, force: true });
    }
  },
};

/** An ordinary paragraph near the middle. */
function findLongBlock(texts: readonly string[]): number {
  const middle = Math.floor(texts.length / 2);
  const found = texts.findIndex((text, index) => index >= middle && countWords(text) >= 40);
  return found < 0 ? middle : found;
}

function buildFigures([alegato = [], plain = []]: RoundTimes[][], size: Record<string, number>) {
  const all = (rounds: readonly RoundTimes[], measure: Measure): number[] => rounds.flatMap((times) => times[measure]);
  const summarize = (rounds: readonly RoundTimes[]) =>
    Object.fromEntries(
      MEASURES.map((measure) => [
        measure,
        { medianMs: round(median(all(rounds, measure))), p95Ms: round(quantile(all(rounds, measure), 0.95)) },
      ]),
    );
  const ratios = Object.fromEntries(
    MEASURES.map((measure) => [measure, round(median(all(alegato, measure)) / median(all(plain, measure)))]),
  );
  const spread = Object.fromEntries(
    MEASURES.map((measure) => {
      const each = alegato.map((times, index) => median(times[measure]) / median(plain[index]?.[measure] ?? []));
      return [measure, { lowest: round(Math.min(...each)), highest: round(Math.max(...each)) }];
    }),
  );
  return {
    name: 'typing',
    ratios,
    targets: TARGETS,
    met: meetsTargets({ ratios, targets: TARGETS }),
    spreadBetweenRounds: spread,
    alegato: summarize(alegato),
    plain: summarize(plain),
    ...size,
  };
}
