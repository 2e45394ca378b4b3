import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { closeEverything, createPeer, createTestRoom, startRelay, until } from './testRoom.ts';

afterEach(closeEverything);

describe('RoomSession', () => {
  it('[SY30] [SY32] converges two devices and tells both that all is there', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.type(0, 'written before anybody connected ');
    one.session.connect();
    two.session.connect();
    await until(() => two.text() === one.text() && two.text() !== '');
    two.type(0, 'from two ');
    one.type(one.text().length, 'from one');
    await until(() => one.text() === two.text() && one.text().includes('from two') && two.text().includes('from one'));
    await until(() => one.session.status.partnersUpToDate === 1 && two.session.status.partnersUpToDate === 1);
    expect(one.session.status).toMatchObject({
      relay: 'online',
      relayReason: '',
      unsentFrames: 0,
      partners: 1,
      partnersUpToDate: 1,
    });
    expect(one.notices).toEqual([]);
  });

  it('merges what both wrote while away, and brings offline work out as one frame', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'common ground. ');
    await until(() => two.text() === one.text() && one.session.status.unsentFrames === 0);
    await until(() => two.session.status.relay === 'online');
    one.session.disconnect();
    two.session.disconnect();
    const before = one.session.heads().get(1)?.counter ?? 0;
    for (const word of ['alpha ', 'beta ', 'gamma ']) one.type(0, word);
    one.remove(0, 6);
    two.type(two.text().length, 'delta ');
    expect(one.session.status.unsentFrames).toBe(1);
    one.session.connect();
    two.session.connect();
    await until(() => one.text() === two.text() && one.text().includes('delta'));
    expect(one.text()).toBe('beta alpha common ground. delta ');
    await until(() => one.session.status.unsentFrames === 0);
    expect(one.session.heads().get(1)?.counter).toBe(before + 1);
  });

  it('a deletion alone made offline travels, and a reconnect without work makes no frame', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'abcdef');
    await until(() => two.text() === 'abcdef' && one.session.status.unsentFrames === 0);
    one.session.disconnect();
    one.remove(1, 4);
    one.session.connect();
    await until(() => two.text() === 'af' && one.session.status.unsentFrames === 0);
    const counter = one.session.heads().get(1)?.counter;
    one.session.disconnect();
    one.session.connect();
    await until(() => one.session.status.relay === 'online' && one.session.status.unsentFrames === 0);
    await one.session.flush();
    expect(one.session.heads().get(1)?.counter).toBe(counter);
  });

  it('survives a relay that is killed and comes back', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'first ');
    await until(() => two.text() === 'first ');
    await relay.stop();
    await until(() => one.session.status.relay === 'away' && two.session.status.relay === 'away');
    expect(one.session.status.relayReason).toBe('relay-away');
    one.type(0, 'second ');
    two.type(0, 'third ');
    await relay.start();
    await until(
      () => one.text() === two.text() && ['first', 'second', 'third'].every((word) => one.text().includes(word)),
    );
    await until(() => one.session.status.unsentFrames === 0);
  });

  it('[SY26] posts everything again to a relay whose data are gone, for a third who joins later', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'one ');
    await until(() => two.text() === 'one ');
    two.type(0, 'two ');
    await until(() => one.text() === 'two one ' && two.session.status.unsentFrames === 0);
    await two.session.close();
    await relay.stop();
    await relay.wipe();
    await relay.start();
    await until(() => one.session.status.relay === 'online' && one.session.status.unsentFrames === 0);
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() === 'two one ');
  });

  it('[SY30] opens again from disk with nothing but the store, and goes on in the same chain', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    one.session.connect();
    one.type(0, 'kept ');
    await until(() => one.session.status.unsentFrames === 0 && one.session.status.relay === 'online');
    const again = await one.reopen();
    expect(again.text()).toBe('kept ');
    expect(again.session.status.unsentFrames).toBe(0);
    again.type(0, 'more ');
    again.session.connect();
    const two = await createPeer(room, 2);
    two.session.connect();
    await until(() => two.text() === 'more kept ');
    expect(again.notices).toEqual([]);
  });

  it('[SY20] [SY21] refuses another key under an admitted number and keeps the first going', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const first = await createPeer(room, 2);
    first.session.connect();
    await until(() => first.session.status.relay === 'online');
    const second = await createPeer(room, 2, { seed: 99 });
    second.session.connect();
    await until(() => second.session.status.relay === 'refused');
    expect(second.session.status.relayReason).toBe('relay-refused');
    expect(first.session.status.relay).toBe('online');
  });

  it('[SY12] presence crosses sealed and goes with the session', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    await until(() => one.session.status.relay === 'online' && two.session.status.relay === 'online');
    one.show({ cursor: 4 });
    await until(() => JSON.stringify(two.seen()).includes('"cursor":4'));
    await one.session.close();
    await until(() => two.seen().length === 0);
  });

  it('carries a sealed blob up and down, and says what is not there', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    const file = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 31) & 255);
    const sealed = room.sealBlob(file);
    const moved: number[] = [];
    const upload = one.session.uploadBlob(sealed.sealed, (bytes) => moved.push(bytes));
    one.session.connect();
    two.session.connect();
    expect(await upload).toEqual({ ok: true, value: { blobId: sealed.blobId } });
    expect(moved.at(-1)).toBe(sealed.sealed.length);
    const fetched = await two.session.fetchBlob(sealed.blobId);
    const opened = fetched.ok ? room.openBlob(fetched.value, sealed) : null;
    expect(opened && Buffer.compare(opened, file)).toBe(0);
    expect(await two.session.fetchBlob('0'.repeat(64))).toEqual({ ok: false, error: { code: 'blob-not-here' } });
  });

  it('[SY10] nothing readable crosses the socket', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'PlantedSentence about Amaranta Quetzal');
    one.show({ name: 'PlantedOrganization' });
    await until(() => two.text() === one.text() && JSON.stringify(two.seen()).includes('PlantedOrganization'));
    const crossed = relay.recorded().toString('latin1');
    expect(crossed.length).toBeGreaterThan(1_000);
    for (const word of ['Planted', 'Sentence', 'Amaranta', 'Quetzal', 'Organization', 'cursor']) {
      for (const form of [
        word,
        Buffer.from(word, 'utf16le').toString('latin1'),
        Buffer.from(word).toString('hex'),
        Buffer.from(word).toString('base64').slice(0, 8),
      ]) {
        expect(crossed.includes(form)).toBe(false);
      }
    }
  });

  it('[SY6] [SY31] brings a change larger than a frame across', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    const map = one.replica.getMap<string>('exhibits');
    one.replica.transact(() => {
      for (let i = 0; i < 200; i++) map.set(`e${i}/thumbnail`, 'x'.repeat(60_000));
    });
    one.session.connect();
    two.session.connect();
    await until(() => two.shared.getMap('exhibits').size === 200 && one.session.status.unsentFrames === 0, 30_000);
    expect(two.shared.store.pendingStructs).toBe(null);
    expect(one.session.heads().get(1)?.counter).toBeGreaterThan(10);
  }, 40_000);

  it('keeps a client id of another device out of every frame', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    const forged = new Y.Doc();
    forged.clientID = 77 * 65_536;
    forged.getText('elsewhere').insert(0, 'not mine');
    Y.applyUpdate(one.shared, Y.encodeStateAsUpdate(forged), 'gate');
    one.type(0, 'mine');
    await until(() => two.text() === 'mine');
    expect(two.shared.getText('elsewhere').toString()).toBe('');
    expect(two.notices).toEqual([]);
  });
});
