import { equalBytes } from '../shared/crypto/bytes.ts';
import type { DeviceEnd, SurveyedFrame } from './FrameLog.ts';

/**
 * [SY75] How far the frames that are here lead each chain, from its first frame or from where a confirmed snapshot takes
 * the place of what is missing; and the frames beyond a gap, which wait for it to close.
 */
export function findEnds(
  frames: readonly SurveyedFrame[],
  coverages: readonly ReadonlyMap<number, DeviceEnd>[],
): { ends: Map<number, DeviceEnd>; beyond: SurveyedFrame[] } {
  const chains = new Map<number, Map<number, SurveyedFrame>>();
  for (const frame of frames) {
    let chain = chains.get(frame.device);
    if (!chain) chains.set(frame.device, (chain = new Map()));
    chain.set(frame.counter, frame);
  }
  for (const coverage of coverages)
    for (const device of coverage.keys()) if (!chains.has(device)) chains.set(device, new Map());
  const ends = new Map<number, DeviceEnd>();
  const beyond: SurveyedFrame[] = [];
  for (const [device, chain] of chains) {
    let last: DeviceEnd = follow(chain, null);
    for (const coverage of coverages) {
      const covered = coverage.get(device);
      const end = covered && follow(chain, covered);
      if (end && end.counter > last.counter) last = end;
    }
    if (last.counter > 0) ends.set(device, last);
    for (const frame of chain.values()) if (frame.counter > last.counter) beyond.push(frame);
  }
  return { ends, beyond };
}

function follow(chain: ReadonlyMap<number, SurveyedFrame>, from: DeviceEnd | null): DeviceEnd {
  let end: DeviceEnd = from ?? { counter: 0, hash: new Uint8Array() };
  for (;;) {
    const next = chain.get(end.counter + 1);
    // what the first frame names was looked at when it was appended
    if (!next || (end.counter > 0 && !equalBytes(next.previous, end.hash))) return end;
    end = { counter: next.counter, hash: next.hash };
  }
}
