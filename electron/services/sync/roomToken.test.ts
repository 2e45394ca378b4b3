import { afterEach, describe, expect, it } from 'vitest';
import { closeEverything, createPeer, createTestRoom, startRelay, type TestPeer, until } from './testRoom.ts';

afterEach(closeEverything);

const WORD = 'a-word-for-founders-0001';

async function refused(peer: TestPeer): Promise<void> {
  peer.session.connect();
  await until(() => peer.session.status.relay === 'refused');
  expect(peer.session.status.relayReason).toBe('room-token');
  expect(peer.notices).toEqual([{ code: 'room-token' }]);
}

describe('a relay that asks a word of whoever begins a room', () => {
  it('[SY72] without it, or with another, nothing begins, it is told once, and nothing is lost; with it the room begins', async () => {
    const relay = await startRelay({ roomToken: WORD });
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    one.type(0, 'Written before. ');
    await refused(one);
    for await (const frame of one.session.readFrames()) expect(frame.length).toBeGreaterThan(0); // sealed, as for a bundle
    await one.session.flush();
    await one.close();
    const wrong = await createPeer(room, 1, { folder: one.folder, roomToken: 'some-other-word-0000' });
    await refused(wrong);
    await wrong.close();
    const right = await createPeer(room, 1, { folder: one.folder, roomToken: WORD });
    right.session.connect();
    await until(() => right.session.status.relay === 'online' && right.session.status.unsentFrames === 0);

    // whoever is invited needs none, also from another relay's word
    const two = await createPeer(room, 2);
    const three = await createPeer(room, 3, { roomToken: 'of-another-relay-0000' });
    for (const peer of [two, three]) peer.session.connect();
    await until(() => [two, three].every((peer) => peer.text() === 'Written before. '));
    expect(relay.recorded().includes(Buffer.from(WORD))).toBe(false);
  });

  it('[SY72] a relay that lost everything is filled again by whoever kept the word', async () => {
    const relay = await startRelay({ roomToken: WORD });
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1, { roomToken: WORD });
    const two = await createPeer(room, 2);
    one.session.connect();
    await until(() => one.session.status.relay === 'online');
    two.session.connect();
    one.type(0, 'Kept. ');
    await until(() => two.text() === 'Kept. ');
    await relay.stop();
    await relay.wipe();
    await relay.start();
    await until(() => [one, two].every(({ session }) => session.status.relay === 'online'), 20_000);
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() === 'Kept. ');
  });
});
