import sodium from 'libsodium-wrappers-sumo';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KIND } from '../shared/sync/Frame.ts';
import { requestStatement } from '../shared/sync/hello.ts';
import type { JoinRequest } from '../shared/sync/RelayMessage.ts';
import { type TestAuthor, type TestDevice, type TestInvitation, TestRoom } from '../shared/sync/testing/TestRoom.ts';
import { type Admitter, AskDesk, type Asker } from './AskDesk.ts';
import type { Member, Room } from './Room.ts';
import { TestRelay } from './testing/TestRelay.ts';

beforeAll(() => sodium.ready);

let room: TestRoom;
let owner: TestDevice;
let editor: TestDevice;
let desk: AskDesk;
/** Who was asked for whom, in order. */
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_900_000_000_000 });
  room = new TestRoom(sodium, 1);
  owner = room.create(1);
  editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  room.syncAll();
  desk = new AskDesk(room.ciphers, room.room.roomIdBytes);
  asked = [];
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

const invite = (device = 9, author: TestAuthor = owner, role: 'editor' | 'owner' = 'editor'): TestInvitation =>
  room.invite(author, { role, organization: 3, device });

function requestUnder({ pair }: { pair: TestInvitation['pair'] }): JoinRequest {
  const device = room.newDevice({ number: 9, organization: 3, role: 'editor' });
  const deviceKey = device.keys.sign.publicKey;
  const boxKey = device.keys.box.publicKey;
  const statement = requestStatement(room.room.roomIdBytes, deviceKey, boxKey);
  const signature = room.ciphers.sign(pair.secretKey, statement);
  return { invitationKey: pair.publicKey, deviceKey, boxKey, signature };
}

interface HeardAsker extends Asker {
  heard: string[];
  frames: Uint8Array[];
}
function askerOf(request: JoinRequest): HeardAsker {
  const heard: string[] = [];
  const frames: Uint8Array[] = [];
  return { request, heard, frames, answer: (code) => heard.push(code), admitted: (frame) => frames.push(frame) };
}

const admitter = (device: number): Admitter => ({
  device,
  ask: ({ deviceKey }) =>
    asked.push(`${device} for ${[...askers].findIndex(({ request }) => request.deviceKey === deviceKey)}`),
});
let askers: HeardAsker[];
beforeEach(() => {
  askers = [];
});
function ask(request: JoinRequest): HeardAsker {
  const asker = askerOf(request);
  expect(desk.add(asker)).toBe(true);
  askers.push(asker);
  return asker;
}
const pass = (...devices: number[]): void => desk.pass(owner.ledger.view, () => devices.map(admitter));

describe('those who ask to be let in', () => {
  it('[SY58] the author of the invitation is asked first, then the next every 3 s, then all again', () => {
    const third = room.join(owner, { role: 'editor', organization: 2, device: 3 });
    room.syncAll();
    const asker = ask(requestUnder(invite()));
    pass(third.number, editor.number, owner.number);
    expect(asked).toEqual(['1 for 0']);
    vi.advanceTimersByTime(2_999);
    expect(asked).toEqual(['1 for 0']);
    vi.advanceTimersByTime(1);
    expect(asked).toEqual(['1 for 0', '3 for 0']);
    vi.advanceTimersByTime(3_000);
    expect(asked).toEqual(['1 for 0', '3 for 0', '2 for 0']);
    vi.advanceTimersByTime(6_000); // one pause, then it begins again with the first
    expect(asked.slice(3)).toEqual(['1 for 0']);
    expect(asker.heard).toEqual(['waiting']);
  });

  it('[SY58] nobody is asked any more for one who was let in, or who left', () => {
    const one = ask(requestUnder(invite(9)));
    const two = ask(requestUnder(invite(10)));
    pass(owner.number, editor.number);
    expect(asked).toEqual(['1 for 0', '1 for 1']);
    const frame = new Uint8Array([7]);
    desk.admit(one.request.deviceKey, frame);
    expect(one.frames).toEqual([frame]);
    expect(two.frames).toEqual([]);
    desk.remove(two);
    expect(desk.isEmpty).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(asked.length).toBe(2);
  });

  it('[SY42] [SY58] only the author of it may let an owner in', () => {
    const asker = ask(requestUnder(invite(9, owner, 'owner')));
    pass(editor.number);
    expect(asked).toEqual([]);
    expect(asker.heard).toEqual(['nobody-online']);
    pass(editor.number, owner.number);
    vi.advanceTimersByTime(3_000);
    expect(new Set(asked)).toEqual(new Set(['1 for 0']));
    expect(asker.heard).toEqual(['nobody-online', 'waiting']);
  });

  it('[SY58] is told once that nobody is online, and that the invitation is not known here', () => {
    const unknown = ask(requestUnder({ pair: room.ciphers.signPair(room.ciphers.randomBytes(32)) }));
    const early = ask(requestUnder(invite()));
    for (let time = 0; time < 3; time++) pass();
    expect(unknown.heard).toEqual(['invitation-unknown']);
    expect(early.heard).toEqual(['nobody-online']);
    pass(owner.number);
    expect(early.heard).toEqual(['nobody-online', 'waiting']);
    expect(unknown.heard).toEqual(['invitation-unknown']);
  });

  it('[SY58] at most 4 of one invitation and 64 of a room wait; who leaves makes place', () => {
    const invitation = invite();
    const four = Array.from({ length: 4 }, () => ask(requestUnder(invitation)));
    const fifth = askerOf(requestUnder(invitation));
    expect(desk.add(fifth)).toBe(false);
    desk.remove(four[2] as HeardAsker);
    expect(desk.add(fifth)).toBe(true);
    for (let device = 100; device < 160; device++) ask(requestUnder(invite(device)));
    const last = askerOf(requestUnder(invite(200)));
    expect(desk.add(last)).toBe(false);
    desk.remove(fifth);
    expect(desk.add(last)).toBe(true);
  });

  it('[SY42] [SY58] a request that the key of the invitation did not sign is refused', () => {
    const request = requestUnder(invite());
    expect(desk.add(askerOf({ ...request, signature: requestUnder(invite(10)).signature }))).toBe(false);
    expect(desk.isEmpty).toBe(true);
  });
});

describe('asks at a room', () => {
  let relay: TestRelay;
  let entered: Room;

  const memberOf = (device: number): Member => ({
    device,
    push: () => {},
    presence: () => {},
    ask: admitter(device).ask,
    expel: () => {},
    dismiss: () => {},
  });

  beforeEach(async () => {
    relay = new TestRelay(room);
    await relay.post(room.frames);
    entered = await relay.room();
  });
  afterEach(() => entered.asks.close());

  it('[SY58] goes to editors and owners, and the frame that lets them in comes back', async () => {
    const reader = room.join(owner, { role: 'reader', organization: 2, device: 4 });
    const invitation = invite();
    await relay.post(room.frames);
    for (const { number } of [reader, editor]) entered.members.add(memberOf(number));
    const asker = askerOf(requestUnder(invitation));
    askers.push(asker);
    expect(await entered.takeAsker(asker)).toBe(null);
    expect(asked).toEqual(['2 for 0']);
    vi.advanceTimersByTime(30_000);
    expect(asked).not.toContain('4 for 0');
    const { deviceKey, boxKey } = asker.request;
    const device = room.newDevice({ number: 9, organization: 3, role: 'editor' });
    Object.assign(device.keys, {
      sign: { ...device.keys.sign, publicKey: deviceKey },
      box: { ...device.keys.box, publicKey: boxKey },
    });
    const admission = room.record(
      editor,
      KIND.admission,
      room.admissionBody(device, invitation, room.epochsOf(editor)),
    );
    expect(await relay.told(admission)).toBe('stored');
    expect(asker.frames).toEqual([admission]);
    expect(entered.asks.isEmpty).toBe(true);
    // whoever was let in and lost the answer asks again and gets it at once
    const again = askerOf(asker.request);
    expect(await entered.takeAsker(again)).toBe(null);
    await relay.settle();
    expect(again.frames).toEqual([admission]);
  });

  it('[SY58] a used or expired link is told from one that waits', async () => {
    const invitation = invite();
    room.admit(owner, invitation);
    const open = invite(10);
    await relay.post(room.frames);
    expect(await entered.takeAsker(askerOf(requestUnder(invitation)))).toBe('link-used');
    vi.setSystemTime(2_000_000_000_000);
    expect(await entered.takeAsker(askerOf(requestUnder(open)))).toBe(null); // the last second is still its own
    vi.setSystemTime(2_000_000_000_001);
    expect(await entered.takeAsker(askerOf(requestUnder(open)))).toBe('link-expired');
    const unknown = askerOf(requestUnder({ pair: room.ciphers.signPair(room.ciphers.randomBytes(32)) }));
    expect(await entered.takeAsker(unknown)).toBe(null);
    expect(unknown.heard).toEqual(['invitation-unknown']);
    // an invitation that comes after the ask
    const late = invite(11);
    const waiting = askerOf(requestUnder(late));
    vi.setSystemTime(1_900_000_000_000);
    expect(await entered.takeAsker(waiting)).toBe(null);
    await relay.post(room.frames);
    expect(waiting.heard).toEqual(['invitation-unknown', 'nobody-online']);
  });
});
