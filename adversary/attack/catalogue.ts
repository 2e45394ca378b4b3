import type { Attack } from './Attack.ts';
import { wrongConnections } from './attacks/wrongConnections.ts';
import { wrongDevices } from './attacks/wrongDevices.ts';
import { wrongFrames } from './attacks/wrongFrames.ts';
import { wrongMessages } from './attacks/wrongMessages.ts';

/** Every attack, in the order in which they are run. */
export const CATALOGUE: readonly Attack[] = [...wrongMessages, ...wrongFrames, ...wrongConnections, ...wrongDevices];

/** How many messages each attack sends of `total`: by weight, between its own least and most, the rest to those without a limit. */
export function share(total: number, attacks: readonly Attack[] = CATALOGUE): Map<Attack, number> {
  const weights = attacks.reduce((sum, each) => sum + each.weight, 0);
  const counts = new Map<Attack, number>();
  for (const each of attacks) {
    const least = Math.min(each.least ?? 1, Math.max(1, Math.floor(total / 5)));
    counts.set(each, Math.min(Math.max(least, Math.floor((total * each.weight) / weights)), each.most ?? total));
  }
  const open = attacks.filter((each) => each.most === undefined);
  const openWeights = open.reduce((sum, each) => sum + each.weight, 0);
  const rest = total - [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const each of open)
    counts.set(each, Math.max(1, (counts.get(each) ?? 0) + Math.ceil((rest * each.weight) / openWeights)));
  return counts;
}
