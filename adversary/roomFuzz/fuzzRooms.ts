import { startProcess } from '../attack/childCalls.ts';
import type { RoomCalls } from './roomWorker.ts';
import type { RoomOutcome } from './runRoom.ts';

/** Sums over many rooms. */
export interface RoomSums {
  divergences: number;
  losses: number;
  oversteps: number;
  disorder: number;
  /** Seeds that broke a law. */
  failed: number[];
  words: number;
  frames: number;
  faults: number;
  rebuilds: number;
  breaches: number;
}

const WORKERS = 2;

/** Lives through the rooms of these seeds in two processes and tells of each as it ends. */
export async function fuzzRooms(
  first: number,
  count: number,
  onRoom: (seed: number, outcome: RoomOutcome, done: number) => void,
): Promise<RoomSums> {
  const sums: RoomSums = {
    divergences: 0,
    losses: 0,
    oversteps: 0,
    disorder: 0,
    failed: [],
    words: 0,
    frames: 0,
    faults: 0,
    rebuilds: 0,
    breaches: 0,
  };
  let next = first;
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = startProcess<RoomCalls>(new URL('./roomWorker.ts', import.meta.url).pathname);
    try {
      while (next < first + count) {
        const seed = next++;
        const outcome = await worker.call('run', seed);
        add(sums, seed, outcome);
        onRoom(seed, outcome, ++done);
      }
    } finally {
      await worker.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(WORKERS, count) }, work));
  sums.failed.sort((a, b) => a - b);
  return sums;
}

function add(sums: RoomSums, seed: number, outcome: RoomOutcome): void {
  const { verdict } = outcome;
  for (const law of ['divergences', 'losses', 'oversteps', 'disorder'] as const) sums[law] += verdict[law].length;
  for (const what of ['words', 'frames', 'faults', 'rebuilds', 'breaches'] as const) sums[what] += outcome[what];
  if (isBroken(outcome)) sums.failed.push(seed);
}

export function isBroken({ verdict }: RoomOutcome): boolean {
  return verdict.divergences.length + verdict.losses.length + verdict.oversteps.length + verdict.disorder.length > 0;
}
