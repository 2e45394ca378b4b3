import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { round } from '../quantile.ts';
import { measureRound } from './measureRound.ts';
import type { TypingSystem } from './TypingSystem.ts';

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  samples?: number[];
  timeDeltas?: number[];
}

const SHOWN = 25;

/**
 * One more round with the profiler on in both pages. Writes `.cpuprofile` files for the browser's tools into `folder`
 * and prints where the time went, in microseconds a key: in the function itself, and with all that it called.
 */
export async function profileRound(
  system: TypingSystem,
  index: number,
  keys: number,
  paceMs: number,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const pages = { author: system.author, peer: system.peer };
  const sessions = new Map<string, CDPSession>();
  for (const [role, page] of Object.entries(pages)) {
    const session = await page.context().newCDPSession(page);
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: 200 });
    await session.send('Profiler.start');
    sessions.set(role, session);
  }
  await measureRound(system, index, keys, paceMs);
  for (const [role, session] of sessions) {
    const { profile } = await session.send('Profiler.stop');
    await session.detach();
    await writeFile(join(folder, `${system.name.split(' ')[0]}-${role}.cpuprofile`), JSON.stringify(profile));
    console.log(`  ${system.name}, ${role}, µs a key (itself / with what it called):`);
    for (const line of findHotSpots(profile, keys)) console.log(`    ${line}`);
  }
}

function findHotSpots(profile: CpuProfile, keys: number): string[] {
  const parents = new Map<number, number>();
  const names = new Map<number, string>();
  for (const { id, callFrame, children } of profile.nodes) {
    const file = callFrame.url.split('/').at(-1) ?? '';
    names.set(id, `${callFrame.functionName || '(anonymous)'} ${file}:${callFrame.lineNumber + 1}`);
    for (const child of children ?? []) parents.set(child, id);
  }
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  profile.samples?.forEach((sample, position) => {
    const us = profile.timeDeltas?.[position] ?? 0;
    const add = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + us);
    add(self, names.get(sample) ?? '');
    const seen = new Set<string>();
    for (let node: number | undefined = sample; node !== undefined; node = parents.get(node)) {
      const name = names.get(node) ?? '';
      if (!seen.has(name)) add(total, name);
      seen.add(name);
    }
  });
  return [...total]
    .filter(([name]) => !/^\((?:root|idle)\)/.test(name))
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([name, us]) => `${round((self.get(name) ?? 0) / keys, 0)} / ${round(us / keys, 0)}  ${name}`);
}
