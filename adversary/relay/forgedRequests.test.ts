import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  type TestPeer,
  type TestRoom,
  until,
} from '../../electron/services/sync/testRoom.ts';
import { createRoot, deriveDevice } from '../../shared/crypto/room.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import { requestStatement } from '../../shared/sync/hello.ts';
import type { JoinRequest } from '../../shared/sync/RelayMessage.ts';
import { HostileRelay } from './HostileRelay.ts';

let relay: HostileRelay;
let room: TestRoom;
let owner: TestPeer;

beforeEach(async () => {
  relay = await HostileRelay.start(await loadCiphers());
  room = await createTestRoom(relay);
  owner = await createPeer(room, 1);
  owner.session.connect();
  await until(() => owner.session.status.relay === 'online');
});
afterEach(async () => {
  await closeEverything();
  await relay.close();
});

const FAR = 4_000_000_000;
const codes = (): string[] => owner.notices.map(({ code }) => code);
const members = (): number[] => [...owner.session.view.devices.keys()].sort((a, b) => a - b);
const admissions = (): number => relay.log.filter(({ kind, device }) => kind === KIND.admission && device !== 0).length;

/** The one-time seed of an invitation that is open. */
async function invite(expires = FAR): Promise<Uint8Array> {
  const made = await owner.session.gatekeeper.invite({ role: 'editor', organization: 5, expires });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.seed;
}

/** What a computer that was given the link asks. */
function ask(seed: Uint8Array, roomIdBytes = room.root.room.roomIdBytes): JoinRequest {
  const { ciphers } = room;
  const invitation = ciphers.signPair(seed);
  const { sign, box } = deriveDevice(ciphers, ciphers.randomBytes(32));
  const statement = requestStatement(roomIdBytes, sign.publicKey, box.publicKey);
  return {
    invitationKey: invitation.publicKey,
    deviceKey: sign.publicKey,
    boxKey: box.publicKey,
    signature: ciphers.sign(invitation.secretKey, statement),
  };
}

/** What was passed on before has been looked at: the owner answered an honest request that came after it. */
async function expectOnlyHonestAdmitted(): Promise<void> {
  const before = members();
  const honest = ask(await invite());
  relay.request(1, honest);
  await until(() => members().length === before.length + 1);
  const added = members().find((number) => !before.includes(number)) ?? 0;
  expect(owner.session.view.devices.get(added)?.publicKey).toEqual(honest.deviceKey);
  await until(() => owner.session.status.unsentFrames === 0);
}

describe('a hostile relay passes requests to be let in on', () => {
  it.each(['signature', 'deviceKey', 'boxKey'] as const)(
    '[SY42] [SY58] with another %s than the invitation signed: nobody comes in, and it is told once',
    async (field) => {
      const asked = ask(await invite());
      const forged = { ...asked, [field]: room.ciphers.randomBytes(asked[field].length) };
      relay.request(1, forged);
      relay.request(1, forged);
      await until(() => codes().includes('request-forged'));
      await expectOnlyHonestAdmitted();
      expect(codes()).toEqual(['request-forged']);
      expect(admissions()).toBe(1);
    },
  );

  it('[SY42] signed for another room: nobody comes in, and it is told', async () => {
    relay.request(1, ask(await invite(), createRoot(room.ciphers).room.roomIdBytes));
    await until(() => codes().includes('request-forged'));
    await expectOnlyHonestAdmitted();
    expect(admissions()).toBe(1);
  });

  it('[SY41] under an invitation that nobody wrote: nobody comes in', async () => {
    relay.request(1, ask(room.ciphers.randomBytes(32)));
    await expectOnlyHonestAdmitted();
    expect(codes()).toEqual([]); // the relay may be ahead of the records here
    expect(admissions()).toBe(1);
  });

  it('[SY41] after the invitation ran out: nobody comes in, and it is told', async () => {
    relay.request(1, ask(await invite(1)));
    await until(() => codes().includes('link-expired'));
    await expectOnlyHonestAdmitted();
    expect(admissions()).toBe(1);
  });

  it('[SY42] [SY43] again and again, and for a second computer: one admission, and the second is told', async () => {
    const seed = await invite();
    const first = ask(seed);
    for (let i = 0; i < 5; i++) relay.request(1, first);
    await until(() => members().length === 2);
    relay.request(1, first);
    relay.request(1, ask(seed));
    await until(() => codes().includes('link-used-twice'));
    await expectOnlyHonestAdmitted();
    expect(admissions()).toBe(2);
    expect(codes()).toEqual(['link-used-twice']);
  });
});
