import * as Y from 'yjs';
import { equalBytes, hex } from '../../crypto/bytes.ts';
import type { Ciphers, SignPair } from '../../crypto/Ciphers.ts';
import {
  createEpoch,
  createRoot,
  type DeviceKeys,
  deriveDevice,
  type Epoch,
  type Room,
  type RoomRoot,
} from '../../crypto/room.ts';
import { applyExactly } from '../applyExactly.ts';
import { clientIdOf, ROOT_DEVICE } from '../clientIds.ts';
import { encodeSnapshotContent, encodeUpdateContent, type Head, type Heads } from '../content.ts';
import { createFrame, createRecordFrame, createSnapshotFrame, frameHash, KIND, type Kind, NO_HASH } from '../Frame.ts';
import { requestStatement } from '../hello.ts';
import type { RoomLedger } from '../RoomLedger.ts';
import {
  boxEpochs,
  type Coverage,
  type CoveredEnd,
  encodeAdmission,
  encodeCoverage,
  encodeGrant,
  encodeInvitation,
  encodeRevocation,
  type RoleName,
} from '../records.ts';
import { seededCiphers, type TestSodium } from './seededCiphers.ts';
import { digestOf, TestReplica } from './TestReplica.ts';

/** Whoever signs frames: the root, or a device. */
export interface TestAuthor {
  number: number;
  sign: SignPair;
  counter: number;
  previous: Uint8Array;
}
export interface TestInvitation {
  frame: Uint8Array;
  hash: Uint8Array;
  pair: SignPair;
  role: RoleName;
  organization: number;
  device: number;
}

/** A device with keys, a replica of its own and the chain it writes. */
export class TestDevice implements TestAuthor {
  readonly number: number;
  readonly seed: Uint8Array;
  readonly keys: DeviceKeys;
  readonly organization: number;
  readonly role: RoleName;
  readonly replica: TestReplica;
  counter = 0;
  /** After the admission: its hash. */
  previous: Uint8Array;
  /** Heads its updates named. */
  readonly named = new Map<number, number>();

  constructor(
    room: TestRoom,
    options: { number: number; seed: Uint8Array; organization: number; role: RoleName; window: number },
  ) {
    const { ciphers } = room;
    this.number = options.number;
    this.seed = options.seed;
    this.organization = options.organization;
    this.role = options.role;
    this.keys = deriveDevice(ciphers, options.seed);
    this.previous = NO_HASH;
    const own = { number: this.number, box: this.keys.box };
    this.replica = new TestReplica(ciphers, room.room, own, clientIdOf(this.number, options.window));
  }

  get sign(): SignPair {
    return this.keys.sign;
  }
  get doc(): Y.Doc {
    return this.replica.doc;
  }
  get ledger(): RoomLedger {
    return this.replica.ledger;
  }
}

/**
 * A room in the making, for tests: every step gives the bytes of a frame and keeps them in `frames`. Devices know what
 * `sync` handed them and what they wrote. The same seed and steps give the same bytes.
 */
export class TestRoom {
  readonly ciphers: Ciphers;
  readonly root: RoomRoot;
  readonly rootAuthor: TestAuthor;
  readonly firstEpoch: Epoch;
  /** Every frame made, in order. */
  readonly frames: Uint8Array[] = [];
  readonly devices = new Map<number, TestDevice>();

  constructor(sodium: TestSodium, seed: number) {
    this.ciphers = seededCiphers(sodium, seed);
    this.root = createRoot(this.ciphers);
    this.rootAuthor = { number: ROOT_DEVICE, sign: this.root.pair, counter: 0, previous: NO_HASH };
    this.firstEpoch = createEpoch(this.ciphers);
  }

  get room(): Room {
    return this.root.room;
  }

  /** [SY40] Device 1, an owner, with the first epoch. */
  create(organization = 1): TestDevice {
    return this.restore(1, organization);
  }

  /** An owner's device that the root lets in without an invitation. */
  restore(number: number, organization = 1, epochs: readonly Epoch[] = [this.firstEpoch]): TestDevice {
    const device = this.newDevice({ number, organization, role: 'owner' });
    const frame = this.record(this.rootAuthor, KIND.admission, this.admissionBody(device, null, epochs));
    return this.#welcome(device, frame, this.frames);
  }

  newDevice(options: { number: number; organization: number; role: RoleName }): TestDevice {
    return new TestDevice(this, { ...options, seed: this.ciphers.randomBytes(32), window: 0 });
  }

  /** [SY41] */
  invite(author: TestAuthor, given: { role: RoleName; organization: number; device: number }): TestInvitation {
    const pair = this.ciphers.signPair(this.ciphers.randomBytes(32));
    const body = encodeInvitation({ key: pair.publicKey, expires: 2_000_000_000, ...given });
    const frame = this.record(author, KIND.invitation, body);
    return { frame, hash: this.hash(frame), pair, ...given };
  }

  /** [SY42] The device asks under the invitation and the author lets it in; it starts with every frame of the author's. */
  admit(author: TestDevice, invitation: TestInvitation, change: Partial<TestInvitation> = {}): TestDevice {
    const { role, organization, device: number } = { ...invitation, ...change };
    const device = this.newDevice({ number, organization, role });
    const body = this.admissionBody(device, { ...invitation, ...change }, this.epochsOf(author));
    const admission = this.record(author, KIND.admission, body);
    return this.#welcome(device, admission, author.replica.frames);
  }

  /** Invitation and admission in one. */
  join(author: TestDevice, given: { role: RoleName; organization: number; device: number }): TestDevice {
    return this.admit(author, this.invite(author, given));
  }

  admissionBody(device: TestDevice, invitation: TestInvitation | null, epochs: readonly Epoch[]): Uint8Array {
    const deviceKey = device.keys.sign.publicKey;
    const boxKey = device.keys.box.publicKey;
    const request = requestStatement(this.room.roomIdBytes, deviceKey, boxKey);
    return encodeAdmission({
      device: device.number,
      deviceKey,
      boxKey,
      organization: device.organization,
      role: device.role,
      invitation: invitation?.hash ?? null,
      signature: invitation ? this.ciphers.sign(invitation.pair.secretKey, request) : new Uint8Array(64),
      epochs: boxEpochs(this.ciphers, boxKey, epochs),
    });
  }

  /** Types into the shared doc (by default a word at the end of the text) and seals what came of it. Null: nothing to seal under. */
  write(
    device: TestDevice,
    edit: string | ((doc: Y.Doc) => void) = ' word',
    options: { heads?: Heads } = {},
  ): Uint8Array | null {
    if (!device.ledger.sealingEpoch()) return null;
    const updates: Uint8Array[] = [];
    const keep = (update: Uint8Array): void => void updates.push(update);
    device.doc.on('update', keep);
    if (typeof edit === 'string') {
      const text = device.doc.getText('text');
      text.insert(text.length, edit);
    } else device.doc.transact(() => edit(device.doc));
    device.doc.off('update', keep);
    return updates.length === 0 ? null : this.seal(device, Y.mergeUpdates(updates), options);
  }

  /** An update of any content under the device's present epoch or `epoch`. */
  seal(
    device: TestDevice,
    update: Uint8Array,
    { heads = this.movedHeads(device), epoch }: { heads?: Heads; epoch?: Epoch } = {},
  ): Uint8Array {
    for (const [other, { counter }] of heads) device.named.set(other, counter);
    return this.sealContent(device, encodeUpdateContent({ heads, update }), epoch);
  }

  sealContent(device: TestDevice, content: Uint8Array, epoch?: Epoch): Uint8Array {
    const under = epoch ?? device.ledger.sealingEpoch();
    if (!under) throw new Error('nothing to seal under');
    const { number, counter, previous } = this.#next(device);
    const frame = { kind: KIND.update, device: number, counter, previous, content };
    return this.#done(device, createFrame(this.ciphers, this.room, under, device.sign.secretKey, frame));
  }

  /** [SY11] */
  movedHeads(device: TestDevice): Map<number, Head> {
    const moved = new Map<number, Head>();
    for (const [other, head] of device.ledger.heads())
      if (other !== device.number && head.counter > (device.named.get(other) ?? 0)) moved.set(other, head);
    return moved;
  }

  /** [SY44] Removes at the end of the chain the author holds, or at `end`; the new epoch goes to all others. */
  revoke(author: TestDevice, removed: number, end: CoveredEnd = author.ledger.chainEnd(removed)): Uint8Array {
    const epoch = createEpoch(this.ciphers);
    const boxes = new Map<number, Uint8Array>();
    for (const { number, boxKey, limit } of author.ledger.view.devices.values())
      if (number !== removed && !limit) boxes.set(number, this.ciphers.sealBox(boxKey, epoch.key));
    const body = encodeRevocation({ device: removed, ...end, epochId: epoch.id, boxes });
    return this.record(author, KIND.revocation, body);
  }

  /** [SY82] */
  withdraw(author: TestAuthor, invitation: Pick<TestInvitation, 'hash'>): Uint8Array {
    return this.record(author, KIND.withdrawal, invitation.hash);
  }

  /** [SY48] Of epochs the author has the keys of. */
  grant(author: TestDevice, device: number, epochs: readonly Epoch[] = this.epochsOf(author)): Uint8Array {
    const boxKey = author.ledger.view.devices.get(device)?.boxKey;
    if (!boxKey) throw new Error('no such device');
    const body = encodeGrant({ device, epochs: boxEpochs(this.ciphers, boxKey, epochs) });
    return this.record(author, KIND.grant, body);
  }

  /** [SY52] Of the author's shared doc; the options make it a false one. Null: not allowed now. */
  snapshot(
    author: TestDevice,
    false_: { coverage?: Partial<Pick<Coverage, 'ends' | 'records'>>; state?: Uint8Array } = {},
  ): Uint8Array | null {
    const epoch = author.ledger.sealingEpoch();
    if (!epoch || author.ledger.missing().length > 0 || author.ledger.waitingCount() > 0) return null;
    const coverage = encodeCoverage({
      ends: author.ledger.coveredEnds(),
      records: author.ledger.coveredRecords(),
      ...false_.coverage,
    });
    const state = false_.state ?? author.replica.state();
    const content = encodeSnapshotContent({ digest: digestOf(this.ciphers, author.doc), state });
    const { number, counter, previous } = this.#next(author);
    const frame = { device: number, counter, previous, coverage, content };
    return this.#done(author, createSnapshotFrame(this.ciphers, this.room, epoch, author.sign.secretKey, frame));
  }

  /** [SY50] Null when the author did not build the same shared doc. */
  countersign(author: TestDevice, snapshot: Uint8Array): Uint8Array | null {
    return this.#agrees(author, snapshot) ? this.countersignAnyway(author, snapshot) : null;
  }

  countersignAnyway(author: TestDevice, snapshot: Uint8Array): Uint8Array {
    return this.record(author, KIND.countersignature, this.hash(snapshot));
  }

  #agrees(author: TestDevice, snapshot: Uint8Array): boolean {
    const { ledger, replica } = author;
    const opened = ledger.openSnapshot(snapshot);
    const coverage = ledger.view.snapshots.get(hex(this.hash(snapshot)))?.coverage;
    if (!opened || !coverage || ledger.missing().length > 0 || ledger.waitingCount() > 0) return false;
    for (const [device, { counter, hash }] of coverage.ends) {
      const here = ledger.hashAt(device, counter);
      if (!here || !equalBytes(here, hash)) return false;
    }
    const doc = new Y.Doc();
    applyExactly(doc, opened.state, 'snapshot');
    for (const { device, counter, update } of replica.counted)
      if (update && counter > (coverage.ends.get(device)?.counter ?? 0)) applyExactly(doc, update.bytes, 'frames');
    return equalBytes(digestOf(this.ciphers, doc), replica.digest());
  }

  /** A record with a body as it stands; the author's replica takes it in. */
  record(author: TestAuthor, kind: Kind, body: Uint8Array): Uint8Array {
    const { number, counter, previous } = this.#next(author);
    const epochId =
      author instanceof TestDevice ? (author.ledger.sealingEpoch() ?? this.firstEpoch).id : this.firstEpoch.id;
    const frame = { kind, device: number, counter, previous, body };
    return this.#done(author, createRecordFrame(this.ciphers, this.room, epochId, author.sign.secretKey, frame));
  }

  /** Hands frames (by default all there are) to a device, except its own. */
  sync(device: TestDevice, frames: readonly Uint8Array[] = this.frames): void {
    device.replica.takeAll(frames);
  }

  syncAll(): void {
    for (const device of this.devices.values()) this.sync(device);
  }

  /** A second history of the device: same keys, same client ids, same beginning. [SY46] */
  fork(device: TestDevice): TestDevice {
    const { number, seed, organization, role } = device;
    const copy = new TestDevice(this, { number, seed, organization, role, window: device.replica.rebuilds });
    copy.replica.load(device.replica.frames);
    copy.counter = device.counter;
    copy.previous = device.previous;
    return copy;
  }

  /** A fresh reader of frames with that device's boxes. */
  reader(device: TestDevice): TestReplica {
    return new TestReplica(this.ciphers, this.room, { number: device.number, box: device.keys.box });
  }

  epochsOf(device: TestDevice): Epoch[] {
    return [...device.ledger.view.epochs.keys()].sort().flatMap((name) => device.replica.epochs.get(name) ?? []);
  }

  hash(frame: Uint8Array): Uint8Array {
    return frameHash(this.ciphers, frame);
  }

  #welcome(device: TestDevice, admission: Uint8Array, frames: readonly Uint8Array[]): TestDevice {
    device.previous = this.hash(admission);
    device.replica.takeAll([...frames]);
    this.devices.set(device.number, device);
    return device;
  }

  #next(author: TestAuthor): { number: number; counter: number; previous: Uint8Array } {
    return { number: author.number, counter: author.counter + 1, previous: author.previous };
  }

  #done(author: TestAuthor, frame: Uint8Array): Uint8Array {
    author.counter++;
    author.previous = this.hash(frame);
    this.frames.push(frame);
    if (author instanceof TestDevice) author.replica.take(frame);
    return frame;
  }
}
