import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { ComplaintStore } from '../storage/ComplaintStore.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { LastSeen } from './LastSeen.ts';

const temporary = temporaryFolders();
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});

async function openStore(): Promise<{ store: ComplaintStore; reopen: () => Promise<ComplaintStore> }> {
  const folder = join(await temporary(), 'db');
  const sealer = new Sealer(ciphers, randomBytes(32));
  const open = async (create: boolean): Promise<ComplaintStore> => {
    const opened = await ComplaintStore.open(folder, sealer, create);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  };
  const store = await open(true);
  return {
    store,
    reopen: async () => {
      await store.close();
      return open(false);
    },
  };
}

function textOf(state: Uint8Array): string {
  const doc = new Y.Doc();
  if (state.length > 0) Y.applyUpdate(doc, state);
  return doc.getText('body').toString();
}

describe('LastSeen', () => {
  it('is a first visit until something was marked, and remembers across openings', async () => {
    const { store, reopen } = await openStore();
    const first = await LastSeen.open(store);
    expect(first.read()).toMatchObject({ seenMs: null, arrivals: [] });
    const doc = new Y.Doc();
    doc.getText('body').insert(0, 'seen');
    await first.mark(Y.encodeStateAsUpdate(doc), 1_000);
    const again = await reopen();
    const read = (await LastSeen.open(again)).read();
    expect(read.seenMs).toBe(1_000);
    expect(textOf(read.base)).toBe('seen');
    await again.close();
  });

  it('adds own changes to what was seen, not those that arrived', async () => {
    const { store } = await openStore();
    const lastSeen = await LastSeen.open(store);
    const doc = new Y.Doc();
    doc.clientID = 5 * 65_536 + 1;
    doc.getText('body').insert(0, 'seen');
    await lastSeen.mark(Y.encodeStateAsUpdate(doc), 1_000);
    const partner = new Y.Doc();
    partner.clientID = 9 * 65_536 + 1;
    Y.applyUpdate(partner, Y.encodeStateAsUpdate(doc));
    partner.on('update', (update: Uint8Array) => lastSeen.noteArrival(update, 2_000));
    partner.getText('body').insert(0, 'theirs ');
    doc.on('update', (update: Uint8Array) => lastSeen.noteOwn(update));
    for (let letters = 0; letters < 1_200; letters += 1) doc.getText('body').insert(4, 'o');
    doc.getText('body').delete(0, 2);
    const { base, arrivals } = lastSeen.read();
    expect(textOf(base)).toBe(`en${'o'.repeat(1_200)}`);
    expect(arrivals).toEqual([{ device: 9, firstMs: 2_000, lastMs: 2_000 }]);
    await store.close();
  });

  it('takes a damaged record for a first visit', async () => {
    const { store } = await openStore();
    await store.put('activity/seen', new Uint8Array(40));
    await store.db.put('activity/seen', new Uint8Array(60));
    expect((await LastSeen.open(store)).read().seenMs).toBeNull();
    await store.close();
  });
});
