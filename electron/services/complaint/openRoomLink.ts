import type { OpenRoomLink } from './RoomLink.ts';

/** Joins a complaint to its room through the sealed sync. */
export const openRoomLink: OpenRoomLink = async () => {
  throw new Error('the sealed sync is not part of this build');
};
