import * as Y from 'yjs';
import { loadSharedDoc } from '../../electron/services/sync/loadSharedDoc.ts';
import { readSharedState } from '../../electron/services/sync/sharedState.ts';
import { hex } from '../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import type { RoomLedger } from '../../shared/sync/RoomLedger.ts';
import { scanUpdate } from '../../shared/sync/scanUpdate.ts';
import { stateDigest } from '../../shared/sync/stateDigest.ts';
import { readPlain, readWords } from './bodyWords.ts';
import { DelayedDisk } from './DelayedDisk.ts';
import type { RoomSimulation } from './RoomSimulation.ts';
import type { SimulatedDevice } from './SimulatedDevice.ts';
import { newDeviceState, openMemoryRoomStore } from './SimulatedProgram.ts';

/** What a run broke; empty when it kept every law. */
export interface Verdict {
  seed: number;
  divergences: string[];
  losses: string[];
  /** Words of readers that were seen, and breaches of reviewers that were not shown. */
  oversteps: string[];
  /** Errors nobody caught, notices without a cause, rooms that did not come to rest. */
  disorder: string[];
}

const REST_MS = 240_000;

/** Waits until the room is at rest, lets one more device in, and holds the laws against what everybody has. */
export async function judgeRoom(simulation: RoomSimulation): Promise<Verdict> {
  const { time, founder } = simulation;
  const verdict: Verdict = { seed: simulation.seed, divergences: [], losses: [], oversteps: [], disorder: [] };
  await simulation.calmDown();
  if (!(await rest(simulation))) verdict.disorder.push(...unrest(simulation));
  const joining = simulation.invite('editor');
  let joiner: SimulatedDevice | null = null;
  void joining?.joined.then((device) => {
    joiner = device;
  });
  await time.run(60_000, () => joiner !== null);
  if (!joiner) verdict.disorder.push('nobody could join at the end');
  if (!(await rest(simulation))) verdict.disorder.push(...unrest(simulation).map((text) => `with joiner: ${text}`));
  await time.run(5_000);

  const { ciphers } = simulation;
  const members = honestMembers(simulation).filter(({ program }) => program !== null);
  const digests = new Map(members.map((device) => [device.number, digestOf(ciphers, docOf(device))]));
  const expected = digests.get(founder.number);
  for (const device of members) {
    const same = readPlain(docOf(device)) === readPlain(docOf(founder));
    if (!same) verdict.divergences.push(`device ${device.number} (${device.role}) shows another text`);
    else if (digests.get(device.number) !== expected)
      verdict.divergences.push(`device ${device.number} (${device.role}) has the text under another digest`);
  }
  const union = await docOfAllFrames(simulation);
  if (readPlain(union) !== readPlain(docOf(founder))) verdict.divergences.push('all frames together make another text');
  else if (digestOf(ciphers, union) !== expected) verdict.divergences.push('all frames together make another digest');

  judgeWords(simulation, members, verdict);
  judgeBreaches(simulation, members, verdict);
  judgeNotices(simulation, members, verdict);
  for (const error of time.errors)
    verdict.disorder.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (simulation.relay.counts.has('internal-error')) verdict.disorder.push('the relay met an internal error');
  return verdict;
}

/** Whether words of the author may have come in with the state of a snapshot, which nobody can audit. */
function adopted(ledger: RoomLedger, author: number): boolean {
  if (![...ledger.devices()].some((device) => ledger.baseOf(device) > 0)) return false;
  return [...ledger.view.snapshots.values()].some(({ confirmed, coverage }) => confirmed && coverage.ends.has(author));
}

/** A device that forged frames has spoilt its own chain: nothing is promised to it. */
function honestMembers({ members, forgers }: RoomSimulation): SimulatedDevice[] {
  return members.filter(({ number }) => !forgers.has(number));
}

function docOf(device: SimulatedDevice): Y.Doc {
  return device.program?.shared ?? new Y.Doc();
}

export function digestOf(ciphers: Ciphers, doc: Y.Doc): string {
  const state = readSharedState(doc);
  const scan = scanUpdate(state);
  return scan.ok ? hex(stateDigest(ciphers, state, scan.value)) : `not allowed: ${scan.error.code}`;
}

/** Everybody has everything and says so. A person whose program gave up tries again now and then. */
async function rest(simulation: RoomSimulation): Promise<boolean> {
  const { time } = simulation;
  for (let leftMs = REST_MS; leftMs > 0; leftMs -= 2_000) {
    if (unrest(simulation).length === 0) {
      await time.run(3_000);
      if (unrest(simulation).length === 0) return true;
    }
    await time.run(2_000);
    if (leftMs % 20_000 === 0) for (const device of simulation.members) if (!device.isBusy) device.open();
  }
  return false;
}

function unrest(simulation: RoomSimulation): string[] {
  const { founder } = simulation;
  const members = honestMembers(simulation);
  const found: string[] = [];
  const text = readPlain(docOf(founder));
  if (!founder.program) found.push('the founder is not here');
  for (const device of members) {
    const { number, program, isBusy } = device;
    const say = (what: string): void => void found.push(`device ${number} (${device.role}) ${what}`);
    if (isBusy || !program) {
      say(isBusy ? 'is busy' : 'is closed');
      continue;
    }
    const { relay, relayReason, unsentFrames, missing } = program.session.status;
    if (relay !== 'online') say(`is ${relay} ${relayReason}`);
    if (unsentFrames > 0) say(`has ${unsentFrames} frames to send`);
    if (missing.length > 0) say(`misses ${JSON.stringify(missing)}`);
    if (readPlain(program.shared) !== text) say('shows another text than the founder');
    if (readPlain(program.replica) !== readPlain(program.shared)) say('has another replica than shared doc');
  }
  return found;
}

/** What the frames of all disks make, handed over in another order. */
async function docOfAllFrames(simulation: RoomSimulation): Promise<Y.Doc> {
  const { ciphers, founder, owned, random, relay } = simulation;
  const frames = new Map<string, Uint8Array>();
  const add = (frame: Uint8Array): void => void frames.set(hex(ciphers.sha256(frame)), frame);
  for (const { disk } of simulation.devices) for (const frame of disk.state.frames.values()) add(frame);
  for (const { entries } of relay.disk.state.rooms.values()) for (const { frame } of entries.values()) add(frame);
  const shuffled = [...frames.values()]
    .map((frame) => ({ frame, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ frame }) => frame);
  const store = openMemoryRoomStore(new DelayedDisk(newDeviceState(shuffled), random).open());
  const doc = new Y.Doc();
  const device = { number: founder.number, seed: founder.seed };
  await loadSharedDoc({ store, ciphers, room: owned.root.room, device, doc, origin: 'all' });
  return doc;
}

function judgeWords({ words, forbidden, founder }: RoomSimulation, members: SimulatedDevice[], verdict: Verdict): void {
  const here = readWords(docOf(founder));
  const counts = new Map<string, number>();
  for (const text of [...here.body, ...here.fields]) counts.set(text, (counts.get(text) ?? 0) + 1);
  const counting = new Set(members.map(({ number }) => number));
  for (const { text, device, saved, deleted } of words.values()) {
    if (saved && !deleted && counting.has(device) && !counts.has(text)) verdict.losses.push(`${text} is gone`);
  }
  for (const text of forbidden) if (counts.has(text)) verdict.oversteps.push(`${text} of a reader is shown`);
}

/** [SY80] Words of reviewers in the text, and whoever applied them one by one and was not told. */
function judgeBreaches(
  { words, founder, devices }: RoomSimulation,
  members: SimulatedDevice[],
  verdict: Verdict,
): void {
  const here = readWords(docOf(founder));
  const seen = new Set([...here.body, ...here.fields].map((text) => words.get(text)?.device));
  for (const { number: reviewer } of devices.filter(({ number, role }) => role === 'reviewer' && seen.has(number)))
    for (const { number, notices, program, rebuilds } of members) {
      const inSnapshot = program !== null && adopted(program.loaded.record.ledger, reviewer);
      if (number === reviewer || inSnapshot || rebuilds > 0) continue;
      if (!notices.some(({ code, params }) => code === 'role-breach' && params?.device === reviewer))
        verdict.oversteps.push(`device ${number} was not told of the breach by ${reviewer}`);
    }
}

/** Notices that the faults of a run do not account for. */
function judgeNotices(
  { forgers, devices, faultCounts }: RoomSimulation,
  members: SimulatedDevice[],
  verdict: Verdict,
): void {
  const counting = new Set(members.map(({ number }) => number));
  // a welcome is not signed: a bit of a hash in it turned over is another history, one in a request a forged request
  const flips = faultCounts.flip ?? 0;
  for (const { number, notices } of devices) {
    if (forgers.has(number)) continue;
    for (const { code, params } of notices) {
      const about = Number(params?.device ?? 0);
      const explained =
        code === 'relay-garbage' ||
        code === 'relay-refused' ||
        (code === 'request-forged' && flips > 0) ||
        (code === 'role-breach' && devices.find((one) => one.number === about)?.role === 'reviewer') ||
        code === 'member-removed' ||
        (code === 'device-removed' && !counting.has(number)) ||
        (code === 'peer-frame-refused' && params?.reason === 'role-forbids' && forgers.has(about)) ||
        (code === 'peer-fork' && (forgers.has(about) || flips > 0));
      if (!explained) verdict.disorder.push(`device ${number} was told ${code} ${JSON.stringify(params ?? {})}`);
    }
  }
}
