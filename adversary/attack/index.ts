import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { median, quantile, round } from '../../bench/quantile.ts';
import type { AttackerCalls } from './attackerMain.ts';
import type { BystanderCalls, BystanderFigures } from './bystanderMain.ts';
import { share } from './catalogue.ts';
import { startProcess } from './childCalls.ts';
import { formatAttackHelp, parseAttackCommand } from './commandLine.ts';
import { packageForAttack, WatchedRelay } from './WatchedRelay.ts';

/**
 * A storm of malformed messages on a real relay, with other rooms at work beside it. A second relay, which nobody attacks, has
 * the same rooms at work in the same seconds on the same machine and disk: what makes both slower is the machine (the
 * attackers' own work, a slow fsync, somebody else's build), and what makes only the attacked one slower is the relay.
 * `bystanderP99Ratio` is the one over the other during the storm; `bystanderCalmRatio` is storm over calm at the attacked one.
 * Memory likewise: a relay that only serves those rooms grows too (buffers of its database, code made fast), by half within
 * minutes. `memoryRatio` is the most the attacked one ever had, during and after, over the most of the one left in peace since the
 * storm began; `memoryIdleRatio` is over the seconds before the storm.
 */
const parsed = parseAttackCommand(process.argv.slice(2));
if (!parsed.ok) {
  console.error(`${parsed.error.message} --help names every flag.`);
  process.exit(2);
}
if (parsed.value === 'help') {
  console.log(formatAttackHelp());
  process.exit(0);
}
const { messages, seed, attacks, calmMs, limitMs, profileDir } = parsed.value;
const HOST = '127.0.0.1';
const SETTLE_MS = 10_000;
const TARGET = { crashes: 0, lost: 0, memoryRatio: 1.5, bystanderP99Ratio: 2 };

interface Row {
  name: string;
  messages: number;
  connections: number;
  refused: number;
  seconds: number;
  /** Share of one processor that the attacked relay used; null where the system does not tell. */
  load: number | null;
  peakMb: number;
  p99Ms: number;
  controlP99Ms: number;
  joinsFailed: number;
}
type Figures = Record<'attacked' | 'control', BystanderFigures>;

const bundle = await packageForAttack();
const relay = await WatchedRelay.start(bundle, profileDir);
const controlRelay = await WatchedRelay.start(bundle);
const watch = join(import.meta.dirname, 'bystanderMain.ts');
const bystanders = startProcess<BystanderCalls>(watch);
const controls = startProcess<BystanderCalls>(watch);
const attacker = startProcess<AttackerCalls>(join(import.meta.dirname, 'attackerMain.ts'), { gently: true });
const started = performance.now();
let failed = true;
try {
  await Promise.all([
    bystanders.call('start', { host: HOST, port: relay.port, seed }),
    controls.call('start', { host: HOST, port: controlRelay.port, seed }),
  ]);
  await pause(calmMs / 2);
  await take();
  await pause(calmMs);
  const idleMb = median(relay.takeSamples());
  controlRelay.takeSamples();
  const before = await take();
  console.log(
    `Before the storm: ${round(idleMb, 1)} MB resident, p99 ${round(worst(before.attacked), 1)} ms in other rooms, ` +
      `${round(worst(before.control), 1)} ms at the relay that nobody attacks.`,
  );

  const rows: Row[] = [];
  const storm: Figures = { attacked: empty(), control: empty() };
  for (const [attack, count] of share(messages, attacks)) {
    if (!relay.isAlive) break;
    const processorBefore = relay.processorSeconds;
    const { tookMs, ...counts } = await attacker.call('attack', {
      name: attack.name,
      messages: count,
      seed,
      limitMs: Math.max(0, limitMs - (performance.now() - started)),
      host: HOST,
      port: relay.port,
    });
    const samples = relay.takeSamples();
    const processorAfter = relay.processorSeconds;
    const figures = await take();
    add(storm.attacked, figures.attacked);
    add(storm.control, figures.control);
    const lastMb = samples.at(-1) ?? rows.at(-1)?.peakMb ?? idleMb;
    const used = processorAfter === null || processorBefore === null ? null : processorAfter - processorBefore;
    const row: Row = {
      ...{ name: attack.name, ...counts, seconds: round(tookMs / 1_000, 1) },
      load: used === null ? null : round((used * 1_000) / Math.max(tookMs, 1)),
      peakMb: round(Math.max(lastMb, ...samples), 1),
      ...{ p99Ms: round(worst(figures.attacked), 1), controlP99Ms: round(worst(figures.control), 1) },
      joinsFailed: figures.attacked.joinsFailed,
    };
    rows.push(row);
    console.log(
      `  ${row.name.padEnd(18)} ${String(row.messages).padStart(7)} messages, ${row.connections} connections (${row.refused} refused), ` +
        `${row.seconds} s, load ${row.load}, ${row.peakMb} MB, p99 ${row.p99Ms} ms against ${row.controlP99Ms} ms — ${attack.about}`,
    );
  }
  await pause(SETTLE_MS);
  await take();
  relay.takeSamples();
  await pause(calmMs);
  const settledMb = Math.max(...relay.takeSamples());
  const after = await take();
  const [{ acknowledged, lost, cut }] = await Promise.all([
    bystanders.call('end', undefined),
    controls.call('end', undefined),
  ]);
  const peakMb = Math.max(...rows.map((row) => row.peakMb));
  const controlMb = controlRelay.takeSamples();
  const result = {
    messages: rows.reduce((sum, row) => sum + row.messages, 0),
    crashes: relay.crashes,
    memoryRatio: round(Math.max(peakMb, settledMb) / Math.max(idleMb, ...controlMb)),
    memoryIdleRatio: round(Math.max(peakMb, settledMb) / idleMb),
    memorySettledRatio: round(settledMb / idleMb),
    bystanderP99Ratio: round(worst(storm.attacked) / worst(storm.control)),
    bystanderCalmRatio: round(worst(storm.attacked) / worst(before.attacked)),
    lost,
  };
  failed =
    result.crashes > 0 ||
    lost > 0 ||
    cut > 0 ||
    !(result.memoryRatio <= TARGET.memoryRatio) ||
    !(result.bystanderP99Ratio <= TARGET.bystanderP99Ratio);
  console.log(
    JSON.stringify({
      name: 'attack',
      ...result,
      seed,
      wanted: messages,
      connections: rows.reduce((sum, row) => sum + row.connections, 0),
      seconds: round((performance.now() - started) / 1_000, 0),
      memoryMb: {
        ...{ idle: round(idleMb, 1), peak: peakMb, settled: round(settledMb, 1) },
        ...{ control: round(median(controlMb), 1), controlPeak: round(Math.max(...controlMb), 1) },
      },
      bystanders: summaries({ calm: before.attacked, storm: storm.attacked, after: after.attacked }),
      control: summaries({ calm: before.control, storm: storm.control, after: after.control }),
      ...{ acknowledged, cut },
      attacks: rows,
      target: TARGET,
      met: !failed,
    }),
  );
} finally {
  for (const each of [attacker, bystanders, controls]) await each.end();
  for (const each of [relay, controlRelay]) await each.close();
  await rm(bundle, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** What both crowds noticed since the last call. */
async function take(): Promise<Figures> {
  const [attacked, control] = await Promise.all([bystanders.call('take', undefined), controls.call('take', undefined)]);
  return { attacked, control };
}

function empty(): BystanderFigures {
  return { acks: [], entries: [], joins: [], joinsFailed: 0 };
}

function add(to: BystanderFigures, figures: BystanderFigures): void {
  for (const kind of ['acks', 'entries', 'joins'] as const) for (const each of figures[kind]) to[kind].push(each);
  to.joinsFailed += figures.joinsFailed;
}

/** The larger of the two latencies that a person would feel. */
function worst({ acks, entries }: BystanderFigures): number {
  return Math.max(quantile(acks, 0.99), quantile(entries, 0.99));
}

function summaries(figures: Readonly<Record<string, BystanderFigures>>): object {
  return Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, summary(each)]));
}

function summary(figures: BystanderFigures): object {
  const of = (values: number[]): object => ({
    ...{ count: values.length, p50Ms: round(quantile(values, 0.5)) },
    ...{ p95Ms: round(quantile(values, 0.95)), p99Ms: round(quantile(values, 0.99)) },
  });
  return {
    acks: of(figures.acks),
    entries: of(figures.entries),
    joins: of(figures.joins),
    joinsFailed: figures.joinsFailed,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
