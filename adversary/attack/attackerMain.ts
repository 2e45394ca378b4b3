import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import { CATALOGUE } from './catalogue.ts';
import { answerCalls } from './childCalls.ts';
import type { Target } from './RawLine.ts';

export interface AttackOrder {
  name: string;
  messages: number;
  seed: number;
  limitMs: number;
  host: string;
  port: number;
}

export interface AttackOutcome {
  messages: number;
  connections: number;
  refused: number;
  tookMs: number;
}

export type AttackerCalls = typeof calls;

let addresses = 0;
const manyAddresses = await canUseManyAddresses();

/** The process that attacks: one attack at a time, with as many connections side by side as it wants. */
const calls = {
  async attack(order: AttackOrder): Promise<AttackOutcome> {
    const attack = CATALOGUE.find(({ name }) => name === order.name);
    if (!attack) throw new Error(`no attack is called ${order.name}`);
    const { host, port } = order;
    const outcome: AttackOutcome = { messages: 0, connections: 0, refused: 0, tookMs: 0 };
    const start = performance.now();
    const left = (): number =>
      performance.now() - start > order.limitMs ? 0 : Math.max(0, order.messages - outcome.messages);
    const lane = async (index: number): Promise<void> => {
      const random = new SeededRandom(order.seed * 1_009 + index);
      // Attempts are bounded as well: a relay that lets nobody in has won.
      while (left() > 0 && outcome.refused < 1_000 + 2 * order.messages) {
        outcome.connections++;
        await attack.attempt({
          target: () => ({ host, port, fromAddress: manyAddresses ? nextAddress() : null }),
          oneAddress: { host, port, fromAddress: manyAddresses ? '127.9.9.9' : null },
          random,
          left,
          sent: (messages) => (outcome.messages += messages),
          refused: () => outcome.refused++,
        });
      }
    };
    await Promise.all(Array.from({ length: attack.lanes }, (_, index) => lane(index)));
    outcome.tookMs = Math.round(performance.now() - start);
    return outcome;
  },
};
answerCalls(calls);

/** Loopback addresses in turn, some 60,000 of them: limits on one address are not what ends these attacks. */
function nextAddress(): Target['fromAddress'] {
  const n = addresses++ % 60_000;
  return `127.1.${Math.floor(n / 240) + 1}.${(n % 240) + 1}`;
}

/** Linux gives the whole of 127/8 to loopback, other systems one address. */
async function canUseManyAddresses(): Promise<boolean> {
  if (!Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => internal))) return false;
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, '127.1.1.1', () => server.close(() => resolve(true)));
  });
}
