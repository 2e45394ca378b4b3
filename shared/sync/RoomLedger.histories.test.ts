import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../crypto/bytes.ts';
import type { RosterView } from './Roster.ts';
import { growHistory } from './testing/growHistory.ts';
import { seededNumbers } from './testing/seededCiphers.ts';
import type { TestReplica } from './testing/TestReplica.ts';

beforeAll(() => sodium.ready);

const SEEDS = Number(process.env['ALEGATO_SEEDS'] ?? 40);
const FIRST = Number(process.env['ALEGATO_FIRST_SEED'] ?? 1);

/** The view without what only names how it was found. */
function plainView(view: RosterView): unknown {
  const sorted = <T>(map: ReadonlyMap<string | number, T>, plain: (value: T) => unknown): unknown =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, plain(value)]);
  return {
    devices: sorted(view.devices, ({ keyName, organization, role, invitedBy, admissions, limit }) => ({
      keyName,
      organization,
      role,
      invitedBy,
      admissions: [...admissions].sort(),
      limit: limit && { counter: limit.counter, hash: hex(limit.hash) },
    })),
    epochs: sorted(view.epochs, ({ generation, givenTo, counts }) => ({
      generation,
      counts,
      givenTo: [...givenTo].sort(),
    })),
    sealOrder: view.sealOrder,
    invitations: sorted(view.invitations, ({ usedBy, withdrawn }) => [withdrawn, ...[...usedBy].sort()]),
    snapshots: sorted(view.snapshots, ({ confirmed }) => confirmed),
  };
}

function outcome(replica: TestReplica): unknown {
  return {
    view: plainView(replica.ledger.view),
    counted: replica.countedNames().join(' '),
    text: replica.doc.getText('text').toString(),
    digest: hex(replica.digest()),
  };
}

describe('law R0', () => {
  it(`[R0] [SY43] [SY44] [SY45] [SY46] [SY53] [SY55] [SY81] [SY82] the same frames give the same view, counted frames and shared doc in every order and every page (${SEEDS} seeds)`, () => {
    const seen = {
      rebuilds: 0,
      forks: 0,
      adopted: 0,
      removed: 0,
      doubles: 0,
      confirmed: 0,
      frames: 0,
      closed: 0,
      withdrawn: 0,
    };
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      const { room, creator, forks } = growHistory(sodium, seed);
      const below = seededNumbers(seed + 1_000_000);
      const { frames } = room;
      const expected = room.reader(creator).load(frames);
      const wanted = outcome(expected);
      const { view } = expected.ledger;
      seen.frames += frames.length;
      seen.forks += forks;
      seen.removed += [...view.devices.values()].filter(({ limit }) => limit).length;
      seen.confirmed += [...view.snapshots.values()].filter(({ confirmed }) => confirmed).length;
      seen.doubles += [...view.invitations.values()].filter(({ usedBy }) => usedBy.size > 1).length;
      seen.withdrawn += [...view.invitations.values()].filter((one) => one.withdrawn && one.usedBy.size > 0).length;
      seen.closed += expected.ledger.missing().length;
      for (let order = 0; order < 7; order++) {
        const shuffled = order === 0 ? [...frames] : shuffle(below, frames);
        const doubled = shuffled.flatMap((frame) => (below(4) === 0 ? [frame, frame] : [frame]));
        const replica = room.reader(creator);
        if (order === 4) replica.load(doubled);
        else if (order === 5) replica.takeAll(frames, () => frames.length);
        else if (order === 6) replica.takeAll(doubled, () => 1 + below(12));
        else replica.takeAll(doubled);
        seen.rebuilds += replica.rebuilds;
        seen.adopted += [...replica.ledger.authors()].filter((device) => replica.ledger.baseOf(device) > 0).length;
        expect(outcome(replica), `seed ${seed}, order ${order}`).toEqual(wanted);
        if (order !== 2) continue;
        const again = room.reader(creator).load(shuffle(below, replica.frames));
        expect(outcome(again), `seed ${seed}, order ${order}, loaded again`).toEqual(wanted);
      }
    }
    if (SEEDS < 100) return;
    for (const [what, count] of Object.entries(seen))
      expect(count, what).toBeGreaterThan(what === 'closed' ? -1 : SEEDS / 10);
  }, 600_000);
});

function shuffle<T>(below: (limit: number) => number, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const k = below(i + 1);
    [out[i], out[k]] = [out[k] as T, out[i] as T];
  }
  return out;
}
