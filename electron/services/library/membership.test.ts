import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sodium from 'libsodium-wrappers-sumo';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { createSodiumCiphers } from '../../../shared/crypto/sodiumCiphers.ts';
import type { Notice, Role } from '../../../shared/ipc/contract.ts';
import { markRestored } from '../backup/markRestored.ts';
import type { OpenComplaint } from '../complaint/OpenComplaint.ts';
import { openRoomLink } from '../complaint/openRoomLink.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { until } from '../testing/TestWindow.ts';
import { ComplaintFolder } from './ComplaintFolder.ts';
import { Library } from './Library.ts';

let ciphers: Ciphers;
beforeAll(async () => {
  await sodium.ready;
  ciphers = createSodiumCiphers(sodium);
});

interface Desk {
  library: Library;
  path: string;
  key: Uint8Array;
  notices: Notice[];
  rebuilt: string[];
}
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alegato-membership-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openDesk(path: string, key = randomBytes(32)): Promise<Desk> {
  const notices: Notice[] = [];
  const rebuilt: string[] = [];
  const library = await Library.open({
    path,
    root: new Sealer(ciphers, key),
    ciphers,
    openRoomLink,
    samplePath: join(import.meta.dirname, '../../../resources/sample'),
    onStatus: () => undefined,
    onNotice: (_id, notice) => notices.push(notice),
    onTransfer: () => undefined,
    onFiles: () => undefined,
    onChanged: () => undefined,
    onMembers: () => undefined,
    onRebuild: (id) => rebuilt.push(id),
    onJoin: () => undefined,
    onCode: () => undefined,
  });
  closers.push(() => library.closeAll());
  return { library, path, key, notices, rebuilt };
}

async function newDesk(): Promise<Desk> {
  return openDesk(join(await temporary(), 'library'));
}

async function opened({ library }: Desk, id: string): Promise<OpenComplaint> {
  const complaint = await library.openComplaint(id);
  if (!complaint.ok) throw new Error(complaint.error.code);
  return complaint.value;
}

const paragraph = (complaint: OpenComplaint, words: string): void =>
  complaint.write((doc) => doc.getArray<string>('lines').push([words]));
const lines = (complaint: OpenComplaint): string[] => {
  let read: string[] = [];
  complaint.write((doc) => {
    read = doc.getArray<string>('lines').toArray();
  });
  return read;
};

async function invite(complaint: OpenComplaint, relay: Relay, role: Role, organizationName = ''): Promise<string> {
  const invitation = { role, label: 'somebody', organizationNumber: null, expiresMs: Date.now() + 86_400_000 };
  const made = await complaint.createInvitation(relay.url, organizationName, invitation);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.link;
}

async function join_(desk: Desk, link: string, name: string): Promise<string> {
  const accepted = await desk.library.accept(link, name);
  if (!accepted.ok) throw new Error(accepted.error.code);
  if (!('joined' in accepted.value)) throw new Error(accepted.value.waiting.state);
  return accepted.value.joined.id;
}

async function coalition(): Promise<{ relay: Relay; a: Desk; b: Desk; idA: string; idB: string }> {
  const relay = await createRelay({ host: '127.0.0.1', port: 0, dataDir: await temporary() });
  closers.push(() => relay.close());
  const [a, b] = [await newDesk(), await newDesk()];
  const idA = (await a.library.create('A title', 'template', 'Uno')).id;
  const one = await opened(a, idA);
  paragraph(one, 'from A');
  const idB = await join_(b, await invite(one, relay, 'editor', 'Uno'), 'Dos');
  const two = await opened(b, idB);
  await until(() => lines(two).includes('from A'));
  return { relay, a, b, idA, idB };
}

describe('members of a complaint', () => {
  it('both see organizations, devices and the same safety number; comparing it is remembered until devices change', async () => {
    const { relay, a, b, idA, idB } = await coalition();
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    await until(() => (one.room?.members().organizations.filter(({ name }) => name !== '').length ?? 0) === 2);
    const [own, theirs] = one.room?.members().organizations ?? [];
    expect(own).toMatchObject({ number: 1, name: 'Uno', own: true, verified: 'own', safetyNumber: '' });
    expect(theirs).toMatchObject({ number: 2, name: 'Dos', own: false, verified: 'no' });
    expect(theirs?.safetyNumber).toMatch(/^\d{60}$/);
    expect(two.room?.members().organizations[0]?.safetyNumber).toBe(theirs?.safetyNumber);
    expect((await one.room?.verify(2, '0'.repeat(60)))?.ok).toBe(false);
    await one.room?.verify(2, theirs?.safetyNumber ?? '');
    expect(one.room?.members().organizations[1]?.verified).toBe('yes');
    const c = await newDesk();
    const link = await one.room?.invite({
      role: 'reader',
      label: 'second computer of Dos',
      organizationNumber: 2,
      expiresMs: Date.now() + 1e6,
    });
    if (!link?.ok) throw new Error('no link');
    expect(one.room?.members().invitations.find(({ state }) => state === 'open')).toMatchObject({
      label: 'second computer of Dos',
      link: link.value.link,
    });
    const three = await opened(c, await join_(c, link.value.link, 'Dos'));
    await until(() => lines(three).includes('from A'));
    expect(three.status.role).toBe('reader');
    expect(one.room?.members().organizations[1]).toMatchObject({ verified: 'changed' });
    expect(one.room?.members().invitations.every(({ state }) => state === 'used')).toBe(true);
    void relay;
  });

  it('[SY55] own words built on a removed partner come back beside the complaint, not as if nothing had been', async () => {
    const { relay, a, b, idA, idB } = await coalition();
    const c = await newDesk();
    const one = await opened(a, idA);
    const idC = await join_(c, await invite(one, relay, 'editor'), 'Tres');
    const [two, three] = [await opened(b, idB), await opened(c, idC)];
    await until(() => lines(three).includes('from A'));
    one.room?.session.disconnect();
    three.write((doc) => doc.getText('body').insert(0, 'Words of the removed. '));
    await until(() => textOf(two).includes('Words of the removed. '));
    await one.room?.remove(three.identity.deviceNumber);
    one.room?.session.connect();
    await until(() => b.rebuilt.includes(idB));
    await b.library.close(idB);
    const again = await opened(b, idB);
    await until(() => again.status.relay === 'online');
    expect(textOf(again)).toBe(textOf(one));
    expect(textOf(again)).not.toContain('removed');
    expect(b.notices.map(({ code }) => code)).toContain('passages-recovered');
    paragraph(again, 'B goes on');
    await until(() => lines(one).includes('B goes on'));
    await until(() => three.status.removed);
    expect((await c.library.accept(await invite(one, relay, 'editor'), 'Tres')).ok).toBe(true);
  });

  it('[RS3] a restored library goes on as a new device: the founder by the root, a partner by a new invitation', async () => {
    const { relay, a, b, idA, idB } = await coalition();
    const [keptA, keptB] = [join(await temporary(), 'library'), join(await temporary(), 'library')];
    await a.library.close(idA);
    await b.library.close(idB);
    await cp(a.path, keptA, { recursive: true });
    await cp(b.path, keptB, { recursive: true });
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    paragraph(one, 'after the backup, by A');
    paragraph(two, 'after the backup, by B');
    await until(() => lines(one).length === 3 && lines(two).length === 3);
    await until(() => one.status.unsentFrames === 0 && two.status.unsentFrames === 0);
    await a.library.close(idA); // the laptops are gone

    for (const [path, desk, id] of [
      [keptA, a, idA],
      [keptB, b, idB],
    ] as const) {
      const folder = await ComplaintFolder.open(path, id, new Sealer(ciphers, desk.key));
      if (!folder.ok) throw new Error(folder.error.code);
      const store = await ComplaintStore.open(folder.value.storePath, folder.value.sealer.derive('store'), false);
      if (!store.ok) throw new Error(store.error.code);
      expect(await markRestored(store.value)).toBe(true);
      await store.value.close();
    }
    const restoredA = await openDesk(keptA, a.key);
    const newA = await opened(restoredA, idA);
    await until(() => newA.status.relay === 'online' && lines(newA).length === 3);
    expect(newA.identity.deviceNumber).not.toBe(1);
    expect(newA.status.role).toBe('owner');
    paragraph(newA, 'A on a new computer');
    await until(() => lines(two).includes('A on a new computer'));
    expect((await two.room?.remove(1))?.ok).toBe(false);
    expect((await newA.room?.remove(1))?.ok).toBe(true); // the root removes the computer that is gone
    const removed = (complaint: OpenComplaint): boolean | undefined =>
      complaint.room
        ?.members()
        .organizations[0]?.devices.some(({ number, state }) => number === 1 && state === 'removed');
    await until(() => removed(newA) === true && removed(two) === true);

    await b.library.close(idB);
    const restoredB = await openDesk(keptB, b.key);
    const newB = await opened(restoredB, idB);
    expect(newB.status).toMatchObject({ relay: 'refused', relayReason: 'room-restored' });
    expect(lines(newB)).toEqual(['from A']);
    const idAgain = await join_(restoredB, await invite(newA, relay, 'editor'), 'Dos');
    expect(idAgain).toBe(idB);
    const rejoined = await opened(restoredB, idB);
    await until(() => lines(rejoined).length === 4);
    paragraph(rejoined, 'B on a new computer');
    await until(() => lines(newA).includes('B on a new computer'));
    for (const desk of [restoredA, restoredB, a, b])
      expect(desk.notices.filter(({ code }) => code === 'peer-fork')).toEqual([]);
  });

  it('[SY60] [SY61] a bundle brings a week of work across without a relay, twice without harm', async () => {
    const { relay, a, b, idA, idB } = await coalition();
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    await until(() => one.status.unsentFrames === 0 && two.status.unsentFrames === 0);
    await relay.close();
    await until(() => one.status.relay === 'away' && two.status.relay === 'away');
    for (let day = 0; day < 7; day++) {
      paragraph(one, `A on day ${day}`);
      paragraph(two, `B on day ${day}`);
    }
    const toB = await one.exportBundle();
    const toA = await two.exportBundle();
    if (!toB || !toA) throw new Error('no room');
    const damaged = toB.bytes.slice(0, toB.bytes.length - 40);
    expect(await two.room?.importBundle(damaged)).toMatchObject({ ok: true, value: { cutOff: true, refused: 0 } });
    const sums = await two.room?.importBundle(toB.bytes);
    expect(sums).toMatchObject({ ok: true, value: { damaged: 0, refused: 0, cutOff: false } });
    expect(await two.room?.importBundle(toB.bytes)).toMatchObject({ ok: true, value: { added: 0, refused: 0 } });
    await one.room?.importBundle(toA.bytes);
    await until(() => lines(one).length === 15 && lines(two).length === 15);
    expect(lines(one)).toEqual(lines(two));
    expect(await one.room?.importBundle(new Uint8Array(100))).toMatchObject({ error: { code: 'bundle-not-ours' } });
    const other = await coalition();
    const stranger = await (await opened(other.a, other.idA)).exportBundle();
    expect(await one.room?.importBundle(stranger?.bytes ?? new Uint8Array())).toMatchObject({
      error: { code: 'bundle-other-complaint' },
    });
  });
});

function textOf(complaint: OpenComplaint): string {
  let text = '';
  complaint.write((doc) => {
    text = doc.getText('body').toString();
  });
  return text;
}
