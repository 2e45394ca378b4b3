import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../relay/backup.ts';
import { backUp } from '../../../relay/copyCommands.ts';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import { isSettled } from '../../../shared/sync/Roster.ts';
import { closeEverything, createPeer, createTestRoom, type TestPeer, until } from './testRoom.ts';

let folder: string;
const relays: Relay[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alegato-copies-'));
});
afterEach(async () => {
  await closeEverything();
  for (const relay of relays.splice(0)) await relay.close();
  await rm(folder, { recursive: true });
});

/** As `until`, for a state that is read from disk. */
async function untilAsync(reached: () => Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await reached())) if (performance.now() > end) throw new Error(`not reached within ${limitMs} ms`);
}

async function startOn(name: string, port = 0): Promise<Relay> {
  const admin = { host: '127.0.0.1', port: 0 };
  const relay = await createRelay({ host: '127.0.0.1', port, dataDir: path.join(folder, name), admin });
  relays.push(relay);
  return relay;
}

describe('copies of a relay under running sessions', () => {
  it('[SY26] a restored backup is noticed, and everything newer is posted again, by a partner too', async () => {
    const first = await startOn('first');
    const room = await createTestRoom(first);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'before ');
    await until(() => two.text() === 'before ' && one.session.status.unsentFrames === 0);
    const file = path.join(folder, 'backup');
    expect(await backUp(path.join(folder, 'first'), file)).toMatchObject({ ok: true, value: { rooms: 1, blobs: 0 } });
    one.type(0, 'after ');
    two.type(two.text().length, 'later ');
    await until(() => one.text() === two.text() && one.text().includes('later'));
    await until(() => one.session.status.unsentFrames + two.session.status.unsentFrames === 0);
    await one.session.close(); // the author of some of it is away: the partner has it too
    await first.close();
    expect(await restoreBackup(file, path.join(folder, 'restored'))).toMatchObject({ ok: true });
    await startOn('restored', first.port);
    await until(() => two.session.status.relay === 'online' && two.session.status.unsentFrames === 0);
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() === two.text());
    expect(three.text()).toContain('after ');
    two.type(0, 'and on ');
    await until(() => three.text() === two.text());
    expect([...two.notices, ...three.notices]).toEqual([]);
  });

  it('[SY26] an old copy of the folder, with the same log id, is noticed by the hash at the cursor', async () => {
    const first = await startOn('first');
    const room = await createTestRoom(first);
    const one = await createPeer(room, 1);
    one.session.connect();
    one.type(0, 'before ');
    await until(() => one.session.status.relay === 'online' && one.session.status.unsentFrames === 0);
    await first.close();
    await cp(path.join(folder, 'first'), path.join(folder, 'old'), { recursive: true });
    const again = await startOn('first', first.port);
    one.type(0, 'after ');
    await until(() => one.session.status.relay === 'online' && one.session.status.unsentFrames === 0);
    await again.close();
    await until(() => one.session.status.relay === 'away');
    await startOn('old', first.port);
    await until(() => one.session.status.relay === 'online' && one.session.status.unsentFrames === 0);
    const two = await createPeer(room, 2);
    two.session.connect();
    await until(() => two.text() === 'after before ');
    expect([...one.notices, ...two.notices]).toEqual([]);
  });

  it('[SY26] an empty relay at another address is filled by whoever comes, with what others wrote too', async () => {
    const first = await startOn('first');
    const room = await createTestRoom(first);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    one.session.connect();
    two.session.connect();
    one.type(0, 'one ');
    await until(() => two.text() === 'one ');
    two.type(0, 'two ');
    await until(() => one.text() === 'two one ' && two.session.status.unsentFrames === 0);
    await two.session.close();
    const second = await startOn('second');
    room.url = second.url;
    const moved = await one.reopen();
    moved.session.connect();
    await until(() => moved.session.status.relay === 'online' && moved.session.status.unsentFrames === 0);
    await first.close();
    const three = await createPeer(room, 3);
    three.session.connect();
    await until(() => three.text() === 'two one ');
  });

  it('[SY26] [SY56] [SY57] a backup from before two compactions, under running sessions: nothing is lost, and nobody seems to have forked', async () => {
    const first = await startOn('first');
    const room = await createTestRoom(first);
    const one = await createPeer(room, 1);
    const two = await createPeer(room, 2);
    const peers = [one, two];
    const settled = (...some: TestPeer[]): Promise<void> =>
      until(
        () =>
          some.every(({ session: { status } }) => status.relay === 'online' && status.unsentFrames === 0) &&
          new Set(some.map((peer) => peer.text())).size === 1,
        20_000,
      );
    const typeMany = async (words: string): Promise<void> => {
      for (let i = 0; i < 12; i++)
        for (const peer of peers) {
          peer.type(peer.text().length, `${words}${i} `);
          await peer.session.flush();
        }
      await settled(...peers);
    };
    const compact = async (): Promise<void> => {
      const confirmed = ({ session }: TestPeer): number =>
        [...session.view.snapshots.values()].filter((snapshot) => isSettled(session.view, snapshot)).length;
      const before = confirmed(one);
      expect(await one.session.compact()).toBe(true);
      await until(() => peers.every((peer) => confirmed(peer) > before));
      await settled(...peers);
    };
    const framesAt = async (name: string): Promise<number> => {
      const counted = await backUp(path.join(folder, name), path.join(folder, `${name}.count`));
      if (!counted.ok) throw new Error(counted.error.code);
      return counted.value.frames;
    };
    for (const { session } of peers) session.connect();
    await typeMany('early ');
    const file = path.join(folder, 'backup');
    expect(await backUp(path.join(folder, 'first'), file)).toMatchObject({ ok: true });
    await typeMany('middle ');
    await compact();
    await typeMany('late ');
    const full = await framesAt('first');
    await compact();
    await untilAsync(async () => (await framesAt('first')) < full); // what both snapshots cover is gone there
    await first.close();
    two.type(0, 'while it is away ');
    expect(await restoreBackup(file, path.join(folder, 'restored'))).toMatchObject({ ok: true });
    const restored = await framesAt('restored');
    await startOn('restored', first.port);
    await settled(...peers);
    expect(await framesAt('restored')).toBeGreaterThan(restored);
    const three = await createPeer(room, 3);
    three.session.connect();
    await settled(one, two, three);
    for (const words of ['early 11', 'middle 11', 'late 11', 'while it is away']) expect(three.text()).toContain(words);
    // the relay has all of it by itself: nobody else is there when the next one comes
    const text = one.text();
    for (const peer of [one, two, three]) await peer.close();
    const four = await createPeer(room, 4);
    four.session.connect();
    await settled(four);
    await until(() => four.text() === text);
    four.type(0, 'and on ');
    await settled(four);
    const again = await createPeer(room, 1, { folder: one.folder });
    again.session.connect();
    await settled(four, again);
    for (const { session, notices } of [one, two, three, four, again]) {
      expect(notices).toEqual([]);
      expect(session.status.missing).toEqual([]);
    }
  }, 60_000);

  it('[SY27] a backup holds the exhibit files, and they open after it is restored', async () => {
    const first = await startOn('first');
    const room = await createTestRoom(first);
    const one = await createPeer(room, 1);
    const sealed = room.sealBlob(Uint8Array.from({ length: 600_000 }, (_, i) => (i * 31) & 255));
    one.session.connect();
    expect(await one.session.uploadBlob(sealed.sealed)).toMatchObject({ ok: true });
    const file = path.join(folder, 'backup');
    expect(await backUp(path.join(folder, 'first'), file)).toMatchObject({ ok: true, value: { blobs: 1 } });
    await one.session.close();
    await first.close();
    expect(await restoreBackup(file, path.join(folder, 'restored'))).toMatchObject({ ok: true, value: { blobs: 1 } });
    await startOn('restored', first.port);
    const two = await createPeer(room, 2);
    two.session.connect();
    const fetched = await two.session.fetchBlob(sealed.blobId);
    expect(fetched.ok && room.openBlob(fetched.value, sealed)?.length).toBe(600_000);
  });
});
