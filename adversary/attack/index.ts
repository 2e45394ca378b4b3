import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, quantile, round } from '../../bench/quantile.ts';
import { AttackedRelay } from './AttackedRelay.ts';
import type { AttackerCalls } from './attackerMain.ts';
import type { BystanderCalls, BystanderFigures } from './bystanderMain.ts';
import { CATALOGUE, share } from './catalogue.ts';
import { startProcess } from './childCalls.ts';

/**
 * `npm run attack -- --messages 1000000 [--seed 1] [--only NAME,…] [--calm 10] [--minutes 60]`: a storm of malformed messages on a
 * real relay, with other rooms at work beside it. The last line is one JSON object. Ends with 1 when a target was missed.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    calm: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '60' },
  },
});
const [messages, seed, calmSeconds, minutes] = [values.messages, values.seed, values.calm, values.minutes].map(Number);
const only = values.only?.split(',');
const attacks = CATALOGUE.filter(({ name }) => !only || only.includes(name));
if (![messages, seed, calmSeconds, minutes].every((n) => Number.isInteger(n) && (n ?? 0) > 0) || attacks.length === 0) {
  console.error(`attack: sizes are whole numbers above 0; attacks are ${CATALOGUE.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const [total, first, calmMs, limitMs] = [messages ?? 0, seed ?? 0, (calmSeconds ?? 0) * 1_000, (minutes ?? 0) * 60_000];
const HOST = '127.0.0.1';
const SETTLE_MS = 10_000;
const TARGET = { crashes: 0, lost: 0, memoryRatio: 1.5, bystanderP99Ratio: 2 };

interface Row {
  name: string;
  messages: number;
  connections: number;
  refused: number;
  seconds: number;
  peakMb: number;
  p99Ms: number;
  joinsFailed: number;
}

const relay = await AttackedRelay.start();
const bystanders = startProcess<BystanderCalls>(join(import.meta.dirname, 'bystanderMain.ts'));
const attacker = startProcess<AttackerCalls>(join(import.meta.dirname, 'attackerMain.ts'), { gently: true });
const started = performance.now();
let failed = true;
try {
  await bystanders.call('start', { host: HOST, port: relay.port });
  await pause(calmMs / 2);
  await bystanders.call('take', undefined);
  relay.takeSamples();
  await pause(calmMs);
  const before = await bystanders.call('take', undefined);
  const idleMb = median(relay.takeSamples());
  const calmP99Ms = worst(before);
  console.log(`Before the storm: ${round(idleMb, 1)} MB resident, p99 ${round(calmP99Ms, 1)} ms in other rooms.`);

  const rows: Row[] = [];
  const storm: BystanderFigures = { acks: [], entries: [], joins: [], joinsFailed: 0 };
  for (const [attack, count] of share(total, attacks)) {
    if (!relay.isAlive) break;
    const outcome = await attacker.call('attack', {
      name: attack.name,
      messages: count,
      seed: first,
      limitMs: Math.max(0, limitMs - (performance.now() - started)),
      host: HOST,
      port: relay.port,
    });
    const figures = await bystanders.call('take', undefined);
    for (const kind of ['acks', 'entries', 'joins'] as const) for (const each of figures[kind]) storm[kind].push(each);
    storm.joinsFailed += figures.joinsFailed;
    const { tookMs, ...counts } = outcome;
    const samples = relay.takeSamples();
    const lastMb = samples.at(-1) ?? rows.at(-1)?.peakMb ?? idleMb;
    const row: Row = {
      ...{ name: attack.name, ...counts, seconds: round(tookMs / 1_000, 1) },
      ...{ peakMb: round(Math.max(lastMb, ...samples), 1), p99Ms: round(worst(figures), 1) },
      joinsFailed: figures.joinsFailed,
    };
    rows.push(row);
    console.log(
      `  ${row.name.padEnd(18)} ${String(row.messages).padStart(8)} messages, ${row.connections} connections (${row.refused} refused), ` +
        `${row.seconds} s, ${row.peakMb} MB, p99 ${row.p99Ms} ms — ${attack.about}`,
    );
  }
  await pause(SETTLE_MS);
  await bystanders.call('take', undefined);
  relay.takeSamples();
  await pause(calmMs);
  const after = await bystanders.call('take', undefined);
  const settledMb = Math.max(...relay.takeSamples());
  const { acknowledged, lost, cut } = await bystanders.call('end', undefined);
  const peakMb = Math.max(...rows.map((row) => row.peakMb));
  const result = {
    messages: rows.reduce((sum, row) => sum + row.messages, 0),
    crashes: relay.crashes,
    memoryRatio: round(settledMb / idleMb),
    memoryPeakRatio: round(peakMb / idleMb),
    bystanderP99Ratio: round(worst(storm) / calmP99Ms),
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
      seed: first,
      wanted: total,
      connections: rows.reduce((sum, row) => sum + row.connections, 0),
      seconds: round((performance.now() - started) / 1_000, 0),
      memoryMb: { idle: round(idleMb, 1), peak: peakMb, settled: round(settledMb, 1) },
      bystanders: { calm: summary(before), storm: summary(storm), after: summary(after), acknowledged, cut },
      attacks: rows,
      target: TARGET,
      met: !failed,
    }),
  );
} finally {
  await attacker.end();
  await bystanders.end();
  await relay.close();
}
process.exit(failed ? 1 : 0);

/** The larger of the two latencies that a person would feel. */
function worst({ acks, entries }: BystanderFigures): number {
  return Math.max(quantile(acks, 0.99), quantile(entries, 0.99));
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
