import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { type Bench, meetsTargets } from './Bench.ts';
import { buildAnnotated } from './editor/buildAnnotated.ts';
import { type KeyFigures, measureHeap, measureKeys, measureScroll, placeCaret } from './editor/measurePage.ts';
import { measureAcceptAll, measureFind, measureRedline, writeFootnotes } from './editor/measureWork.ts';
import { openInAlegato, openInPlain } from './editor/openings.ts';
import { median, round } from './quantile.ts';
import { countWords } from './typing/buildWords.ts';
import { startAlegato } from './typing/startAlegato.ts';
import { startPlainAlone } from './typing/startPlain.ts';
import { injectProbe } from './typing/TypingProbe.ts';
import type { Endings } from './typing/TypingSystem.ts';

const SIZES = '5000,20000,60000,100000';
const ANNOTATIONS = { citations: 300, comments: 200, suggestions: 400, footnotes: 150 };
/** Stands in every few paragraphs. */
const FOUND_WORD = 'neighbor';
const REDLINE_WORDS = 60_000;
const RECORDS = join(import.meta.dirname, '../resources/sample/records.json');
const SAMPLE_TITLE = 'Foreign gang data in asylum cases';
const WARM_UP_KEYS = 60;
const SETTLE_MS = 1_500;
const PEER_PACE_MS = 200;
const OPENINGS = 3;

/** What was measured at one size, in both. */
interface SizeFigures {
  words: number;
  blocks: number;
  /** Footnotes that hold words. */
  footnotes: number;
  find: { ms: number; found: number };
  acceptAll: { ms: number; accepted: number };
  alegato: PageFigures;
  plain: PageFigures;
}
interface PageFigures extends KeyFigures {
  openMs: number;
  droppedShare: number;
  heapMb: number;
}

/** `npm run bench editor -- [--sizes 5000,20000,60000,100000] [--rounds 5] [--keys 20] [--pace 120]`. */
export const bench: Bench = {
  about:
    'typing, opening and scrolling with two partners at work, against plain Lexical with history in the same Electron; find, accept-all and redline',
  flags: '[--sizes N,…] [--rounds N] [--keys N] [--pace MS]',
  async run(flags) {
    const { values } = parseArgs({
      args: [...flags],
      options: {
        sizes: { type: 'string', default: SIZES },
        rounds: { type: 'string', default: '5' },
        keys: { type: 'string', default: '20' },
        pace: { type: 'string', default: '120' },
      },
    });
    const typing = { rounds: Number(values.rounds), keys: Number(values.keys), paceMs: Number(values.pace) };
    const figures: SizeFigures[] = [];
    for (const words of values.sizes.split(',').map(Number)) figures.push(await measureSize(words, typing));
    const redlineMs = measureRedline(REDLINE_WORDS);
    console.log(`  redline of two versions of ${REDLINE_WORDS} words: ${round(redlineMs, 0)} ms`);
    return buildFigures(figures, typing, redlineMs);
  },
};

async function measureSize(
  words: number,
  typing: { rounds: number; keys: number; paceMs: number },
): Promise<SizeFigures> {
  const workFolder = await mkdtemp(join(tmpdir(), 'alegato-bench-'));
  const endings: Endings = [];
  try {
    const { exhibitIds, claimIds } = await readRecordIds();
    const { author, partners } = await startAlegato(workFolder, words, endings, {
      buildBlocks: (paragraphs) => buildAnnotated(paragraphs, ANNOTATIONS, exhibitIds, claimIds),
      fromNothing: true,
      furtherPartners: 1,
    });
    const footnotes = await writeFootnotes(author);
    const paragraphs = await author.evaluate(() => window.typingProbe.blockTexts());
    const plain = await startPlainAlone(workFolder, paragraphs, endings);
    const held = paragraphs.reduce((sum, text) => sum + countWords(text), 0);
    console.log(`  ${held} words in ${paragraphs.length} paragraphs, ${footnotes} footnotes`);
    const block = findBlock(paragraphs, 0.5);
    const partnerBlocks = [0.25, 0.75].map((share) => findBlock(paragraphs, share));
    const rounds: { alegato: KeyFigures[]; plain: KeyFigures[] } = { alegato: [], plain: [] };
    for (let number = 0; number <= typing.rounds; number += 1) {
      const keys = number === 0 ? WARM_UP_KEYS : typing.keys;
      await sleep(SETTLE_MS);
      // They go on while plain is measured: in life each has a computer of its own, here all share this one.
      const stops = partners.map((partner, which) => typeAlong(partner, partnerBlocks[which] ?? 0));
      try {
        const alegato = await measureKeys(author, block, keys, typing.paceMs);
        await sleep(SETTLE_MS);
        const alone = await measureKeys(plain, block, keys, typing.paceMs);
        if (number === 0) continue;
        rounds.alegato.push(alegato);
        rounds.plain.push(alone);
      } finally {
        await Promise.all(stops.map((stop) => stop()));
      }
    }
    const ours: PageFigures = {
      ...joinRounds(rounds.alegato),
      ...(await measureAtRest(author, '.page-scroll')),
      openMs: 0,
    };
    const theirs: PageFigures = { ...joinRounds(rounds.plain), ...(await measureAtRest(plain, '.scroll')), openMs: 0 };
    const opened: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
    for (let number = 0; number < OPENINGS; number += 1) {
      await author.getByRole('button', { name: 'All complaints' }).click();
      await author.getByRole('heading', { name: 'Complaints' }).waitFor();
      await sleep(SETTLE_MS);
      opened.ours.push(await openInAlegato(author, SAMPLE_TITLE, paragraphs.length));
      opened.theirs.push(await openInPlain(plain, paragraphs.length));
    }
    await injectProbe(plain);
    ours.openMs = median(opened.ours);
    theirs.openMs = median(opened.theirs);
    await injectProbe(author);
    const find = await measureFind(author, FOUND_WORD);
    const acceptAll = await measureAcceptAll(author);
    console.log(
      `  find ${round(find.ms, 0)} ms for ${find.found} places, accept all ${round(acceptAll.ms, 0)} ms for ${acceptAll.accepted} suggestions`,
    );
    for (const [name, each] of Object.entries({ Alegato: ours, plain: theirs }))
      console.log(
        `  ${name}: key p50 ${round(each.p50Ms, 1)} ms, p95 ${round(each.p95Ms, 1)} ms, ${each.longTasks} long tasks (${round(each.longestTaskMs, 0)} ms), ${each.unpainted} keys not painted, ` +
          `open ${round(each.openMs, 0)} ms, dropped ${round(each.droppedShare * 100, 0)} %, heap ${round(each.heapMb, 0)} MB`,
      );
    return { words: held, blocks: paragraphs.length, footnotes, find, acceptAll, alegato: ours, plain: theirs };
  } finally {
    for (const end of endings.reverse())
      await end().catch((error: unknown) => console.error('  could not be ended:', error));
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** The partner types until the returned function is called; that resolves when it has stopped. */
function typeAlong(page: Page, block: number): () => Promise<void> {
  let stopped = false;
  const typing = (async () => {
    await page.evaluate((index) => window.typingProbe.showBlock(index), block);
    await placeCaret(page, block);
    while (!stopped) {
      await page.keyboard.press('n');
      await sleep(PEER_PACE_MS);
    }
  })();
  return async () => {
    stopped = true;
    await typing;
  };
}

async function measureAtRest(page: Page, scroller: string): Promise<Pick<PageFigures, 'droppedShare' | 'heapMb'>> {
  await sleep(SETTLE_MS);
  return { droppedShare: await measureScroll(page, scroller), heapMb: await measureHeap(page) };
}

function joinRounds(rounds: readonly KeyFigures[]): KeyFigures {
  return {
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p95Ms: median(rounds.map(({ p95Ms }) => p95Ms)),
    longTasks: rounds.reduce((sum, { longTasks }) => sum + longTasks, 0),
    longestTaskMs: Math.max(...rounds.map(({ longestTaskMs }) => longestTaskMs)),
    unpainted: rounds.reduce((sum, { unpainted }) => sum + unpainted, 0),
  };
}

/** Exhibits and claims of the sample complaint, so that citations have labels and claims their proof. */
async function readRecordIds(): Promise<{ exhibitIds: string[]; claimIds: string[] }> {
  type Records = Record<'exhibits' | 'claims', { id: string }[]>;
  const { exhibits, claims } = JSON.parse(await readFile(RECORDS, 'utf8')) as Records;
  return { exhibitIds: exhibits.map(({ id }) => id), claimIds: claims.map(({ id }) => id) };
}

/** An ordinary paragraph about there, which ends in words: nobody types into a citation. */
function findBlock(texts: readonly string[], share: number): number {
  const from = Math.floor(texts.length * share);
  const found = texts.findIndex((text, index) => index >= from && countWords(text) >= 40 && text.endsWith('.'));
  return found < 0 ? from : found;
}

function buildFigures(sizes: readonly SizeFigures[], typing: Record<string, number>, redlineMs: number) {
  // the footnotes' words come on top of what was asked for
  const name = (words: number): string => `${Math.floor(words / 5_000) * 5}k`;
  const ratioBySize = (of: (page: PageFigures) => number): Record<string, number> =>
    Object.fromEntries(sizes.map(({ words, alegato, plain }) => [name(words), round(of(alegato) / of(plain))]));
  const keyVsPlain = ratioBySize(({ p95Ms }) => p95Ms);
  const openVsPlain = ratioBySize(({ openMs }) => openMs);
  const longTasks = sizes.reduce((sum, { alegato }) => sum + alegato.longTasks, 0);
  const at60k = sizes.find(({ words }) => name(words) === '60k');
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const ratios: Record<string, number> = {
    keyVsPlain: Math.max(...Object.values(keyVsPlain)),
    openVsPlain: Math.max(...Object.values(openVsPlain)),
    longTasks,
  };
  if (at60k) ratios['keyP95Ms60k'] = round(at60k.alegato.p95Ms);
  // the growth of time over the growth of the text: at most 1 is linear
  if (smallest && largest && smallest !== largest)
    for (const [growth, of] of Object.entries({
      openGrowth: 'openMs',
      keyGrowth: 'p50Ms',
      heapGrowth: 'heapMb',
    } as const))
      ratios[growth] = round(largest.alegato[of] / smallest.alegato[of] / (largest.words / smallest.words));
  const targets = {
    keyVsPlain: 1.3,
    openVsPlain: 1.5,
    longTasks: 0,
    keyP95Ms60k: 16.7,
    openGrowth: 1,
    keyGrowth: 1,
    heapGrowth: 1,
  };
  return {
    name: 'editor',
    ratios,
    targets,
    met: meetsTargets({ ratios, targets }),
    keyP95Ms60k: ratios['keyP95Ms60k'],
    keyVsPlain,
    openVsPlain,
    longTasks,
    redlineMs: round(redlineMs, 0),
    ...typing,
    sizes,
  };
}
