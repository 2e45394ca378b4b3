import './VirtualTime.ts';
import { judgeRoom, type Verdict } from './judgeRoom.ts';
import { RoomSimulation } from './RoomSimulation.ts';

export interface RoomOutcome {
  verdict: Verdict;
  words: number;
  frames: number;
  faults: number;
  steps: Record<string, number>;
  story: string[];
  rebuilds: number;
  /** Notices of reviewers' breaches, over all devices. */
  breaches: number;
}

/** One room of four and whoever joins, lived through and judged; everything in it follows from the seed. */
export async function runRoom(seed: number, steps = 45): Promise<RoomOutcome> {
  const simulation = await RoomSimulation.create(seed);
  const { time } = simulation;
  const quiet = listenToConsole((text) => time.errors.push(new Error(`console: ${text}`)));
  const unhandled = (error: unknown): void => void time.errors.push(error);
  process.on('unhandledRejection', unhandled);
  time.hold();
  try {
    await simulation.live(steps);
    const verdict = await judgeRoom(simulation);
    for (const device of simulation.devices) device.kill();
    simulation.relay.kill();
    return {
      verdict,
      words: simulation.words.size,
      frames: [...simulation.relay.disk.state.rooms.values()].reduce((sum, { lastSequence }) => sum + lastSequence, 0),
      faults: Object.values(simulation.faultCounts).reduce((sum, count) => sum + count, 0),
      steps: simulation.steps,
      story: simulation.story,
      rebuilds: simulation.devices.reduce((sum, { rebuilds }) => sum + rebuilds, 0),
      breaches: simulation.devices.flatMap(({ notices }) => notices.filter(({ code }) => code === 'role-breach'))
        .length,
    };
  } finally {
    time.release();
    process.off('unhandledRejection', unhandled);
    quiet();
  }
}

/** y-protocols reports an update that Yjs did not take on the console and nowhere else. */
function listenToConsole(tell: (text: string) => void): () => void {
  const { error, warn } = console;
  console.error = (...parts: unknown[]) =>
    tell(parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' '));
  console.warn = console.error;
  return () => Object.assign(console, { error, warn });
}
