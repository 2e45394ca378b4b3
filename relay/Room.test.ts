import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hex } from '../shared/crypto/bytes.ts';
import { KIND } from '../shared/sync/Frame.ts';
import { requestStatement } from '../shared/sync/hello.ts';
import { type TestDevice, TestRoom } from '../shared/sync/testing/TestRoom.ts';
import { TestRelay } from './testing/TestRelay.ts';

beforeAll(() => sodium.ready);

let room: TestRoom;
let owner: TestDevice;
let editor: TestDevice;
let reviewer: TestDevice;
let reader: TestDevice;
let relay: TestRelay;

beforeEach(() => {
  room = new TestRoom(sodium, 1);
  owner = room.create(1);
  editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  reviewer = room.join(owner, { role: 'reviewer', organization: 2, device: 3 });
  reader = room.join(owner, { role: 'reader', organization: 2, device: 4 });
  relay = new TestRelay(room);
  room.syncAll();
});

const made = (frame: Uint8Array | null): Uint8Array => {
  if (!frame) throw new Error('nothing was written');
  return frame;
};

describe('a hello to a room', () => {
  it('[SY21] brings the records that lead to a device the relay does not know', async () => {
    const unknown = relay.connect();
    await unknown.hello(editor);
    expect(unknown.types()).toEqual(['refused']);
    expect(unknown.closeCode).toBe(4403);
    const known = relay.connect();
    await known.hello(editor, { records: room.frames.slice(0, 3) });
    expect(known.types()).toEqual(['welcome']);
  });

  it('[SY20] with a wrong key is refused', async () => {
    await relay.post(room.frames);
    const wrong = relay.connect();
    await wrong.hello(editor, { key: owner.sign.secretKey });
    expect(wrong.received).toEqual([{ type: 'refused', code: 'relay-refused' }]);
  });

  it('[SY21] of a removed device gets its revocation and nothing else', async () => {
    await relay.post([...room.frames, room.revoke(owner, 4), room.revoke(owner, 2)]);
    const removed = relay.connect();
    await removed.hello(editor);
    expect(removed.types()).toEqual(['entry', 'refused']);
    expect(removed.received[0]).toMatchObject({ frame: room.frames[room.frames.length - 1] });
    expect(removed.received[1]).toEqual({ type: 'refused', code: 'removed' });
    expect(removed.closeCode).toBe(4403);
  });

  it('[SY21] a member gets the revocation that removes it, then no more', async () => {
    await relay.post(room.frames);
    const connection = relay.connect();
    await connection.hello(editor);
    await connection.fetchAll();
    connection.received.length = 0;
    await relay.post([room.revoke(owner, 2), made(room.write(owner))]);
    expect(connection.types()).toEqual(['entry', 'refused']);
    expect(connection.closeCode).toBe(4403);
  });
});

describe('a posted frame', () => {
  beforeEach(async () => {
    await relay.post(room.frames);
  });

  it('[SY22] [SY81] of a reader is refused for its role, and when it cannot be read', async () => {
    const branch = room.fork(reader);
    expect(await relay.told(room.seal(reader, new Uint8Array([0, 0])))).toBe('role-forbids');
    expect(await relay.told(room.record(branch, KIND.countersignature, new Uint8Array(7)))).toBe('bad-record');
  });

  it('[SY81] of a kind that its author may not write, or that cannot be read, is a link like any other and counts nowhere', async () => {
    expect(await relay.told(made(room.snapshot(reviewer)))).toBe('stored');
    const invited = room.invite(editor, { role: 'reader', organization: 2, device: 9 });
    expect(await relay.told(invited.frame)).toBe('stored');
    expect(await relay.told(room.record(editor, KIND.countersignature, new Uint8Array(7)))).toBe('stored');
    expect(await relay.told(room.record(reviewer, KIND.revocation, new Uint8Array([1])))).toBe('stored');
    expect(await relay.told(made(room.write(editor, 'after it ')))).toBe('stored');
    expect(await relay.told(made(room.write(reviewer, 'after it ')))).toBe('stored');
  });

  it('[SY58] [SY81] an admission by somebody who may not admit lets nobody in: whoever asks goes on waiting', async () => {
    const invited = room.invite(owner, { role: 'editor', organization: 2, device: 9 });
    expect(await relay.told(invited.frame)).toBe('stored');
    const joiner = room.newDevice({ number: 9, organization: 2, role: 'editor' });
    const { sign, box } = joiner.keys;
    const statement = requestStatement(room.room.roomIdBytes, sign.publicKey, box.publicKey);
    const asker = relay.connect();
    await asker.connection.handle({
      type: 'ask',
      roomPublicKey: room.room.publicKey,
      invitationKey: invited.pair.publicKey,
      deviceKey: sign.publicKey,
      boxKey: box.publicKey,
      signature: room.ciphers.sign(invited.pair.secretKey, statement),
    });
    const admission = room.admissionBody(joiner, invited, []);
    expect(await relay.told(room.record(reviewer, KIND.admission, admission))).toBe('stored');
    await relay.settle();
    expect(asker.types()).toEqual(['challenge', 'asked']);
    expect(await relay.told(room.record(editor, KIND.admission, admission))).toBe('stored');
    await relay.settle();
    expect(asker.types()).toEqual(['challenge', 'asked', 'admitted']);
    await asker.connection.end();
  });

  it('[SY22] [SY45] of a removed device is taken up to its limit', async () => {
    const below = made(room.write(editor, 'known '));
    room.sync(owner);
    const revocation = room.revoke(owner, 2);
    const beyond = made(room.write(editor, 'unknown '));
    expect(await relay.told(revocation)).toBe('stored');
    expect(await relay.told(below)).toBe('stored');
    expect(await relay.told(beyond)).toBe('removed');
  });

  it('[SY22] is refused when it does not continue its chain or is not of its author', async () => {
    const branch = room.fork(editor);
    const one = made(room.write(editor, 'one '));
    const two = made(room.write(editor, 'two '));
    expect(await relay.told(two)).toBe('gap');
    expect(await relay.told(one)).toBe('stored');
    expect(await relay.told(made(room.write(branch, 'other ')))).toBe('fork');
    const forged = two.slice();
    forged[forged.length - 1] = (forged[forged.length - 1] as number) ^ 1;
    expect(await relay.told(forged)).toBe('bad-signature');
    expect(await relay.told(two)).toBe('stored');
  });

  it('[SY22] a record is stored ahead of its chain, which moves on over it; what is posted again is acknowledged', async () => {
    const one = made(room.write(owner, 'one '));
    const { frame: ahead } = room.invite(owner, { role: 'editor', organization: 2, device: 9 });
    expect(await relay.told(ahead)).toBe('stored');
    const endOf = async (): Promise<number> =>
      (await relay.room()).ends().find(({ device }) => device === 1)?.counter ?? 0;
    expect(await endOf()).toBe(owner.counter - 2);
    expect(await relay.told(ahead)).toBe('stored');
    expect(await relay.told(one)).toBe('stored');
    expect(await endOf()).toBe(owner.counter);
    const stored = (await relay.stored()).length;
    for (const frame of room.frames) expect(await relay.told(frame)).toBe('stored');
    expect((await relay.stored()).length).toBe(stored);
  });
});

/** Two confirmed snapshots with words between and after them. */
function writeHistory(): void {
  for (let round = 0; round < 2; round++) {
    for (const device of [owner, editor]) {
      for (let i = 0; i < 4; i++) room.write(device, `${round}${i} `);
      room.syncAll();
    }
    const snapshot = made(room.snapshot(owner));
    room.syncAll();
    made(room.countersign(editor, snapshot));
    room.syncAll();
  }
  room.write(editor, 'tail ');
  room.syncAll();
}

describe('snapshots at a relay', () => {
  it('[SY56] an empty relay that gets records, then chains, gives a newcomer all there is', async () => {
    writeHistory();
    const answers = await relay.postLacking(room.frames);
    expect(answers.filter(({ outcome }) => outcome !== 'stored')).toEqual([]);
    await relay.settle();
    for (const compact of [true, false]) {
      const replica = room.reader(reader).load(await relay.fetchAll(owner, compact));
      expect(hex(replica.digest())).toBe(hex(owner.replica.digest()));
    }
  });

  it('[SY56] the end of a chain jumps to what a snapshot covers, and its tail is taken', async () => {
    writeHistory();
    const isUpdate = (frame: Uint8Array): boolean => frame[1] === KIND.update;
    await relay.post(room.frames.filter((frame) => !isUpdate(frame)));
    await relay.settle();
    const tail = room.frames[room.frames.length - 1] as Uint8Array;
    expect(await relay.told(tail)).toBe('stored');
    const replica = room.reader(reader).load(await relay.fetchAll(owner, true));
    expect(hex(replica.digest())).toBe(hex(owner.replica.digest()));
  });

  it('[SY56] a record that a snapshot lists and its chain has passed is taken when a hello brings it', async () => {
    const late = room.invite(owner, { role: 'editor', organization: 1, device: 5 }).frame;
    writeHistory();
    await relay.post(room.frames.filter((frame) => frame !== late && frame[1] !== KIND.update));
    await relay.settle();
    expect(await relay.told(late)).toBe('stored');
    expect((await relay.stored()).some(({ frame }) => hex(frame) === hex(late))).toBe(true);
  });
});
