import type * as Y from 'yjs';
import { clientIdOf } from '../clientIds.ts';
import { ROLE_NAMES } from '../records.ts';
import { seededNumbers, type TestSodium } from './seededCiphers.ts';
import { type TestDevice, type TestInvitation, TestRoom } from './TestRoom.ts';

const MOST_DEVICES = 6;

/** A room with a history of everything that members can do to one another, by seed. */
export function growHistory(sodium: TestSodium, seed: number): { room: TestRoom; creator: TestDevice; forks: number } {
  const below = seededNumbers(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[below(items.length)];
  const room = new TestRoom(sodium, seed);
  const creator = room.create();
  const actors: TestDevice[] = [creator];
  const invitations: TestInvitation[] = [];
  let forks = 0;
  let nextNumber = 2;
  const may = (roles: readonly string[]): TestDevice | undefined =>
    pick(actors.filter(({ role }) => roles.includes(role)));
  const partly = (device: TestDevice): void =>
    room.sync(
      device,
      room.frames.filter(() => below(3) > 0),
    );
  /** A fork of a chain and confirmed snapshots that name different branches of it have no common truth. */
  const forksAllowed = seed % 2 === 0;
  const withdraw = (): void => {
    const invitation = pick(invitations);
    const author = may(['owner', 'editor']);
    if (!invitation || !author) return;
    room.withdraw(author, invitation);
    const out = [...author.ledger.view.devices.values()].find(({ limit }) => limit);
    // new keys, as an owner's program gives them out
    if (author.role === 'owner' && out?.limit && !author.ledger.sealingEpoch())
      room.revoke(author, out.number, out.limit);
  };
  const steps: (() => void)[] = [
    () => {
      const author = may(['owner']);
      if (seed % 3 === 0 && below(3) === 0) return withdraw();
      if (!author || nextNumber > 12) return;
      const organization = 1 + below(3);
      const role = ROLE_NAMES[below(4)] ?? 'reader';
      invitations.push(room.invite(author, { role, organization, device: nextNumber++ }));
    },
    () => {
      const invitation = pick(invitations);
      const author = may(['owner', 'editor']);
      if (!invitation || !author || room.devices.size >= MOST_DEVICES) return;
      if (room.devices.has(invitation.device) && below(3) > 0) return;
      actors.push(room.admit(author, invitation));
    },
    () => {
      const author = may(['owner']);
      const removed = author && pick([...author.ledger.view.devices.keys()].filter((one) => one !== author.number));
      if (!author || !removed || below(2) === 0) return;
      const end = author.ledger.chainEnd(removed);
      const counter = Math.max(0, end.counter - below(3));
      const hash = author.ledger.hashAt(removed, counter);
      room.revoke(author, removed, hash ? { counter, hash } : end);
    },
    () => {
      const author = may(['owner', 'editor']);
      const other = author && pick([...author.ledger.view.devices.values()].filter(({ limit }) => !limit));
      if (author && other) room.grant(author, other.number);
    },
    () => {
      const author = may(['owner', 'editor']);
      if (!author) return;
      if (below(2) === 0) room.sync(author);
      if (forksAllowed && room.frames.some((frame) => frame[1] === 5)) return;
      const snapshot = room.snapshot(author);
      if (!snapshot) return;
      for (const device of actors) {
        if (device.organization === author.organization || below(2) === 0) continue;
        room.sync(device);
        room.countersign(device, snapshot);
      }
    },
    () => {
      const device = pick(actors);
      if (!device || !forksAllowed || actors.length > MOST_DEVICES + 2 || device === creator) return;
      actors.push(room.fork(device));
      forks++;
    },
  ];
  for (let step = 0; step < 54; step++) {
    const device = pick(actors);
    if (device && below(3) > 0) partly(device);
    if (below(2) === 0) pick(steps)?.();
    else if (device && !device.ledger.view.devices.get(device.number)?.limit)
      // now and then by a program that does not say what it has seen
      room.write(device, edit(below, device), below(8) === 0 ? { heads: new Map() } : {});
  }
  return { room, creator, forks };
}

function edit(below: (limit: number) => number, device: TestDevice): (doc: Y.Doc) => void {
  const foreign = below(20) === 0;
  return (doc) => {
    const own = doc.clientID;
    if (foreign) doc.clientID = clientIdOf(99, 0);
    const text = doc.getText('text');
    text.insert(below(text.length + 1), `${device.number}${'abcdefgh'.slice(0, 1 + below(7))} `);
    if (text.length > 10 && below(3) === 0) text.delete(below(text.length - 5), 1 + below(5));
    if (below(4) === 0) doc.getMap('claims').set(`c${below(4)}`, below(100));
    doc.clientID = own;
  };
}
