import { cp } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEverything, createPeer, createTestRoom, startRelay, until } from './testRoom.ts';

afterEach(closeEverything);

/** Turns one bit of the value of one stored frame over. */
async function damage(folder: string, at: number): Promise<void> {
  const db = new ClassicLevel<string, Uint8Array>(folder, { valueEncoding: 'view' });
  await db.open();
  const frames = (await db.keys().all()).filter((key) => key.startsWith('room/f/'));
  const key = frames[at % frames.length] as string;
  const value = Uint8Array.from((await db.get(key)) ?? []);
  value[(at * 37) % value.length] = (value[(at * 37) % value.length] ?? 0) ^ (1 << (at % 8));
  await db.put(key, value, { sync: true });
  await db.close();
}

describe('a device whose stored frames are damaged', () => {
  it('[SY55] reads what stands before and after, names nothing lost for good, and has it again from the relay', async () => {
    const relay = await startRelay();
    const room = await createTestRoom(relay);
    const [one, two] = [await createPeer(room, 1), await createPeer(room, 2)];
    one.session.connect();
    two.session.connect();
    for (let i = 0; i < 4; i++) {
      one.type(0, `one${i} `);
      await one.session.flush();
      two.type(0, `two${i} `);
      await two.session.flush();
    }
    const isSettled = (): boolean =>
      one.text() === two.text() && [one, two].every(({ session }) => session.status.unsentFrames === 0);
    await until(isSettled);
    const count = one.storedFrames();
    await one.close();
    let whole = one.folder;
    for (let at = 0; at < count; at++) {
      const folder = `${one.folder}-${at}`;
      await cp(whole, folder, { recursive: true });
      await damage(folder, at);
      const again = await createPeer(room, 1, { folder });
      expect(again.damagedFrames).toBe(1);
      again.session.connect();
      await until(() => again.text() === two.text() && again.session.status.unsentFrames === 0);
      again.type(0, `after${at} `);
      await until(() => again.text() === two.text() && again.session.status.unsentFrames === 0);
      expect(again.notices.filter(({ code }) => code === 'peer-fork')).toEqual([]);
      await again.close();
      whole = folder;
    }
  }, 60_000);
});
