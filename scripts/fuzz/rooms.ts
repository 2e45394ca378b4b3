import { fuzzRooms, isBroken } from '../../adversary/roomFuzz/fuzzRooms.ts';

/** Rooms from seeds, told on the console and as one JSON line. True when every law was kept. */
export async function runRooms(rooms: number, first: number): Promise<boolean> {
  console.log(
    `Room fuzz: seeds ${first} to ${first + rooms - 1}, four devices and a joiner each, one relay, two processes.`,
  );
  const startMs = performance.now();
  const sums = await fuzzRooms(first, rooms, (seed, outcome, done) => {
    if (isBroken(outcome)) {
      const { verdict, story } = outcome;
      const found = [...verdict.divergences, ...verdict.losses, ...verdict.oversteps, ...verdict.disorder];
      console.log(`  seed ${seed}:\n    ${found.join('\n    ')}\n    story: ${story.join(' | ')}`);
    }
    if (done % 100 === 0) console.log(`  ${done} of ${rooms} rooms`);
  });
  const seconds = Math.round((performance.now() - startMs) / 100) / 10;
  const target = { divergences: 0, losses: 0, oversteps: 0, disorder: 0 };
  console.log(JSON.stringify({ name: 'fuzz-rooms', rooms, first, ...sums, seconds, target }));
  return sums.failed.length === 0;
}
