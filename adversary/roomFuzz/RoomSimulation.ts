import { askToJoin } from '../../electron/services/sync/askToJoin.ts';
import { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import { readBundle, writeBundle } from '../../shared/sync/bundle.ts';
import { encodeDeviceMessage } from '../../shared/sync/RelayMessage.ts';
import type { RoleName } from '../../shared/sync/records.ts';
import { createOwnedRoom, DeviceChain, type OwnedRoom } from '../DeviceChain.ts';
import type { FaultName, Faults } from '../faults/decideFate.ts';
import { markWords, removeWord } from './bodyWords.ts';
import { fuzzCiphers } from './fuzzCiphers.ts';
import { SimulatedDevice, type TypedWord } from './SimulatedDevice.ts';
import { SimulatedRelay } from './SimulatedRelay.ts';
import { VirtualTime } from './VirtualTime.ts';

const CALM: Faults = {};
const WEATHERS: readonly Faults[] = [
  CALM,
  { delay: 0.1, longestDelayMs: 200, drop: 0.01, duplicate: 0.02, reorder: 0.02, cut: 0.01 },
  {
    delay: 0.2,
    longestDelayMs: 2_000,
    drop: 0.03,
    duplicate: 0.04,
    reorder: 0.04,
    cut: 0.02,
    truncate: 0.01,
    flip: 0.015,
  },
];
const FAR_SECONDS = 4_000_000_000;
/** Seconds that pass between two steps, by chance: most are quick, some let things settle. */
const PAUSES_MS = [0, 5, 20, 20, 60, 60, 150, 400, 1_000, 3_000, 9_000];

/** A room of four and whoever joins, their relay, and the line between them, in a time of their own; all of it from one seed. */
export class RoomSimulation {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly time = new VirtualTime();
  readonly ciphers: Ciphers;
  readonly owned: OwnedRoom;
  readonly relay: SimulatedRelay;
  readonly devices: SimulatedDevice[] = [];
  readonly words = new Map<string, TypedWord>();
  /** Words of hand-made frames that must never be seen. */
  readonly forbidden: string[] = [];
  /** Devices that signed what their role forbids. */
  readonly forgers = new Set<number>();
  readonly faultCounts: Partial<Record<FaultName, number>> = {};
  readonly steps: Record<string, number> = {};
  /** What was done, with the time it was done at; for reports. */
  readonly story: string[] = [];
  #faults: Faults = CALM;
  readonly #deletes: boolean;
  readonly #marks: boolean;
  #removals = 0;
  #joiners = 0;

  static async create(seed: number): Promise<RoomSimulation> {
    return new RoomSimulation(seed, await fuzzCiphers(seed));
  }

  private constructor(seed: number, ciphers: Ciphers) {
    this.seed = seed;
    this.ciphers = ciphers;
    this.random = new SeededRandom(Math.imul(seed, 0x9e37_79b1));
    this.owned = createOwnedRoom(ciphers);
    this.relay = new SimulatedRelay(ciphers, this.random, {
      random: this.random,
      faults: () => this.#faults,
      count: (fault) => void (this.faultCounts[fault] = (this.faultCounts[fault] ?? 0) + 1),
    });
    this.#deletes = this.random.below(3) === 0;
    this.#marks = this.random.below(3) === 0;
    const second: readonly RoleName[] = ['editor', 'editor', 'owner', 'reviewer'];
    const roles: RoleName[] = [
      'owner',
      this.random.pick(second),
      this.random.pick(['editor', 'reviewer', 'reader'] as const),
      this.random.pick(['editor', 'reviewer', 'reader', 'reader'] as const),
    ];
    const chains = roles.map((role, i) => {
      const organization = i === 0 ? 1 : 1 + this.random.below(3);
      return { role, organization, chain: new DeviceChain(this.owned, i + 1, { role, organization }) };
    });
    for (const { role, organization, chain } of chains)
      this.#add(chain.number, role, organization, chain.seed, this.owned.rootFrames);
  }

  get founder(): SimulatedDevice {
    return this.devices[0] as SimulatedDevice;
  }

  /** Devices that count and were not removed, as the founder sees it. */
  get members(): SimulatedDevice[] {
    const view = this.founder.program?.session.view;
    return this.devices.filter(({ number }) => view?.devices.get(number)?.limit === null);
  }

  /** Everybody begins, then `count` steps by chance under changing weather. */
  async live(count: number): Promise<void> {
    this.relay.start();
    for (const device of this.devices) {
      device.open();
      await this.time.run(this.random.below(300));
    }
    await this.time.run(2_000);
    for (let step = 0; step < count; step++) {
      const [name, act] = this.random.pick(this.#choices());
      this.note(name);
      this.steps[name] = (this.steps[name] ?? 0) + 1;
      act();
      await this.time.run(this.random.pick(PAUSES_MS));
    }
  }

  /** Calm weather, and everybody is here again. */
  async calmDown(): Promise<void> {
    this.#faults = CALM;
    this.relay.start();
    this.note('calm');
    for (const device of this.devices) device.open();
    await this.time.run(1_000);
  }

  note(text: string): void {
    this.story.push(`${(this.time.nowMs / 1_000).toFixed(2)} ${text}`);
  }

  /** An owner's person invites; whoever gets the link asks until let in. Null when nobody can invite. */
  invite(role: RoleName): { joined: Promise<SimulatedDevice | null> } | null {
    const owner = this.founder;
    if (!owner.program) return null;
    const organization = 1 + this.random.below(3);
    const seed = this.ciphers.randomBytes(32);
    const joined = (async () => {
      const invited = await owner.program?.session.gatekeeper.invite({ role, organization, expires: FAR_SECONDS });
      if (!invited?.ok) return null;
      const roomPublicKey = this.owned.root.room.publicKey;
      const admission = await askToJoin({
        ciphers: this.ciphers,
        link: { relayUrl: 'ws://relay.invalid', roomPublicKey, seed: invited.value.seed },
        deviceSeed: seed,
        onState: () => {},
        signal: new AbortController().signal,
        createSocket: () => this.relay.connect() as never,
      });
      if (!admission.ok) {
        this.note(`joiner refused: ${admission.error.code}`);
        return null;
      }
      this.note(`joiner ${admission.value.device} is let in as ${role}`);
      const device = this.#add(admission.value.device, role, organization, seed, []);
      device.open();
      return device;
    })();
    joined.catch((error: unknown) => this.time.errors.push(error));
    return { joined };
  }

  #add(
    number: number,
    role: RoleName,
    organization: number,
    seed: Uint8Array,
    frames: readonly Uint8Array[],
  ): SimulatedDevice {
    const device = new SimulatedDevice({
      ciphers: this.ciphers,
      room: this.owned.root.room,
      random: this.random,
      relay: this.relay,
      number,
      organization,
      seed,
      role,
      frames,
      words: this.words,
      onError: (error) => this.time.errors.push(error),
    });
    this.devices.push(device);
    return device;
  }

  /** What could happen now; what is here more than once happens more often. */
  #choices(): [string, () => void][] {
    const { random } = this;
    const device = random.pick(this.devices);
    const other = random.pick(this.devices);
    const writes = device.role !== 'reader';
    const { number } = device;
    const choices: [string, () => void][] = [];
    const may = (weight: number, name: string, act: () => void): void => {
      for (let i = 0; i < weight; i++) choices.push([name, act]);
    };
    if (!device.program) may(12, `open ${number}`, () => device.open(random.below(4) > 0));
    else {
      if (writes) may(14, `type ${number}`, () => this.#typeSome(device));
      if (writes && this.#deletes) may(3, `delete ${number}`, () => this.#delete(device));
      if (writes && this.#marks) may(3, `mark ${number}`, () => device.change((doc) => markWords(doc, random)));
      if (!writes) may(2, `forge ${number}`, () => this.#forge(device));
      may(3, `disconnect ${number}`, () => device.disconnect());
      may(4, `connect ${number}`, () => device.open());
      may(2, `close ${number}`, () => device.close());
      may(2, `kill ${number}`, () => device.kill());
      may(2, `cut ${number}`, () => device.cut(random.below(3) === 0));
      if (device.role === 'owner' || device.role === 'editor') may(4, `compact ${number}`, () => device.compact());
      if (device !== other) may(2, `carry ${number} to ${other.number}`, () => this.#carry(device, other));
      if (device.role === 'owner') may(1, `remove ${other.number} by ${number}`, () => this.#remove(device, other));
    }
    may(1, 'relay killed', () => this.relay.kill());
    may(1, 'relay stopped', () => void this.relay.stop());
    if (!this.relay.isRunning) may(8, 'relay started', () => this.relay.start());
    may(1, 'relay copied', () => this.relay.keepCopy());
    if (random.below(3) === 0) may(1, 'relay put back', () => this.#putRelayBack());
    may(1, 'weather', () => {
      this.#faults = random.pick(WEATHERS);
    });
    if (this.#joiners < 1) may(1, 'invite', () => this.#inviteOne());
    return choices;
  }

  #typeSome(device: SimulatedDevice): void {
    for (let left = 1 + this.random.below(3); left > 0; left--) device.type();
  }

  #delete(device: SimulatedDevice): void {
    device.change((doc) => {
      const text = removeWord(doc, this.random);
      const word = text === null ? undefined : this.words.get(text);
      if (word) word.deleted = true;
    });
  }

  #forge(device: SimulatedDevice): void {
    const text = `d${device.number}n${9_000 + this.forbidden.length};`;
    const frame = device.forgeUpdate(text);
    if (!frame) return;
    this.forbidden.push(text);
    this.forgers.add(device.number);
    if (this.random.below(2) === 0) device.sendRaw(encodeDeviceMessage({ type: 'post', frame }));
    else {
      const victim = this.random.pick(this.devices);
      victim.do(() => victim.program?.session.takeFrames([frame]));
    }
  }

  #carry(from: SimulatedDevice, to: SimulatedDevice): void {
    const { roomIdBytes } = this.owned.root.room;
    from.do(async () => {
      if (!from.program) return;
      await from.program.session.flush();
      const frames: Uint8Array[] = [];
      for await (const frame of from.program?.session.readFrames() ?? []) frames.push(frame);
      let bytes = writeBundle(this.ciphers, roomIdBytes, frames);
      if (this.random.below(5) === 0) bytes = bytes.slice(0, this.random.below(bytes.length));
      const bundle = readBundle(bytes, roomIdBytes);
      if (!bundle.ok) return;
      const copies = bundle.value.frames.map((frame) => frame.slice());
      to.do(() => to.program?.session.takeFrames(copies));
    });
  }

  #remove(by: SimulatedDevice, device: SimulatedDevice): void {
    if (this.#removals >= 2 || device === this.founder || this.members.length < 3) return;
    by.do(async () => {
      const removed = await by.program?.session.remove(device.number);
      if (!removed?.ok) return;
      this.#removals++;
      this.note(`${device.number} is removed`);
    });
  }

  #putRelayBack(): void {
    if (this.random.below(6) === 0) this.relay.wipe();
    else if (!this.relay.putBack(this.random.below(2) === 0)) return;
    if (this.random.below(2) === 0) this.relay.start();
  }

  #inviteOne(): void {
    if (!this.founder.program) return;
    this.#joiners++;
    this.invite(this.random.pick(['editor', 'reviewer', 'reader'] as const));
  }
}
