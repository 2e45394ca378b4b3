import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import { MARK_BYTES } from '../../../shared/sync/content.ts';
import { TestRoom } from '../../../shared/sync/testing/TestRoom.ts';
import { RoomRecord } from './RoomRecord.ts';

beforeAll(() => sodium.ready);

describe('what a device tells of its own frames', () => {
  it('[SY16] [SY30] reaches to the last one on its disk, and nothing is told of those on their way there', () => {
    const room = new TestRoom(sodium, 7);
    const owner = room.create(1);
    const partner = room.join(owner, { role: 'editor', organization: 2, device: 2 });
    room.write(partner, 'words of a partner ');
    room.syncAll();
    const record = new RoomRecord(owner.ledger);
    const before = owner.ledger.chainEnd(1).counter;
    const frames = ['one ', 'two ', 'three '].map((words) => room.write(owner, words) as Uint8Array);
    const own = (ownStored: number): unknown => {
      record.ownStored = ownStored;
      const heads = record.headsToTell(1);
      expect(heads.get(2)).toEqual(owner.ledger.heads().get(2)); // a partner's are told whatever is here
      return heads.get(1) ?? null;
    };
    frames.forEach((frame, at) => {
      const counter = before + at + 1;
      expect(own(counter)).toEqual({ counter, mark: room.hash(frame).slice(0, MARK_BYTES) });
    });
    expect(own(before + 99)).toEqual(owner.ledger.heads().get(1));
    expect(own(0)).toBe(null);
  });
});
