// Over 400 lines: an example for each rule of the ledger, in the order of the rules.
import sodium from 'libsodium-wrappers-sumo';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hex } from '../crypto/bytes.ts';
import { createEpoch } from '../crypto/room.ts';
import { clientIdOf } from './clientIds.ts';
import { KIND, parseFrame } from './Frame.ts';
import { encodeInvitation, encodeRevocation, type RoleName } from './records.ts';
import { seededNumbers } from './testing/seededCiphers.ts';
import type { TestReplica } from './testing/TestReplica.ts';
import { type TestDevice, TestRoom } from './testing/TestRoom.ts';

beforeAll(() => sodium.ready);

const textOf = (replica: TestReplica): string => replica.doc.getText('text').toString();
const rolesOf = (replica: TestReplica): [number, RoleName][] =>
  [...replica.ledger.view.devices.values()].map(({ number, role }): [number, RoleName] => [number, role]).sort();
/** What somebody with the keys of `device` makes of all frames, loaded at once and one by one. */
function read(room: TestRoom, device: TestDevice, frames = room.frames): TestReplica {
  const loaded = room.reader(device).load(frames);
  const taken = room.reader(device).takeAll([...frames].reverse());
  expect(textOf(taken)).toBe(textOf(loaded));
  expect(rolesOf(taken)).toEqual(rolesOf(loaded));
  expect(taken.countedNames()).toEqual(loaded.countedNames());
  return loaded;
}
/** A room of an owner (1), an editor (2) of another organization, a reviewer (3) and a reader (4). */
function office(seed: number): {
  room: TestRoom;
  owner: TestDevice;
  editor: TestDevice;
  reviewer: TestDevice;
  reader: TestDevice;
} {
  const room = new TestRoom(sodium, seed);
  const owner = room.create();
  const editor = room.join(owner, { role: 'editor', organization: 2, device: 2 });
  const reviewer = room.join(owner, { role: 'reviewer', organization: 3, device: 3 });
  const reader = room.join(owner, { role: 'reader', organization: 3, device: 4 });
  room.syncAll();
  return { room, owner, editor, reviewer, reader };
}
const limitOf = (replica: TestReplica, device: number): number | undefined =>
  replica.ledger.view.devices.get(device)?.limit?.counter;
function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('not made');
  return value;
}

describe('chains', () => {
  it('[SY4] tells repeat, gap and fork apart', () => {
    const { room, owner, editor } = office(1);
    const other = room.fork(editor);
    const [first, second] = [required(room.write(editor, 'a')), required(room.write(editor, 'b'))];
    const replica = room.reader(owner).load(room.frames.slice(0, -2));
    expect(replica.take(second)).toMatchObject({ outcome: 'kept', counted: [], fork: false });
    expect(replica.ledger.waitingCount()).toBe(1);
    expect(replica.ledger.missing()).toEqual([{ device: 2, count: 2, why: 'gap' }]);
    expect(replica.take(first)).toMatchObject({ outcome: 'kept', counted: [{ counter: 1 }, { counter: 2 }] });
    expect(replica.take(first)).toMatchObject({ outcome: 'duplicate' });
    expect(replica.ledger.missing()).toEqual([]);
    expect(replica.take(required(room.write(other, 'c')))).toMatchObject({ outcome: 'kept', fork: true });
  });

  it('[SY4] [SY46] two histories of a device show when they come in one page', () => {
    const { room, owner, editor } = office(5);
    const known = [...room.frames];
    const other = room.fork(editor);
    const branches = [required(room.write(editor, 'a')), required(room.write(other, 'b'))];
    const page = [...room.frames.filter((frame) => !known.includes(frame)), ...known];
    for (const frames of [[...known, ...branches], [...known, ...[...branches].reverse()], page]) {
      const replica = room.reader(owner);
      const taken = [...replica.takePage(frames), ...replica.takePage(replica.early.splice(0))];
      const shown = taken.filter((answer) => answer.outcome === 'kept' && answer.fork);
      expect(shown).toMatchObject([{ device: editor.number }]);
      expect(replica.doc.getText('text').toString()).toBe(
        room.reader(owner).takeAll(frames).doc.getText('text').toString(),
      );
    }
  });

  it('[SY15] [R0] a deletion left out for want of words its author saw is taken when they come', () => {
    const { room, owner, editor, reviewer } = office(6);
    const word = required(room.write(editor, 'word '));
    room.sync(owner, [word]);
    required(room.write(editor, 'late '));
    room.sync(reviewer);
    const deletion = required(room.write(reviewer, (doc) => doc.getText('text').delete(0, 3)));
    room.revoke(owner, editor.number, owner.ledger.chainEnd(editor.number));
    const replica = room.reader(owner).takeAll(room.frames.filter((frame) => frame !== word && frame !== deletion));
    expect(replica.take(deletion)).toMatchObject({
      counted: [{ device: reviewer.number, cut: false }],
      rebuild: false,
    });
    expect(replica.take(word)).toMatchObject({ rebuild: true });
    expect(replica.ledger.isUndone).toBe(false);
    expect(replica.ledger.limitOf(editor.number)).toBe(1);
    expect(replica.doc.getText('text').toString()).toBe('d ');
  });

  it('[SY11] an update waits for the frames its heads name, and the missing one is named', () => {
    const { room, owner, editor } = office(2);
    const first = required(room.write(owner, 'first'));
    room.sync(editor);
    const answer = required(room.write(editor, 'answer'));
    const replica = room.reader(owner).load(room.frames.filter((frame) => frame !== first && frame !== answer));
    expect(replica.take(answer)).toMatchObject({ outcome: 'kept', counted: [] });
    expect(replica.ledger.missing()).toMatchObject([{ device: 1, why: 'named' }]);
    expect(replica.take(first)).toMatchObject({ counted: [{ device: 1 }, { device: 2 }] });
  });

  it('[SY11] [SY46] nobody waits for heads that name a branch that lost', () => {
    const { room, owner, editor, reviewer } = office(3);
    const copy = room.fork(editor);
    const one = required(room.write(editor, 'one'));
    const two = required(room.write(copy, 'two'));
    const loser = hex(room.hash(one)) < hex(room.hash(two)) ? copy : editor;
    const losing = [
      loser === copy ? two : one,
      required(room.write(loser, 'more')),
      required(room.write(loser, 'more')),
    ];
    room.sync(reviewer, losing);
    room.write(reviewer, (doc) => void doc.getMap('claims').set('c1', 'honest'));
    const replica = read(room, owner);
    expect(replica.doc.getMap('claims').get('c1')).toBe('honest');
    expect(replica.ledger.missing()).toEqual([]);
  });

  it('[SY12] [SY14] [SY49] refused content moves the chain on and adds nothing', () => {
    const { room, owner, editor, reader } = office(4);
    const forged = new Y.Doc();
    forged.clientID = clientIdOf(1, 0);
    forged.getText('text').insert(0, 'forged');
    const genesis = new Y.Doc();
    genesis.clientID = 0;
    genesis.getText('text').insert(0, 'genesis ');
    room.seal(editor, Y.encodeStateAsUpdate(forged));
    room.seal(editor, Y.encodeStateAsUpdate(genesis));
    room.seal(editor, Uint8Array.of(1, 2, 3));
    room.sealContent(editor, Uint8Array.of(200));
    room.write(editor, 'honest');
    room.write(reader, 'read only');
    room.seal(owner, Y.encodeStateAsUpdate(genesis));
    const replica = read(room, owner);
    const refusals = replica.counted
      .filter(({ kind }) => kind === KIND.update)
      .map(({ device, counter, refusal }) => `${device}/${counter} ${refusal}`);
    expect(refusals.sort()).toEqual([
      expect.stringMatching(/^1\/\d+ null$/),
      '2/1 foreign-client-id',
      '2/2 foreign-client-id',
      '2/3 bad-update',
      '2/4 bad-content',
      '2/5 null',
      '4/1 role-forbids',
    ]);
    expect(textOf(replica)).toContain('honest');
    expect(textOf(replica)).not.toMatch(/forged|read only/);
  });

  it('[SY46] of two branches the one with the smaller hash counts, unless a limit names the other', () => {
    for (let seed = 10; seed < 16; seed++) {
      const { room, owner, editor } = office(seed);
      const copy = room.fork(editor);
      const one = required(room.write(editor, 'one'));
      const two = required(room.write(copy, 'two'));
      const smaller = hex(room.hash(one)) < hex(room.hash(two)) ? 'one' : 'two';
      expect(textOf(read(room, owner))).toBe(smaller);
      const other = smaller === 'one' ? two : one;
      room.revoke(owner, 2, { counter: 1, hash: room.hash(other) });
      expect(textOf(read(room, owner))).toBe(smaller === 'one' ? 'two' : 'one');
    }
  });

  it('[SY46] noteNamed shows a fork by the mark of a head', () => {
    const { room, owner, editor } = office(5);
    const frame = required(room.write(editor, 'a'));
    const { ledger } = room.reader(owner).load(room.frames);
    expect(ledger.noteNamed(new Map([[2, { counter: 1, mark: room.hash(frame).slice(0, 8) }]]))).toBe(null);
    expect(ledger.noteNamed(new Map([[2, { counter: 1, mark: new Uint8Array(8) }]]))).toBe(2);
    expect(ledger.noteNamed(new Map([[2, { counter: 9, mark: new Uint8Array(8) }]]))).toBe(null);
    expect(ledger.missing()).toEqual([{ device: 2, count: 8, why: 'named' }]);
  });
});

describe('members', () => {
  it('[SY40] the root admits device 1 as owner; its header names the first epoch', () => {
    const room = new TestRoom(sodium, 20);
    const owner = room.create();
    const { view } = room.reader(owner).load(room.frames).ledger;
    expect(view.devices.get(1)).toMatchObject({ role: 'owner', invitedBy: 0, limit: null });
    expect([...view.epochs.keys()]).toEqual([room.firstEpoch.name]);
    expect(view.sealUnder).toBe(room.firstEpoch.name);
  });

  it('[SY41] [SY42] role, organization and number are the invitation’s, and its key signed the request', () => {
    const { room, owner, editor } = office(21);
    const invitation = room.invite(owner, { role: 'reader', organization: 2, device: 7 });
    room.sync(editor);
    for (const change of [
      { role: 'editor' as const },
      { organization: 3 },
      { device: 8 },
      { pair: room.ciphers.signPair(new Uint8Array(32)) },
    ]) {
      const kept = room.frames.length;
      room.admit(editor, invitation, change);
      expect(
        rolesOf(read(room, owner)).some(([number]) => number > 4),
        JSON.stringify(change),
      ).toBe(false);
      expect(room.frames.length).toBeGreaterThan(kept);
    }
    room.admit(editor, invitation);
    expect(rolesOf(read(room, owner))).toContainEqual([7, 'reader']);
  });

  it('[SY41] an editor cannot invite, a reviewer cannot admit', () => {
    const { room, owner, editor, reviewer } = office(22);
    room.join(editor, { role: 'reader', organization: 2, device: 7 });
    const invitation = room.invite(owner, { role: 'reader', organization: 2, device: 8 });
    room.sync(reviewer);
    room.admit(reviewer, invitation);
    expect(rolesOf(read(room, owner)).map(([number]) => number)).toEqual([1, 2, 3, 4]);
  });

  it('[SY42] an owner is admitted only by the author of its invitation', () => {
    const { room, owner, editor } = office(23);
    const invitation = room.invite(owner, { role: 'owner', organization: 2, device: 7 });
    room.sync(editor);
    room.admit(editor, invitation);
    expect(rolesOf(read(room, owner)).some(([number]) => number === 7)).toBe(false);
    room.admit(owner, invitation);
    expect(rolesOf(read(room, owner))).toContainEqual([7, 'owner']);
  });

  it('[SY42] without an invitation only the root admits, and owners only', () => {
    const { room, owner } = office(24);
    const device = room.newDevice({ number: 7, organization: 1, role: 'owner' });
    room.record(owner, KIND.admission, room.admissionBody(device, null, []));
    const low = room.newDevice({ number: 8, organization: 1, role: 'editor' });
    room.record(room.rootAuthor, KIND.admission, room.admissionBody(low, null, []));
    expect(rolesOf(read(room, owner)).length).toBe(4);
    room.restore(9);
    expect(rolesOf(read(room, owner))).toContainEqual([9, 'owner']);
  });

  it('[SY43] of two devices under one invitation one counts, the same everywhere, and both are seen', () => {
    for (let seed = 25; seed < 31; seed++) {
      const { room, owner, editor } = office(seed);
      const invitation = room.invite(owner, { role: 'editor', organization: 2, device: 7 });
      room.sync(editor);
      const one = room.admit(owner, invitation);
      const oneFrame = required(room.frames.at(-1));
      const two = room.admit(editor, invitation);
      const twoFrame = required(room.frames.at(-1));
      room.write(one, 'from one');
      room.write(two, 'from two');
      const replica = read(room, owner);
      const winner = hex(room.hash(oneFrame)) < hex(room.hash(twoFrame)) ? one : two;
      // the owner stands nearer the root than the editor
      expect(winner === one || winner === two).toBe(true);
      expect(textOf(replica)).toBe('from one');
      expect(replica.ledger.view.invitations.get(hex(invitation.hash))?.usedBy.size).toBe(2);
    }
  });

  it('[SY43] between authors alike the smaller hash counts; the same key twice is one admission', () => {
    for (let seed = 31; seed < 37; seed++) {
      const { room, owner } = office(seed);
      const invitation = room.invite(owner, { role: 'editor', organization: 2, device: 7 });
      const one = room.admit(owner, invitation);
      const oneFrame = required(room.frames.at(-1));
      const two = room.admit(owner, invitation);
      const twoFrame = required(room.frames.at(-1));
      room.write(one, 'one');
      room.write(two, 'two');
      const smaller = hex(room.hash(oneFrame)) < hex(room.hash(twoFrame)) ? 'one' : 'two';
      expect(textOf(read(room, owner))).toBe(smaller);
      const device = smaller === 'one' ? one : two;
      room.record(owner, KIND.admission, room.admissionBody(device, invitation, []));
      const { view } = read(room, owner).ledger;
      expect(view.devices.get(7)?.admissions.size).toBe(2);
      expect(view.invitations.get(hex(invitation.hash))?.usedBy.size).toBe(2);
    }
  });
});

describe('removal', () => {
  it('[SY44] an editor removes nobody; an owner removes whom it invited, never its inviter', () => {
    const { room, owner, editor } = office(40);
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    const third = room.join(second, { role: 'owner', organization: 2, device: 8 });
    const fourth = room.join(owner, { role: 'owner', organization: 3, device: 9 });
    room.syncAll();
    room.revoke(editor, 4);
    room.revoke(third, 7);
    room.revoke(fourth, 7);
    room.revoke(second, 1);
    expect([1, 4, 7, 8, 9].map((device) => limitOf(read(room, owner), device))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const before = read(room, owner).ledger.view;
    expect([...before.epochs.values()].filter(({ counts }) => counts).length).toBe(1);
    room.syncAll();
    room.revoke(owner, 8);
    room.revoke(second, 4);
    expect(limitOf(read(room, owner), 8)).toBeGreaterThan(0);
    expect(limitOf(read(room, owner), 4)).toBe(0);
  });

  it('[SY44] of two owners who remove one another the older stays', () => {
    const { room, owner } = office(41);
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    room.syncAll();
    room.revoke(second, 1, { counter: 1, hash: required(owner.ledger.hashAt(1, 1)) });
    room.revoke(owner, 7, { counter: 0, hash: new Uint8Array(32) });
    const replica = read(room, owner);
    expect(limitOf(replica, 1)).toBe(undefined);
    expect(limitOf(replica, 7)).toBe(0);
  });

  it('[SY45] the lowest limit counts; later frames, admissions and invitations are void', () => {
    const { room, owner, editor } = office(42);
    const second = room.join(owner, { role: 'owner', organization: 1, device: 7 });
    room.syncAll();
    const invitation = room.invite(owner, { role: 'reviewer', organization: 2, device: 8 });
    room.write(editor, 'one ');
    room.write(editor, 'two ');
    room.sync(editor);
    room.syncAll();
    room.revoke(second, 2);
    const late = room.admit(editor, invitation);
    room.write(late, 'from a stranger');
    room.write(editor, 'three');
    expect(limitOf(read(room, owner), 2)).toBe(2);
    room.revoke(owner, 2, { counter: 1, hash: required(owner.ledger.hashAt(2, 1)) });
    const replica = read(room, owner);
    expect(limitOf(replica, 2)).toBe(1);
    expect(textOf(replica)).toBe('one ');
    expect(replica.ledger.view.devices.has(8)).toBe(false);
    expect(replica.ledger.missing()).toEqual([]);
  });

  it('[SY45] [SY55] frames already applied are taken back when a revocation comes', () => {
    const { room, owner, editor } = office(43);
    room.write(editor, 'one ');
    room.sync(owner);
    const end = owner.ledger.chainEnd(2);
    room.write(editor, 'two');
    const replica = room.reader(owner).load(room.frames);
    expect(textOf(replica)).toBe('one two');
    expect(replica.take(room.revoke(owner, 2, end))).toMatchObject({ outcome: 'kept', rebuild: true });
    expect(textOf(replica)).toBe('one ');
    expect(replica.take(required(room.write(owner, 'three')))).toMatchObject({ rebuild: false });
  });

  it('[SY44] a removed owner cannot undo its removal by records it dates back', () => {
    const { room, owner } = office(44);
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    room.syncAll();
    room.write(second, 'one');
    const copy = room.fork(second);
    room.write(second, 'two');
    room.sync(owner);
    room.revoke(owner, 7);
    const friend = room.join(copy, { role: 'owner', organization: 2, device: 8 });
    room.write(friend, 'still here');
    room.revoke(copy, 1, { counter: 1, hash: required(owner.ledger.hashAt(1, 1)) });
    const replica = read(room, owner);
    expect(limitOf(replica, 1)).toBe(undefined);
    expect(limitOf(replica, 7)).toBe(2);
    expect(replica.ledger.view.devices.has(8)).toBe(false);
    expect(textOf(replica)).toBe('onetwo');
  });

  it('[SY45] the limit is not below what a confirmed snapshot covers', () => {
    const { room, owner, editor } = office(45);
    room.write(editor, 'one ');
    room.write(editor, 'two ');
    const early = { counter: 1, hash: required(editor.ledger.hashAt(2, 1)) };
    room.syncAll();
    const snapshot = required(room.snapshot(owner));
    room.revoke(owner, 2, early);
    expect(limitOf(read(room, owner), 2)).toBe(1);
    room.sync(editor, [snapshot]);
    const { reviewer } = { reviewer: required(room.devices.get(3)) };
    room.sync(reviewer, [snapshot]);
    required(room.countersign(reviewer, snapshot));
    const replica = read(room, owner);
    expect(limitOf(replica, 2)).toBe(2);
    expect(textOf(replica)).toBe('one two ');
  });
});

describe('epochs', () => {
  it('[SY47] [SY9] what is sealed after a removal does not open for the removed device', () => {
    const { room, owner, editor, reviewer } = office(50);
    room.write(owner, 'before ');
    room.revoke(owner, 2);
    room.sync(reviewer);
    room.write(owner, 'after');
    const removed = room.reader(editor).load(room.frames);
    expect(textOf(removed)).toBe('before ');
    expect(removed.ledger.missing()).toEqual([{ device: 1, count: 1, why: 'epoch' }]);
    expect(textOf(read(room, reviewer))).toBe('before after');
  });

  it('[SY47] after two removals at once nobody seals under an epoch that a removed device was given', () => {
    const { room, owner } = office(51);
    const second = room.join(owner, { role: 'owner', organization: 1, device: 7 });
    room.syncAll();
    room.revoke(owner, 2);
    room.revoke(second, 3);
    const both = read(room, owner).ledger.view;
    expect([...both.epochs.values()].filter(({ counts }) => counts).length).toBe(3);
    expect(both.sealUnder).toBe(null);
    room.syncAll();
    expect(room.write(owner, 'not now')).toBe(null);
    room.revoke(owner, 2);
    const { view } = read(room, owner).ledger;
    expect(view.sealUnder).not.toBe(null);
    expect([...required(view.epochs.get(required(view.sealUnder))).givenTo].sort()).toEqual([1, 4, 7]);
    room.sync(second);
    expect(room.write(owner, 'now')).not.toBe(null);
    expect(textOf(read(room, second))).toContain('now');
  });

  it('[SY48] a newcomer admitted beside a rotation gets the key by a grant', () => {
    const { room, owner, editor } = office(52);
    const invitation = room.invite(owner, { role: 'editor', organization: 2, device: 7 });
    room.sync(editor);
    const newcomer = room.admit(editor, invitation);
    room.revoke(owner, 4);
    room.write(owner, 'under the new one');
    room.syncAll();
    expect(newcomer.ledger.missing()).toMatchObject([{ device: 1, why: 'epoch' }]);
    expect(newcomer.ledger.sealingEpoch()).toBe(null);
    room.grant(owner, 7);
    room.sync(newcomer);
    expect(textOf(newcomer.replica)).toBe('under the new one');
    expect(newcomer.ledger.missing()).toEqual([]);
    expect(newcomer.ledger.sealingEpoch()?.name).toBe(owner.ledger.view.sealUnder);
  });

  it('[SY47] what was sealed under the epoch of a removal that counts no longer is still read', () => {
    const { room, owner, reviewer } = office(53);
    const second = room.join(owner, { role: 'owner', organization: 2, device: 7 });
    room.syncAll();
    const end = owner.ledger.chainEnd(7);
    room.revoke(second, 4);
    room.syncAll();
    room.write(reviewer, 'words');
    room.syncAll();
    room.revoke(owner, 7, end);
    const replica = read(room, owner);
    expect(limitOf(replica, 4)).toBe(undefined);
    expect(textOf(replica)).toBe('words');
    expect(replica.ledger.missing()).toEqual([]);
  });

  it('[SY47] one epoch id used by two revocations is one epoch, whichever came first', () => {
    const { room, owner } = office(54);
    const epoch = createEpoch(room.ciphers);
    const boxOf = (device: number): Uint8Array =>
      room.ciphers.sealBox(required(owner.ledger.view.devices.get(device)).boxKey, epoch.key);
    for (const [removed, given] of [
      [2, 3],
      [4, 1],
    ] as const) {
      const body = encodeRevocation({
        device: removed,
        ...owner.ledger.chainEnd(removed),
        epochId: epoch.id,
        boxes: new Map([[given, boxOf(given)]]),
      });
      room.record(owner, KIND.revocation, body);
    }
    const views = [room.frames, [...room.frames].reverse()].map((frames) =>
      room.reader(owner).takeAll(frames).ledger.view.epochs.get(epoch.name),
    );
    expect([...required(views[0]).givenTo].sort()).toEqual([1, 3]);
    expect([...required(views[1]).givenTo].sort()).toEqual([1, 3]);
    expect(required(views[0]).generation).toBe(required(views[1]).generation);
  });
});

describe('snapshots', () => {
  it('[SY49] [SY50] a reviewer’s does not count; an editor’s is confirmed by another organization alone', () => {
    const { room, owner, editor, reviewer } = office(60);
    room.write(owner, 'words');
    room.syncAll();
    const false_ = required(room.snapshot(reviewer));
    const own = required(room.snapshot(editor));
    const colleague = room.join(owner, { role: 'reader', organization: 2, device: 7 });
    room.syncAll();
    room.countersignAnyway(colleague, own);
    let { snapshots } = read(room, owner).ledger.view;
    expect(snapshots.has(hex(room.hash(false_)))).toBe(false);
    expect(snapshots.get(hex(room.hash(own)))?.confirmed).toBe(false);
    required(room.countersign(reviewer, own));
    ({ snapshots } = read(room, owner).ledger.view);
    expect(snapshots.get(hex(room.hash(own)))?.confirmed).toBe(true);
  });

  it('[SY50] a countersigner with other words does not agree', () => {
    const { room, owner, editor } = office(61);
    room.write(owner, 'words');
    room.syncAll();
    const state = new Y.Doc();
    state.clientID = clientIdOf(1, 0);
    state.getText('text').insert(0, 'wards');
    const snapshot = required(room.snapshot(owner, { state: Y.encodeStateAsUpdate(state) }));
    room.sync(editor);
    expect(room.countersign(editor, snapshot)).toBe(null);
    const honest = required(room.snapshot(owner));
    room.sync(editor);
    expect(room.countersign(editor, honest)).not.toBe(null);
  });

  it('[SY50] nobody covers the own chain beyond the snapshot’s place in it', () => {
    const room = new TestRoom(sodium, 62);
    const owner = room.create();
    room.write(owner, 'words');
    const ends = new Map([[1, { counter: 1_000, hash: new Uint8Array(32) }]]);
    const snapshot = required(room.snapshot(owner, { coverage: { ends } }));
    room.write(owner, ' more');
    const replica = read(room, owner);
    expect(replica.ledger.view.snapshots.has(hex(room.hash(snapshot)))).toBe(false);
    expect(textOf(replica)).toBe('words more');
  });

  it('[SY53] a confirmed one takes the place of frames that are missing, an unconfirmed one does not', () => {
    const { room, owner, editor } = office(63);
    const lost = [required(room.write(owner, 'one ')), required(room.write(owner, 'two '))];
    room.syncAll();
    room.write(editor, '— ');
    room.syncAll();
    const snapshot = required(room.snapshot(owner));
    const after = required(room.write(owner, 'three'));
    const rest = room.frames.filter((frame) => !lost.includes(frame));
    const waiting = read(room, editor, rest);
    expect(textOf(waiting)).toBe('');
    expect(waiting.ledger.missing()).toMatchObject([{ device: 1, why: 'gap' }]);
    room.sync(editor, [snapshot]);
    const signed = required(room.countersign(editor, snapshot));
    const adopted = read(room, editor, [...rest, signed]);
    expect(textOf(adopted)).toBe('one two — three');
    expect(adopted.ledger.missing()).toEqual([]);
    expect(adopted.ledger.baseOf(1)).toBeGreaterThan(0);
    expect(adopted.take(required(lost[0]))).toMatchObject({ outcome: 'duplicate' });
    expect(hex(adopted.digest())).toBe(hex(read(room, editor).digest()));
    expect(room.frames).toContain(after);
  });

  it('[SY52] its state holds clients of the devices it covers only', () => {
    const { room, owner, editor, reviewer } = office(64);
    const lost = required(room.write(owner, 'one'));
    room.syncAll();
    const state = new Y.Doc();
    state.clientID = clientIdOf(9, 0);
    state.getText('text').insert(0, 'somebody else');
    const snapshot = required(room.snapshot(owner, { state: Y.encodeStateAsUpdate(state) }));
    room.sync(reviewer);
    room.countersignAnyway(reviewer, snapshot);
    const replica = room.reader(editor).load(room.frames.filter((frame) => frame !== lost));
    expect(textOf(replica)).toBe('');
    expect(replica.counted.find(({ kind, refusal }) => kind === KIND.snapshot && refusal)?.refusal).toBe(
      'foreign-client-id',
    );
    expect(replica.ledger.missing()).not.toEqual([]);
  });

  it('[SY53] of the records it covers those count that it lists, also when they come later', () => {
    const { room, owner, editor } = office(65);
    const words = required(room.write(owner, 'words'));
    const invitation = room.invite(owner, { role: 'reviewer', organization: 3, device: 7 });
    room.syncAll();
    const listed = owner.ledger.coveredRecords();
    listed.delete(hex(invitation.hash));
    const snapshot = required(room.snapshot(owner, { coverage: { records: listed } }));
    room.sync(editor, [snapshot]);
    const signed = room.countersignAnyway(editor, snapshot);
    const rest = room.frames.filter((frame) => frame !== words && frame !== signed);
    const replica = room.reader(editor).takeAll([...rest, signed]);
    expect(replica.ledger.baseOf(1)).toBeGreaterThan(0);
    expect(replica.ledger.view.invitations.has(hex(invitation.hash))).toBe(false);
    expect(replica.ledger.view.invitations.size).toBe(3);
    const early = room
      .reader(editor)
      .takeAll([...rest.filter((frame) => frame !== invitation.frame), signed, invitation.frame]);
    expect(early.ledger.view.invitations.size).toBe(3);
    expect(early.ledger.records.size).toBe(replica.ledger.records.size);
  });

  it('[SY53] [SY55] a snapshot that counts no longer is taken back', () => {
    const { room, owner, editor, reviewer } = office(66);
    const lost = required(room.write(owner, 'one'));
    room.syncAll();
    const end = owner.ledger.chainEnd(2);
    const snapshot = required(room.snapshot(editor));
    room.sync(reviewer);
    required(room.countersign(reviewer, snapshot));
    const replica = room.reader(reviewer).load(room.frames.filter((frame) => frame !== lost));
    expect(textOf(replica)).toBe('one');
    room.sync(owner);
    const answer = replica.take(room.revoke(owner, 2, end));
    expect(answer).toMatchObject({ rebuild: true });
    expect(textOf(replica)).toBe('');
    expect(replica.ledger.missing()).toMatchObject([{ device: 1 }]);
    replica.take(lost);
    expect(textOf(replica)).toBe('one');
  });
});

describe('order', () => {
  it('[SY54] a record is judged also when frames before it are missing', () => {
    const { room, owner, editor, reader } = office(70);
    const lost = required(room.write(owner, 'words'));
    room.revoke(owner, 2);
    const replica = room.reader(reader).load(room.frames.filter((frame) => frame !== lost));
    expect(limitOf(replica, 2)).toBe(0);
    expect(editor.ledger.view.devices.get(2)?.limit).toBe(null);
  });

  it('[SY54] an author unknown so far is `not-admitted`; an unreadable record is kept and told', () => {
    const { room, owner, editor } = office(71);
    const frame = required(room.write(editor, 'words'));
    expect(room.reader(owner).take(frame)).toMatchObject({ outcome: 'refused', code: 'not-admitted' });
    const bad = room.record(
      owner,
      KIND.invitation,
      encodeInvitation({ key: new Uint8Array(32), role: 'reader', organization: 0, device: 5, expires: 0 }),
    );
    const replica = room.reader(owner).load(room.frames.slice(0, -1));
    expect(replica.take(bad)).toMatchObject({ counted: [{ device: 1, refusal: 'bad-record' }] });
    const parsed = parseFrame(bad);
    expect(parsed.ok && replica.ledger.chainEnd(1).counter).toBe(parsed.ok && parsed.value.counter);
  });

  it('[SY11] [SY14] counts the same frames in every order, each after those its heads name (100 seeds)', () => {
    const { room, owner, editor, reviewer } = office(72);
    for (let round = 0; round < 4; round++)
      for (const device of [owner, editor, reviewer]) {
        room.sync(device, room.frames.slice(0, room.frames.length - round));
        room.write(device, `${device.number}${round} `);
      }
    const expected = read(room, owner);
    for (let seed = 1; seed <= 100; seed++) {
      const below = seededNumbers(seed);
      const shuffled = room.frames.map((frame) => ({ frame, key: below(10_000) })).sort((a, b) => a.key - b.key);
      const replica = room.reader(owner).takeAll(shuffled.map(({ frame }) => frame));
      expect(replica.countedNames(), `seed ${seed}`).toEqual(expected.countedNames());
      const seen = new Map<number, number>();
      for (const { device, counter, update } of replica.counted) {
        expect(counter).toBe((seen.get(device) ?? 0) + 1);
        for (const [other, needed] of update?.heads ?? [])
          expect(seen.get(other) ?? 0).toBeGreaterThanOrEqual(needed.counter);
        seen.set(device, counter);
      }
      expect(replica.ledger.waitingCount()).toBe(0);
    }
  });
});
