import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

/** Bytes of the server after a forced collection; `live` is the heap and its buffers, `rss` what the system gave. */
export interface MemoryFigures {
  roomLiveBytes: number;
  roomRssBytes: number;
  connectionLiveBytes: number;
  connectionRssBytes: number;
  /** A room with its first connection: nobody keeps a room in memory that nobody is connected to. */
  openRoomLiveBytes: number;
  openRoomRssBytes: number;
  idleRssBytes: number;
}

/** All that is measured happens to them first, so that the code it takes is no part of what a room takes. */
const WARM_UP_ROOMS = 40;
const FURNISHED_AT_ONCE = 10;
/** Long enough for every server to have written what it keeps. */
const SETTLE_MS = 3_000;

/**
 * Many idle rooms with a text of `edits` edits of two words each. A connection is the difference a second one makes in every room; a room is
 * what the first one cost beyond that.
 */
export async function measureMemory(
  stage: Stage,
  system: SyncSystem,
  options: { rooms: number; edits: number },
): Promise<MemoryFigures> {
  const { rooms } = options;
  return stage.play(system, async ({ server, load }) => {
    const people = await load('people');
    const spec = (id: string, room: unknown, device: number): ClientSpec => ({
      id,
      system: system.name,
      url: server.url,
      room,
      device,
      coalesce: true,
      compacts: true,
      folder: people.folder,
    });
    /** A page is written by two people, of whom the second leaves again. */
    const furnish = async (name: string): Promise<unknown> => {
      const room = await system.createRoom(3);
      const [writer, observer] = [`${name} first`, `${name} writing`];
      await people.call('open', { clients: [spec(writer, room, 1), spec(observer, room, 2)], state: true });
      await people.call('write', { writer, observer, edits: options.edits, seed: 1, windowCharacters: 100_000 });
      await people.call('close', { ids: [observer] });
      return room;
    };
    const settled = async () => {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await server.child.memory();
      return server.child.memory();
    };
    const furnishAll = async (name: string, count: number): Promise<unknown[]> => {
      const furnished: unknown[] = [];
      for (let number = 0; number < count; number += FURNISHED_AT_ONCE) {
        const group = Array.from({ length: Math.min(FURNISHED_AT_ONCE, count - number) }, (_, i) => number + i);
        furnished.push(...(await Promise.all(group.map((each) => furnish(`${name} ${each}`)))));
      }
      return furnished;
    };
    const join = (name: string, furnished: readonly unknown[]): Promise<unknown> =>
      people.call('open', {
        clients: furnished.map((room, number) => spec(`${name} ${number} second`, room, 3)),
        state: true,
      });
    const warm = await furnishAll('warm-up', WARM_UP_ROOMS);
    await settled();
    await join('warm-up', warm);
    const ids = warm.flatMap((_, number) => [`warm-up ${number} first`, `warm-up ${number} second`]);
    await people.call('close', { ids });
    const idle = await settled();
    const furnished = await furnishAll('room', rooms);
    const one = await settled();
    await join('room', furnished);
    const two = await settled();
    const openRoomLiveBytes = (one.heapBytes - idle.heapBytes) / rooms;
    const openRoomRssBytes = (one.rssBytes - idle.rssBytes) / rooms;
    const connectionLiveBytes = (two.heapBytes - one.heapBytes) / rooms;
    const connectionRssBytes = (two.rssBytes - one.rssBytes) / rooms;
    return {
      roomLiveBytes: openRoomLiveBytes - connectionLiveBytes,
      roomRssBytes: openRoomRssBytes - connectionRssBytes,
      connectionLiveBytes,
      connectionRssBytes,
      openRoomLiveBytes,
      openRoomRssBytes,
      idleRssBytes: idle.rssBytes,
    };
  });
}
