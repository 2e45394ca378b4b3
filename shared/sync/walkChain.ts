import { equalBytes, hex } from '../crypto/bytes.ts';
import type { Frame } from './Frame.ts';
import type { CoveredEnd } from './records.ts';

/** A frame that is here and was not counted. */
export interface HeldFrame {
  frame: Frame;
  hash: Uint8Array;
  /** The key that signed it, in hexadecimal; empty for the root. */
  signer: string;
}

/** What is here of the frames of one device: the path that counts, and what lies ahead or beside. */
export interface DeviceChain<H extends HeldFrame> {
  /** Everything up to here was taken over from a snapshot; 0 for nothing. */
  base: number;
  baseHash: Uint8Array;
  /** Records at or below the base that count, in hexadecimal. */
  listed: ReadonlySet<string>;
  /** What counter 1 named as `previous`. */
  start: Uint8Array;
  /** The key that signed the path, in hexadecimal; null while there is no path. */
  signer: string | null;
  /** The path: hash of the frame with counter base + i + 1. */
  hashes: Uint8Array[];
  /** Last counter handed out as counted. */
  applied: number;
  /** Whether it was counted as a reader's, whose updates add nothing. */
  asReader: boolean;
  /** Frames that are not counted: further along the path, beyond its end, and beside it. */
  held: Map<number, H[]>;
}

/** What the records say of a device's chain. */
export interface Standing {
  /** Whether that key is the device's. */
  signs(signer: string): boolean;
  /** [SY4] Whether counter 1 may name this as `previous`. */
  starts(previous: Uint8Array): boolean;
  /** Ends that confirmed snapshots name. */
  snapshotEnds: readonly CoveredEnd[];
  limit: CoveredEnd | null;
}

/** What counts of a chain: the first `kept` hashes of the path there was, then others. */
export interface Path {
  kept: number;
  more: Uint8Array[];
}

/** A place in a chain, of a frame that is held or was counted. */
interface Link {
  previous: Uint8Array;
  hash: Uint8Array;
  signer: string;
}
type Chain = DeviceChain<HeldFrame>;

/** The hash on the path at a counter; null beyond its end and below what a snapshot took over. */
export function hashAt(chain: Chain, counter: number): Uint8Array | null {
  if (counter === chain.base && counter > 0) return chain.baseHash;
  return chain.hashes[counter - chain.base - 1] ?? null;
}

/**
 * The path that counts, from the frames and the standing alone: the same whatever path there was. `isUndoubted`: neither
 * the records nor frames under counters of the path have changed since it was found. [SY4] [SY45] [SY46]
 */
export function walkChain(chain: Chain, standing: Standing, isUndoubted: boolean): Path {
  const { limit } = standing;
  const last = limit?.counter ?? Number.POSITIVE_INFINITY;
  const kept = isUndoubted ? chain.hashes.length : firstDoubt(chain, standing) - chain.base - 1;
  const more: Uint8Array[] = [];
  let end = hashAt(chain, chain.base + kept);
  for (let counter = chain.base + kept + 1; counter <= last; counter++) {
    const links = linksAt(chain, counter).filter(
      ({ previous, signer }) => standing.signs(signer) && (end ? equalBytes(previous, end) : standing.starts(previous)),
    );
    const next = links.length > 1 ? chooseBranch(chain, standing, counter, links) : links[0];
    const named = namedAt(standing, counter);
    if (!next || (named.length > 0 && !named.some((hash) => equalBytes(hash, next.hash)))) break;
    more.push(next.hash);
    end = next.hash;
  }
  let same = 0;
  for (; same < more.length; same++) {
    const before = chain.hashes[kept + same];
    if (!before || !equalBytes(more[same] as Uint8Array, before)) break;
  }
  return { kept: kept + same, more: more.slice(same) };
}

/** Whether a held frame hangs on another branch than the one that counts. */
export function isBeside(chain: Chain, { frame, hash }: HeldFrame): boolean {
  let hashes = [hash];
  let previous = [frame.previous];
  for (let { counter } = frame; counter > chain.base && hashes.length > 0; counter--) {
    const here = hashAt(chain, counter);
    if (here) return !hashes.some((one) => equalBytes(one, here));
    const before = hashAt(chain, counter - 1);
    if (before) return !previous.some((one) => equalBytes(one, before));
    const links = linksAt(chain, counter - 1).filter((link) => previous.some((one) => equalBytes(one, link.hash)));
    hashes = links.map((link) => link.hash);
    previous = links.map((link) => link.previous);
  }
  return false;
}

/** The first counter at which the path there was may not be the one that counts. */
function firstDoubt(chain: Chain, standing: Standing): number {
  const { limit, snapshotEnds } = standing;
  const first = chain.base + 1;
  if (chain.signer === null || !standing.signs(chain.signer)) return first;
  if (chain.base === 0 && !standing.starts(chain.start)) return first;
  let doubt = first + chain.hashes.length;
  if (limit) doubt = Math.min(doubt, Math.max(first, limit.counter + 1));
  for (const { counter } of limit ? [...snapshotEnds, limit] : snapshotEnds) {
    const here = chain.hashes[counter - first];
    if (here && !namedAt(standing, counter).some((hash) => equalBytes(hash, here))) doubt = Math.min(doubt, counter);
  }
  for (const [counter, held] of chain.held) {
    const here = counter < doubt ? chain.hashes[counter - first] : undefined;
    if (here && held.some(({ hash }) => !equalBytes(hash, here))) doubt = counter;
  }
  return doubt;
}

/** Every frame known under a counter, counted ones included. */
function linksAt(chain: Chain, counter: number): Link[] {
  const links: Link[] = [];
  for (const { frame, hash, signer } of chain.held.get(counter) ?? [])
    links.push({ previous: frame.previous, hash, signer });
  const at = counter - chain.base - 1;
  const hash = counter <= chain.applied ? chain.hashes[at] : undefined;
  if (hash && chain.signer !== null)
    links.push({ previous: hashAt(chain, counter - 1) ?? chain.start, hash, signer: chain.signer });
  return links;
}

/** [SY46] What leads to the end a snapshot names, then to the limit's, then the smaller hash. */
function chooseBranch(chain: Chain, standing: Standing, counter: number, links: readonly Link[]): Link | undefined {
  const { limit, snapshotEnds } = standing;
  let choice = links;
  for (const ends of [snapshotEnds, limit ? [limit] : []]) {
    const leading = choice.filter((link) => ends.some((end) => leadsTo(chain, counter, link, end)));
    if (leading.length > 0) choice = leading;
  }
  return [...choice].sort((a, b) => (hex(a.hash) < hex(b.hash) ? -1 : 1))[0];
}

/** Whether the branch beginning with `from` runs into that end, among the frames known. */
function leadsTo(chain: Chain, counter: number, from: Link, end: CoveredEnd): boolean {
  if (end.counter < counter) return false;
  let branch = [from];
  for (let at = counter; at < end.counter && branch.length > 0; at++)
    branch = linksAt(chain, at + 1).filter(({ previous }) => branch.some((one) => equalBytes(previous, one.hash)));
  return branch.some((one) => equalBytes(one.hash, end.hash));
}

/** The hashes of which the frame under a counter must be one; none when nothing names it. A snapshot's word goes first. */
function namedAt({ snapshotEnds, limit }: Standing, counter: number): Uint8Array[] {
  const named = snapshotEnds.filter((end) => end.counter === counter);
  if (named.length === 0 && limit?.counter === counter) named.push(limit);
  return named.map(({ hash }) => hash);
}
