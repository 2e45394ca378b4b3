import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { applyExactly, applyUntold } from '../../../shared/sync/applyExactly.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { TestWindow, until } from '../testing/TestWindow.ts';
import { Replica, type ReplicaEvents } from './Replica.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

async function openStore(folder: string, key: Uint8Array, create = true): Promise<ComplaintStore> {
  const store = await ComplaintStore.open(join(folder, 'db'), new Sealer(ciphers, key), create);
  if (!store.ok) throw new Error(store.error.code);
  return store.value;
}

async function loadReplica(store: ComplaintStore, events: ReplicaEvents = {}): Promise<Replica> {
  const replica = await Replica.load(store, () => Date.now(), events);
  if (!replica.ok) throw new Error(replica.error.code);
  return replica.value;
}

function attach(replica: Replica, clientId: number, readOnly = false): TestWindow {
  const window = new TestWindow();
  replica.attach(window.end, clientId, readOnly);
  window.start(clientId);
  return window;
}

describe('Replica', () => {
  it('joins two windows, the shared doc and the disk', async () => {
    const folder = await temporary();
    const key = randomBytes(32);
    const store = await openStore(folder, key);
    const replica = await loadReplica(store);
    await replica.start(65_536);
    const first = attach(replica, 65_537);
    const second = attach(replica, 65_538);
    first.doc.getText('body').insert(0, 'Oscar* was detained.');
    await until(() => second.text === 'Oscar* was detained.');
    second.doc.getText('body').insert(0, '1. ');
    await until(() => first.text === '1. Oscar* was detained.');
    await replica.close();
    expect([...Y.decodeStateVector(Y.encodeStateVector(first.doc)).keys()].sort()).toEqual([65_537, 65_538]);
    await store.close();

    const again = await openStore(folder, key, false);
    const reopened = await loadReplica(again);
    await reopened.start(65_536);
    expect(reopened.read((doc) => doc.getText('body').toString())).toBe('1. Oscar* was detained.');
    expect(reopened.shared.getText('body').toString()).toBe('1. Oscar* was detained.');
    await reopened.close();
    await again.close();
  });

  it('says unsaved from the first update on, and saved when the group is durable', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const states: boolean[] = [];
    const replica = await loadReplica(store, { onSaved: ({ saved }) => states.push(saved) });
    await replica.start(65_536);
    const window = attach(replica, 65_537);
    for (let i = 0; i < 30; i += 1) window.doc.getText('body').insert(i, 'x');
    await replica.flush();
    expect(replica.saved).toBe(true);
    expect(states[0]).toBe(false);
    expect(states.at(-1)).toBe(true);
    await replica.close();
    await store.close();
  });

  it('keeps what was flushed when the process dies: what a copy of the folder opens', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    await replica.start(65_536);
    const window = attach(replica, 65_537);
    window.doc.getText('body').insert(0, 'kept');
    await replica.flush();
    const revived = await loadReplica(store);
    expect(revived.read((doc) => doc.getText('body').toString())).toBe('kept');
    await replica.close();
    await store.close();
  });

  it('takes in what the shared doc knows beyond the local log', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    const elsewhere = new Y.Doc();
    elsewhere.getText('body').insert(0, 'from a frame');
    Y.applyUpdate(replica.shared, Y.encodeStateAsUpdate(elsewhere), 'disk');
    await replica.start(65_536);
    expect(replica.read((doc) => doc.getText('body').toString())).toBe('from a frame');
    Y.applyUpdate(
      replica.shared,
      (() => {
        elsewhere.getText('body').insert(0, 'more ');
        return Y.encodeStateAsUpdate(elsewhere);
      })(),
      'relay',
    );
    const window = attach(replica, 65_537);
    await until(() => window.text === 'more from a frame');
    await replica.close();
    await store.close();
  });

  it('hands a first state to windows and disk as it came, and takes what follows on the shared doc', async () => {
    const folder = await temporary();
    const key = randomBytes(32);
    const store = await openStore(folder, key);
    const told: boolean[] = [];
    const replica = await loadReplica(store, { onUpdate: (_update, arrived) => told.push(arrived) });
    await replica.start(65_536);
    const window = attach(replica, 65_537);
    window.doc.getText('body').insert(0, 'own ');
    await until(() => replica.shared.getText('body').toString() === 'own ');
    const elsewhere = new Y.Doc();
    elsewhere.getText('body').insert(0, 'from a snapshot');
    const state = Y.encodeStateAsUpdate(elsewhere);
    replica.takeFirstState(state);
    applyUntold(replica.shared, state, 'relay');
    await until(() => window.text.includes('from a snapshot'));
    expect(told).toEqual([false, true]);
    elsewhere.getText('body').insert(4, ' what was');
    applyExactly(replica.shared, Y.encodeStateAsUpdate(elsewhere), 'relay');
    await until(() => window.text.includes('from what was a snapshot'));
    window.doc.getText('body').insert(0, 'more ');
    await until(() => replica.shared.getText('body').toString() === window.text);
    const { text } = window;
    await replica.close();
    await store.close();

    const again = await openStore(folder, key, false);
    const reopened = await loadReplica(again);
    expect(reopened.read((doc) => doc.getText('body').toString())).toBe(text);
    await reopened.close();
    await again.close();
  });

  it('cuts a torn tail and keeps everything before it', async () => {
    const folder = await temporary();
    const key = randomBytes(32);
    const store = await openStore(folder, key);
    const replica = await loadReplica(store);
    await replica.start(65_536);
    replica.write((doc) => doc.getText('body').insert(0, 'whole'));
    await replica.flush();
    const names: string[] = [];
    for await (const { name } of store.entries('replica/log/')) names.push(name);
    const next = `replica/log/${(Number(names.at(-1)?.slice(12)) + 1).toString().padStart(16, '0')}`;
    await store.db.put(next, new Uint8Array([1, 2, 3]));
    const revived = await loadReplica(store);
    expect(revived.read((doc) => doc.getText('body').toString())).toBe('whole');
    expect(await store.db.get(next)).toBeUndefined();
    await replica.close();
    await store.close();
  });

  it('[CS2] opens a log with a hole, keeps what does not open, says so once, and takes the rest from the room', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    await replica.start(65_536);
    for (const word of ['one ', 'two ', 'three ']) {
      replica.write((doc) => doc.getText('body').insert(doc.getText('body').length, word));
      await replica.flush();
    }
    const whole = Y.encodeStateAsUpdate(replica.shared);
    const names: string[] = [];
    for await (const { name } of store.entries('replica/log/')) names.push(name);
    expect(names).toHaveLength(3);
    const hole = names[1] as string;
    await store.db.put(hole, new Uint8Array([9]));
    const told: number[] = [];
    const revive = async () => {
      const loaded = await Replica.load(store, () => Date.now(), { onMissing: (count) => told.push(count) });
      if (!loaded.ok) throw new Error(loaded.error.code);
      return loaded.value;
    };
    const revived = await revive();
    expect(revived.read((doc) => doc.getText('body').toString())).toBe('one ');
    await revived.start(65_536);
    expect(told).toEqual([1]);
    expect([...((await store.db.get(`aside/${hole}`)) ?? [])]).toEqual([9]);
    await revived.close();

    const again = await revive();
    Y.applyUpdate(again.shared, whole);
    await again.start(65_536);
    expect(again.read((doc) => doc.getText('body').toString())).toBe('one two three ');
    expect(told).toEqual([1]);
    await again.close();
    await store.close();
  });

  it('[CS2] opens without its snapshot: what came after it waits for the room', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    await replica.start(65_536);
    for (let i = 0; i < 6; i += 1) {
      replica.write((doc) => doc.getText('body').insert(doc.getText('body').length, `${i}${'z'.repeat(60_000)} `));
      await replica.flush();
    }
    const whole = Y.encodeStateAsUpdate(replica.shared);
    const text = replica.read((doc) => doc.getText('body').toString());
    await replica.close();
    const sealed = (await store.db.get('replica/snapshot')) as Uint8Array;
    await store.db.put(
      'replica/snapshot',
      sealed.map((byte, index) => (index === 99 ? byte ^ 4 : byte)),
    );
    const told: number[] = [];
    const revived = await Replica.load(store, () => Date.now(), { onMissing: (count) => told.push(count) });
    if (!revived.ok) throw new Error(revived.error.code);
    Y.applyUpdate(revived.value.shared, whole);
    await revived.value.start(65_536);
    expect(told).toEqual([1]);
    expect(revived.value.read((doc) => doc.getText('body').toString())).toBe(text);
    await revived.value.close();
    await store.close();
  });

  it('replaces a grown log by a snapshot without losing a word', async () => {
    const folder = await temporary();
    const key = randomBytes(32);
    const store = await openStore(folder, key);
    const replica = await loadReplica(store);
    await replica.start(65_536);
    for (let i = 0; i < 6; i += 1) {
      replica.write((doc) => doc.getText('body').insert(0, `${i}${'z'.repeat(60_000)} `));
      await replica.flush();
    }
    const before = replica.read((doc) => doc.getText('body').toString());
    await replica.close();
    const names: string[] = [];
    for await (const { name } of store.entries('replica/')) names.push(name);
    expect(names).toEqual(['replica/snapshot']);
    const revived = await loadReplica(store);
    expect(revived.read((doc) => doc.getText('body').toString())).toBe(before);
    await store.close();
  });

  it('takes nothing from a read-only window, and drops what is no message', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    let refused = 0;
    const replica = await loadReplica(store, {
      onRefused: () => {
        refused += 1;
      },
    });
    await replica.start(65_536);
    const reader = attach(replica, 65_537, true);
    reader.doc.getText('body').insert(0, 'not taken');
    reader.sendRaw('text');
    reader.sendRaw(new Uint8Array([0, 2, 255, 255, 255]));
    reader.sendRaw(new Uint8Array([77]));
    const writer = attach(replica, 65_538);
    writer.sendRaw(new Uint8Array([0, 2, 200, 200]));
    writer.doc.getText('body').insert(0, 'taken');
    await replica.flush();
    expect(replica.read((doc) => doc.getText('body').toString())).toBe('taken');
    expect(refused).toBe(3);
    await replica.close();
    await store.close();
  });

  it('shows windows to one another, and forgets a window that is gone', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    await replica.start(65_536);
    const first = attach(replica, 65_537);
    const second = attach(replica, 65_538);
    first.awareness?.setLocalState({ name: 'Centro' });
    await until(() => second.awareness?.getStates().get(65_537)?.['name'] === 'Centro');
    first.vanish();
    await until(() => !second.awareness?.getStates().has(65_537));
    await replica.close();
    second.awareness?.destroy();
    await store.close();
  });

  it('does not wait forever for a page that hangs', async () => {
    const store = await openStore(await temporary(), randomBytes(32));
    const replica = await loadReplica(store);
    await replica.start(65_536);
    const window = attach(replica, 65_537);
    window.hung = true;
    replica.write((doc) => doc.getText('body').insert(0, 'x'));
    await replica.flush();
    expect(replica.saved).toBe(true);
    await replica.close();
    await store.close();
  });
});
