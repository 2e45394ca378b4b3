import type { ComplaintStore } from '../storage/ComplaintStore.ts';

const ROOM = 'room';

/**
 * [RS3] Marks the stored room of a complaint that came back from a backup with `restored: true`. Whoever opens the room
 * must then ask for admission as a new device, and never use the counters it finds. True when there was a room.
 */
export async function markRestored(store: ComplaintStore): Promise<boolean> {
  const room = await store.getJson(ROOM);
  if (typeof room !== 'object' || room === null) return false;
  await store.putJson(ROOM, { ...room, restored: true });
  return true;
}

/** [RS4] Records of a complaint that belong to its room: a copy without the room leaves them out. */
export function isRoomRecord(name: string): boolean {
  return name.startsWith(ROOM) || name.startsWith('upload/') || name === 'rebuild';
}
