import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './Bench.ts';
import { median, round } from './quantile.ts';
import { measureTrace, type TraceFigures } from './sync/measureTrace.ts';
import { Stage } from './sync/Stage.ts';
import type { SystemName } from './sync/SyncSystem.ts';

const SYSTEMS: readonly SystemName[] = ['alegato', 'stock'];
const MB = 1_048_576;

/** `npm run bench trace -- [--rounds 1] [--operations 259778] [--one-frame-an-edit]`. */
export const bench: Bench = {
  about: 'the B4 trace typed operation by operation through two sealed sessions and a relay, against plain y-websocket',
  flags: '[--quick] [--rounds N] [--operations N] [--one-frame-an-edit] [--profile FOLDER]',
  async run(flags) {
    const { values } = parseArgs({
      args: [...flags],
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '1' },
        operations: { type: 'string' },
        'one-frame-an-edit': { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    });
    const operations = Number(values.operations ?? (values.quick ? 20_000 : 259_778));
    const coalesce = !values['one-frame-an-edit'];
    const stage = await Stage.open({ profile: values.profile });
    const taken = new Map<SystemName, TraceFigures[]>(SYSTEMS.map((name) => [name, []]));
    try {
      for (let number = 0; number < Number(values.rounds); number += 1) {
        for (const name of number % 2 === 0 ? SYSTEMS : [...SYSTEMS].reverse()) {
          const figures = await measureTrace(stage, stage.system(name), {
            file: join(import.meta.dirname, 'data/automerge-paper.json.gz'),
            operations,
            coalesce,
          });
          taken.get(name)?.push(figures);
          console.log(
            `  ${stage.system(name).title}: ${figures.operations} operations, both texts equal to the trace's; typed in ${round(figures.typedMs / 1_000, 1)} s, all at the partner after ${round(figures.arrivedMs / 1_000, 1)} s; ${round(figures.trafficBytes / MB, 1)} MB of TCP, ${round(figures.serverDiskBytes / MB, 1)} MB on the server's disk`,
          );
        }
      }
    } finally {
      await stage.close();
    }
    const summary = (name: SystemName) => {
      const rounds = taken.get(name) ?? [];
      const pick = (figure: keyof TraceFigures): number => round(median(rounds.map((each) => each[figure])), 0);
      return {
        typedMs: pick('typedMs'),
        arrivedMs: pick('arrivedMs'),
        authorCpuMs: pick('authorCpuMs'),
        partnerCpuMs: pick('partnerCpuMs'),
        serverCpuMs: pick('serverCpuMs'),
        trafficBytes: pick('trafficBytes'),
        serverDiskBytes: pick('serverDiskBytes'),
      };
    };
    const [alegato, stock] = [summary('alegato'), summary('stock')];
    return {
      name: 'trace',
      ratios: {
        traceTime: round(alegato.arrivedMs / stock.arrivedMs),
        traceBytes: round(alegato.trafficBytes / stock.trafficBytes),
      },
      targets: {},
      met: true,
      operations,
      coalesced: coalesce,
      textsEqual: true,
      alegato,
      stock,
    };
  },
};
