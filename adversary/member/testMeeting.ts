import { expect } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  type TestPeer,
  type TestRoom,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { createEpoch, deriveDevice } from '../../shared/crypto/room.ts';
import { clientIdOf } from '../../shared/sync/clientIds.ts';
import { encodeSnapshotContent } from '../../shared/sync/content.ts';
import { frameHash, KIND } from '../../shared/sync/Frame.ts';
import { requestStatement } from '../../shared/sync/hello.ts';
import {
  boxEpochs,
  encodeAdmission,
  encodeCoverage,
  encodeInvitation,
  encodeRevocation,
  type RoleName,
} from '../../shared/sync/records.ts';
import { scanUpdate } from '../../shared/sync/scanUpdate.ts';
import { stateDigest } from '../../shared/sync/stateDigest.ts';
import { DeviceChain } from '../DeviceChain.ts';
import { HostileRelay } from '../relay/HostileRelay.ts';
import { typed } from './evilUpdates.ts';

/** Two honest partners, a device with real keys that does what a test wants, and a relay that hands on whatever it is given. */
export interface Meeting {
  relay: HostileRelay;
  room: TestRoom;
  evil: DeviceChain;
  one: TestPeer;
  two: TestPeer;
}

export const EVIL = 9;
/** A window of the evil device. */
export const EVIL_CLIENT = clientIdOf(EVIL, 1);
export const FAR_FUTURE = 4_000_000_000;
const HONEST_ORGANIZATION = 5;

export async function meet(role: RoleName = 'editor'): Promise<Meeting> {
  const relay = await HostileRelay.start(await loadCiphers());
  const room = await createTestRoom(relay);
  const evil = new DeviceChain(room, EVIL, { role });
  const one = await createPeer(room, 1);
  const two = await createPeer(room, 2);
  for (const peer of [one, two]) peer.session.connect();
  for (const frame of room.rootFrames) relay.plant(frame);
  one.type(0, 'honest');
  await until(() => two.text() === 'honest' && one.session.status.unsentFrames === 0);
  return { relay, room, evil, one, two };
}

/** Call after each test. */
export async function part({ relay }: Pick<Meeting, 'relay'>): Promise<void> {
  await closeEverything();
  await relay.close();
}

/** Codes of everything a peer was told. */
export function codesOf({ notices }: TestPeer): string[] {
  return notices.map(({ code }) => code);
}

/** Why frames of others were refused at this peer. */
export function reasonsOf({ notices }: TestPeer): unknown[] {
  return notices.filter(({ code }) => code === 'peer-frame-refused').map(({ params }) => params?.['reason']);
}

/** The peers go on writing, and what they read is the same, and theirs. */
export async function expectUnharmed(...peers: [TestPeer, TestPeer]): Promise<void> {
  const [first, second] = peers;
  first.type(0, '<');
  second.type(second.text().length, '>');
  await until(() => peers.every((peer) => peer.text() === first.text() && /<.*honest.*>/s.test(peer.text())), 15_000);
  expect(peers.every(({ session }) => session.status.relay === 'online')).toBe(true);
}

/** Somebody new joins and reads what `peer` reads. */
export async function expectJoinerReads(room: TestRoom, peer: TestPeer): Promise<void> {
  const joiner = await createPeer(room, 3);
  joiner.session.connect();
  await until(() => joiner.text() === peer.text());
}

/** An invitation that counts, written by the root, and the secret key that its link would hold. */
export function invite(
  { room, evil }: Meeting,
  device: number,
  role: RoleName,
  expires = FAR_FUTURE,
): { frame: Uint8Array; secretKey: Uint8Array } {
  const { publicKey: key, secretKey } = room.ciphers.signPair(room.ciphers.randomBytes(32));
  const body = encodeInvitation({ key, role, organization: HONEST_ORGANIZATION, device, expires });
  return { frame: evil.writeByRoot(KIND.invitation, body), secretKey };
}

/** The evil device lets somebody in, who asked with `invitationSecret`. */
export function admit(
  { room, evil }: Meeting,
  device: number,
  role: RoleName,
  invitation: Uint8Array,
  invitationSecret: Uint8Array,
): Uint8Array {
  const { ciphers, root, epoch } = room;
  const { sign, box } = deriveDevice(ciphers, ciphers.randomBytes(32));
  const statement = requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey);
  return evil.write({
    kind: KIND.admission,
    clear: encodeAdmission({
      ...{
        device,
        deviceKey: sign.publicKey,
        boxKey: box.publicKey,
        organization: HONEST_ORGANIZATION,
        role,
        invitation,
      },
      signature: ciphers.sign(invitationSecret, statement),
      epochs: boxEpochs(ciphers, box.publicKey, [epoch]),
    }),
  });
}

/** The evil device invites an owner of its own, lets it in as 77, and removes `victim`. */
export function seize(meeting: Meeting, victim: number): Uint8Array[] {
  const { room, evil } = meeting;
  const { publicKey: key, secretKey } = room.ciphers.signPair(room.ciphers.randomBytes(32));
  const invited = evil.write({
    kind: KIND.invitation,
    clear: encodeInvitation({ key, role: 'owner', organization: HONEST_ORGANIZATION, device: 77, expires: FAR_FUTURE }),
  });
  const admitted = admit(meeting, 77, 'owner', frameHash(room.ciphers, invited), secretKey);
  const hash = new Uint8Array(32).fill(1);
  const epochId = createEpoch(room.ciphers).id;
  const clear = encodeRevocation({ device: victim, counter: 1, hash, epochId, boxes: new Map() });
  return [invited, admitted, evil.write({ kind: KIND.revocation, clear })];
}

/** The root removes the evil device as of its present end, with new keys for all others. */
export function removeByRoot({ room, evil, one }: Meeting): Uint8Array {
  const { ciphers } = room;
  const epoch = createEpoch(ciphers);
  const boxes = new Map<number, Uint8Array>();
  for (const member of one.session.view.devices.values())
    if (member.number !== EVIL) boxes.set(member.number, boxEpochs(ciphers, member.boxKey, [epoch]).box);
  const end = { counter: evil.counter, hash: evil.previous };
  return evil.writeByRoot(KIND.revocation, encodeRevocation({ device: EVIL, ...end, epochId: epoch.id, boxes }));
}

/** A snapshot by the evil device that covers what `one` has and says that `words`, of this client, are all there is. */
export function lieInSnapshot({ room, relay, evil, one }: Meeting, words: string, client = EVIL_CLIENT): Uint8Array {
  const hashOf = (device: number, counter: number): Uint8Array => {
    const frame = relay.log.find((each) => each.device === device && each.counter === counter);
    if (!frame) throw new Error('not in the log');
    return frame.hash;
  };
  const ends = new Map(
    [...one.session.heads()].map(
      ([device, { counter }]) => [device, { counter, hash: hashOf(device, counter) }] as const,
    ),
  );
  return evil.write({
    kind: KIND.snapshot,
    clear: encodeCoverage({ ends, records: new Set() }),
    content: snapshotContent(room, typed(client, words)),
  });
}

/** Content of a snapshot with the right digest of this state. */
export function snapshotContent({ ciphers }: TestRoom, state: Uint8Array): Uint8Array {
  const scan = scanUpdate(state);
  if (!scan.ok) throw new Error('not a state');
  return encodeSnapshotContent({ digest: stateDigest(ciphers, state, scan.value), state });
}
