import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { META_ROOT, readMeta } from '../../../shared/domain/collections.ts';
import { SCHEMA_VERSION } from '../../../shared/domain/records.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import { Library } from '../library/Library.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { TestWindow, until } from '../testing/TestWindow.ts';
import type { OpenComplaint } from './OpenComplaint.ts';
import { openRoomLink } from './openRoomLink.ts';

const temporary = temporaryFolders();
const open: Library[] = [];
const relays: Relay[] = [];
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((library) => library.closeAll()));
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});

interface Desk {
  library: Library;
  notices: Notice[];
  /** Complaints to be closed and opened again. */
  again: string[];
}

async function newDesk(): Promise<Desk> {
  const notices: Notice[] = [];
  const again: string[] = [];
  const library = await Library.open({
    path: join(await temporary(), 'library'),
    root: new Sealer(ciphers, randomBytes(32)),
    ciphers,
    openRoomLink,
    samplePath: join(import.meta.dirname, '../../../resources/sample'),
    onStatus: () => undefined,
    onNotice: (_id, notice) => notices.push(notice),
    onTransfer: () => undefined,
    onFiles: () => undefined,
    onChanged: () => undefined,
    onMembers: () => undefined,
    onRebuild: (id) => again.push(id),
    onJoin: () => undefined,
    onCode: () => undefined,
  });
  open.push(library);
  return { library, notices, again };
}

async function opened({ library }: Desk, id: string): Promise<OpenComplaint> {
  const complaint = await library.openComplaint(id);
  if (!complaint.ok) throw new Error(complaint.error.code);
  return complaint.value;
}

async function attach(complaint: OpenComplaint): Promise<{ window: TestWindow; readOnly: boolean }> {
  const window = new TestWindow();
  const { clientId, readOnly } = await complaint.attach(window.end);
  window.start(clientId);
  return { window, readOnly };
}

const versionIn = (window: TestWindow): number => readMeta(window.doc.getMap(META_ROOT)).schemaVersion;
const EDITOR = { role: 'editor', label: '', organizationNumber: null, expiresMs: 4_000_000_000_000 } as const;

async function share(
  before: (complaint: OpenComplaint) => void,
): Promise<{ a: Desk; b: Desk; idA: string; idB: string }> {
  const relay = await createRelay({ host: '127.0.0.1', port: 0, dataDir: await temporary() });
  relays.push(relay);
  const [a, b] = [await newDesk(), await newDesk()];
  const idA = (await a.library.create('Oscar* v. no one', 'template', 'Centro')).id;
  const complaint = await opened(a, idA);
  before(complaint);
  const invitation = await complaint.createInvitation(relay.url, 'Centro', EDITOR);
  if (!invitation.ok) throw new Error(invitation.error.code);
  const joined = await b.library.accept(invitation.value.link, 'Dos');
  if (!joined.ok || !('joined' in joined.value)) throw new Error('not joined');
  return { a, b, idA, idB: joined.value.joined.id };
}

describe('the version of a document', () => {
  it('[DO101] of an older one is raised by the first window that may write, and nothing else is', async () => {
    const desk = await newDesk();
    const { id } = await desk.library.create('x', 'template', '');
    const complaint = await opened(desk, id);
    complaint.write((doc) => {
      doc.getText('body').insert(0, 'Words of version 1.');
      doc.getMap(META_ROOT).set('schemaVersion', 1);
    });
    const { window, readOnly } = await attach(complaint);
    await until(() => versionIn(window) === SCHEMA_VERSION);
    expect(readOnly).toBe(false);
    expect(window.text).toBe('Words of version 1.');
    expect([desk.notices, desk.again]).toEqual([[], []]);
  });

  it('[DO102] of a newer one opens for reading only, says so, and takes nothing', async () => {
    const desk = await newDesk();
    const { id } = await desk.library.create('x', 'template', '');
    const complaint = await opened(desk, id);
    complaint.write((doc) => {
      doc.getText('body').insert(0, 'From the future.');
      doc.getMap(META_ROOT).set('schemaVersion', SCHEMA_VERSION + 1);
    });
    const { window, readOnly } = await attach(complaint);
    expect(readOnly).toBe(true);
    expect(desk.notices).toEqual([{ code: 'complaint-newer-version' }]);
    await until(() => window.text === 'From the future.');
    window.doc.getText('body').insert(0, 'Old words. ');
    await complaint.flush();
    const { window: other } = await attach(complaint);
    await until(() => other.text !== '');
    expect(other.text).toBe('From the future.');
    expect(versionIn(other)).toBe(SCHEMA_VERSION + 1);
  });

  it('[DO102] raised while the window that began the complaint still has it open: it is told as well', async () => {
    const desk = await newDesk();
    const { id } = await desk.library.create('x', 'template', '');
    const complaint = await opened(desk, id);
    const { readOnly } = await attach(complaint);
    expect(readOnly).toBe(false);
    complaint.write((doc) => {
      doc.getText('body').insert(0, 'From the future.');
      doc.getMap(META_ROOT).set('schemaVersion', SCHEMA_VERSION + 1);
    });
    await until(() => desk.again.length > 0);
    expect(desk.again).toEqual([id]);
  });

  it('[DO102] raised by a partner with a newer program: the older one is told at once and writes no more', async () => {
    const { a, b, idA, idB } = await share((complaint) =>
      complaint.write((doc) => {
        doc.getText('body').insert(0, 'Together. ');
        doc.getMap(META_ROOT).set('schemaVersion', SCHEMA_VERSION);
      }),
    );
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    const older = await attach(two);
    await until(() => older.window.text === 'Together. ');
    expect(older.readOnly).toBe(false);
    older.window.doc.getText('body').insert(0, 'By the older. ');
    const newer = await attach(one);
    await until(() => newer.window.text === 'By the older. Together. ');
    newer.window.doc.getMap(META_ROOT).set('schemaVersion', SCHEMA_VERSION + 1);
    newer.window.doc.getText('body').insert(0, 'By the newer. ');
    await until(() => b.again.length > 0);
    expect(b.again).toEqual([idB]);
    await two.endWindows();
    const { window, readOnly } = await attach(two);
    expect(readOnly).toBe(true);
    expect(b.notices).toEqual([{ code: 'complaint-newer-version' }]);
    await until(() => window.text === 'By the newer. By the older. Together. ');
    expect(versionIn(window)).toBe(SCHEMA_VERSION + 1);
  });

  it('[DO101] raised on one computer reaches the other, which raises nothing again', async () => {
    const { a, b, idA, idB } = await share((complaint) =>
      complaint.write((doc) => {
        doc.getText('body').insert(0, 'Together. ');
        doc.getMap(META_ROOT).set('schemaVersion', 1);
      }),
    );
    const one = await attach(await opened(a, idA));
    const two = await attach(await opened(b, idB));
    await until(() => versionIn(one.window) === SCHEMA_VERSION && versionIn(two.window) === SCHEMA_VERSION);
    expect([a.again, b.again, one.window.text, two.window.text]).toEqual([[], [], 'Together. ', 'Together. ']);
  });
});
