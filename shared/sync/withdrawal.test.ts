import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hex } from '../crypto/bytes.ts';
import { createEpoch } from '../crypto/room.ts';
import { KIND } from './Frame.ts';
import { openLabel, sealLabel } from './invitationLabel.ts';
import { encodeInvitation, parseRecord, type RoleName } from './records.ts';
import { seededNumbers } from './testing/seededCiphers.ts';
import type { TestReplica } from './testing/TestReplica.ts';
import { type TestDevice, type TestInvitation, TestRoom } from './testing/TestRoom.ts';

beforeAll(() => sodium.ready);

let room: TestRoom;
let owner: TestDevice;
let editor: TestDevice;

beforeEach(() => {
  room = new TestRoom(sodium, 82);
  owner = room.create();
  editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  room.syncAll();
});

const invite = (author: TestDevice, role: RoleName, device: number): TestInvitation =>
  room.invite(author, { role, organization: 3, device });
const limitOf = (replica: TestReplica, device: number): number | undefined =>
  replica.ledger.view.devices.get(device)?.limit?.counter;
const isWithdrawn = (replica: TestReplica, { hash }: TestInvitation): boolean | undefined =>
  replica.ledger.view.invitations.get(hex(hash))?.withdrawn;
const textOf = (replica: TestReplica): string => replica.doc.getText('text').toString();

/** What comes of all frames in ten orders, taken one by one and loaded at once: always the same. */
function read(frames = room.frames): TestReplica {
  const below = seededNumbers(frames.length);
  const first = room.reader(owner).load(frames);
  const outcome = (replica: TestReplica): unknown => ({
    text: textOf(replica),
    digest: hex(replica.digest()),
    limits: [...replica.ledger.view.devices.values()].map(({ number, limit }) => [number, limit?.counter]).sort(),
    withdrawn: [...replica.ledger.view.invitations].map(([name, one]) => [name, one.withdrawn]).sort(),
    sealOrder: replica.ledger.view.sealOrder,
    missing: replica.ledger.missing(),
  });
  for (let order = 0; order < 10; order++) {
    const shuffled = [...frames].sort(() => below(3) - 1);
    const replica = order % 2 === 0 ? room.reader(owner).load(shuffled) : room.reader(owner).takeAll(shuffled);
    expect(outcome(replica), `order ${order}`).toEqual(outcome(first));
  }
  return first;
}

describe('a withdrawn invitation', () => {
  it('[SY82] is withdrawn for everybody, and nothing else changes', () => {
    const invitation = invite(owner, 'editor', 5);
    room.write(editor, 'words ');
    room.withdraw(owner, invitation);
    const replica = read();
    expect(isWithdrawn(replica, invitation)).toBe(true);
    expect(replica.ledger.view.devices.has(5)).toBe(false);
    expect(replica.ledger.view.sealUnder).toBe(room.firstEpoch.name);
    expect(textOf(replica)).toBe('words ');
  });

  it('[SY82] [SY47] used at the same time: removed as of its beginning, whichever came first, and its keys are not used again', () => {
    const invitation = invite(owner, 'editor', 5);
    room.sync(editor);
    room.withdraw(owner, invitation);
    const joiner = room.admit(editor, invitation);
    room.write(joiner, 'from the wrong person ');
    room.write(editor, 'honest');
    const replica = read();
    expect(limitOf(replica, 5)).toBe(0);
    expect(textOf(replica)).not.toContain('wrong person');
    expect(replica.ledger.view.sealUnder).toBe(null); // an owner rotates
    room.syncAll();
    room.revoke(owner, 5, { counter: 0, hash: new Uint8Array(32) });
    expect(read().ledger.view.sealUnder).not.toBe(null);
  });

  it('[SY82] [SY42] whom a withdrawn editor let in is out as well', () => {
    const invitation = invite(owner, 'editor', 5);
    const other = invite(owner, 'reader', 6);
    room.sync(editor);
    room.withdraw(owner, invitation);
    const joiner = room.admit(editor, invitation);
    room.admit(joiner, other);
    const replica = read();
    expect(replica.ledger.view.devices.has(6)).toBe(false);
    expect(isWithdrawn(replica, other)).toBe(false);
  });

  it('[SY82] [SY45] what a confirmed snapshot covers of it stays', () => {
    const third = room.join(owner, { role: 'editor', organization: 4, device: 4 });
    room.syncAll();
    const invitation = invite(owner, 'editor', 5);
    room.sync(editor);
    const before = room.fork(owner);
    const joiner = room.admit(editor, invitation);
    room.write(joiner, 'known to two organizations ');
    room.syncAll();
    const snapshot = room.snapshot(editor);
    room.syncAll();
    expect(snapshot && room.countersign(third, snapshot)).toBeTruthy();
    room.write(joiner, 'not known');
    room.withdraw(before, invitation); // had seen none of it
    const replica = read();
    expect(limitOf(replica, 5)).toBe(1);
    expect(textOf(replica)).toContain('known to two organizations');
    expect(textOf(replica)).not.toContain('not known');
  });

  it('[SY82] an editor withdraws nothing; of an owner’s invitation only its author or an older owner does', () => {
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    room.syncAll();
    const byFirst = invite(owner, 'owner', 8);
    const bySecond = invite(second, 'owner', 9);
    const forEditor = invite(owner, 'editor', 10);
    room.syncAll();
    room.withdraw(editor, forEditor);
    room.withdraw(second, byFirst);
    let replica = read();
    expect([byFirst, bySecond, forEditor].map((one) => isWithdrawn(replica, one))).toEqual([false, false, false]);
    room.withdraw(owner, bySecond);
    room.withdraw(second, forEditor);
    replica = read();
    expect([byFirst, bySecond, forEditor].map((one) => isWithdrawn(replica, one))).toEqual([false, true, true]);
  });

  it('[SY82] [SY44] a younger owner does not unseat an older one by an invitation of the same number', () => {
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    room.syncAll();
    const decoy = room.invite(second, { role: 'editor', organization: 1, device: 1 });
    room.withdraw(second, decoy);
    expect(limitOf(read(), 1)).toBe(undefined);
  });

  it('[SY82] [SY45] a withdrawal beyond its author’s limit counts nowhere', () => {
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    const invitation = invite(owner, 'editor', 5);
    room.syncAll();
    room.revoke(owner, 7);
    room.withdraw(second, invitation);
    expect(isWithdrawn(read(), invitation)).toBe(false);
  });
});

describe('the label of an invitation', () => {
  it('[SY83] opens with the epoch’s key for whoever holds it, and is nothing otherwise', () => {
    const { ciphers, firstEpoch } = room;
    const key = ciphers.randomBytes(32);
    const label = sealLabel(ciphers, firstEpoch, key, 'Ana · Ñ');
    const body = encodeInvitation({ key, role: 'reader', organization: 3, device: 5, expires: 9, label });
    const parsed = parseRecord(KIND.invitation, body);
    if (parsed?.kind !== KIND.invitation) throw new Error('not read');
    expect(openLabel(ciphers, firstEpoch, key, parsed.invitation.label)).toBe('Ana · Ñ');
    expect(openLabel(ciphers, createEpoch(ciphers), key, label)).toBe('');
    expect(openLabel(ciphers, firstEpoch, ciphers.randomBytes(32), label)).toBe('');
    expect(openLabel(ciphers, firstEpoch, key, new Uint8Array())).toBe('');
    const without = parseRecord(
      KIND.invitation,
      encodeInvitation({ key, role: 'reader', organization: 3, device: 5, expires: 9 }),
    );
    expect(without).toMatchObject({ invitation: { label: new Uint8Array() } });
    expect(parseRecord(KIND.invitation, body.subarray(0, -1))).toBe(null);
  });
});
