import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRelay, type Relay } from '../../../relay/Relay.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { readCollection, recordEntries } from '../../../shared/domain/collections.ts';
import type { ExhibitId } from '../../../shared/domain/ids.ts';
import type { ComplaintStatus, Notice } from '../../../shared/ipc/contract.ts';
import type { OpenComplaint } from '../complaint/OpenComplaint.ts';
import { openRoomLink } from '../complaint/openRoomLink.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { TestWindow, until } from '../testing/TestWindow.ts';
import { Library } from './Library.ts';

const temporary = temporaryFolders();
const SAMPLE = join(import.meta.dirname, '../../../resources/sample');
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

const EDITOR = { role: 'editor', label: '', organizationNumber: null, expiresMs: 4_000_000_000_000 } as const;

function joinedId(joined: Awaited<ReturnType<Library['accept']>>): string {
  if (!joined.ok) throw new Error(joined.error.code);
  if (!('joined' in joined.value)) throw new Error(`waits: ${joined.value.waiting.state}`);
  return joined.value.joined.id;
}

interface Desk {
  library: Library;
  path: string;
  key: Uint8Array;
  statuses: ComplaintStatus[];
  notices: Notice[];
}

async function openLibrary(path: string, key: Uint8Array): Promise<Desk> {
  const statuses: ComplaintStatus[] = [];
  const notices: Notice[] = [];
  const library = await Library.open({
    path,
    root: new Sealer(ciphers, key),
    ciphers,
    openRoomLink,
    samplePath: SAMPLE,
    onStatus: (status) => statuses.push(status),
    onNotice: (_id, notice) => notices.push(notice),
    onTransfer: () => undefined,
    onFiles: () => undefined,
    onChanged: () => undefined,
    onMembers: () => undefined,
    onRebuild: () => undefined,
    onJoin: () => undefined,
    onCode: () => undefined,
  });
  open.push(library);
  return { library, path, key, statuses, notices };
}

async function newLibrary(): Promise<Desk> {
  return openLibrary(join(await temporary(), 'library'), randomBytes(32));
}

async function startRelay(dataDir: string, port = 0): Promise<Relay> {
  const relay = await createRelay({ host: '127.0.0.1', port, dataDir });
  relays.push(relay);
  return relay;
}

async function opened({ library }: Desk, id: string): Promise<OpenComplaint> {
  const complaint = await library.openComplaint(id);
  if (!complaint.ok) throw new Error(complaint.error.code);
  return complaint.value;
}

async function attach(
  complaint: OpenComplaint,
): Promise<{ window: TestWindow; needsContent: string; clientId: number }> {
  const window = new TestWindow();
  const attached = await complaint.attach(window.end);
  window.start(attached.clientId);
  return { window, ...attached };
}

describe('Library', () => {
  it('makes, lists, renames and archives complaints, and keeps them sealed', async () => {
    const desk = await newLibrary();
    const made = await desk.library.create('Queja por Mauricio', 'template', 'Centro');
    expect(await desk.library.rename(made.id, 'Queja por Oscar*')).toMatchObject({
      ok: true,
      value: { title: 'Queja por Oscar*' },
    });
    expect(await desk.library.archive(made.id, true)).toMatchObject({ ok: true, value: { archived: true } });
    await desk.library.closeAll();
    const again = await openLibrary(desk.path, desk.key);
    expect(await again.library.list()).toMatchObject([
      { id: made.id, title: 'Queja por Oscar*', archived: true, sample: false, shared: false, damaged: false },
    ]);
    for (const entry of await readdir(desk.path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      for (const word of ['Mauricio', 'Oscar', 'Centro']) expect(bytes.includes(word), entry.name).toBe(false);
    }
  });

  it('never gives a client id twice, and asks one window only to fill a new complaint', async () => {
    const desk = await newLibrary();
    const made = await desk.library.create('', 'template', 'Centro');
    const complaint = await opened(desk, made.id);
    const first = await attach(complaint);
    const second = await attach(complaint);
    expect([first.needsContent, second.needsContent]).toEqual(['template', 'no']);
    expect([first.clientId, second.clientId]).toEqual([65_537, 65_538]);
    await desk.library.close(made.id);
    const reopened = await opened(desk, made.id);
    const third = await attach(reopened);
    // Nobody filled it: it is asked for again.
    expect([third.needsContent, third.clientId]).toEqual(['template', 65_539]);
    third.window.doc.getText('body').insert(0, 'filled');
    await reopened.flush();
    expect((await attach(reopened)).needsContent).toBe('no');
    [first, second, third].forEach(({ window }) => window.vanish());
  });

  it('tells damaged, foreign, newer, missing and used complaints apart, lists them, and touches nothing', async () => {
    const desk = await newLibrary();
    const stranger = await newLibrary();
    const make = async (): Promise<string> => (await desk.library.create('x', 'template', '')).id;
    const header = (id: string): string => join(desk.path, id, 'header.json');
    const [noHeader, garbage, newer, noCurrent] = [await make(), await make(), await make(), await make()];
    await rm(header(noHeader));
    await writeFile(header(garbage), '{');
    await writeFile(
      header(newer),
      JSON.stringify({ ...JSON.parse(await readFile(header(newer), 'utf8')), version: 9 }),
    );
    await rm(join(desk.path, noCurrent, 'db', 'CURRENT'));
    const foreign = (await stranger.library.create('theirs', 'template', '')).id;
    await cp(join(stranger.path, foreign), join(desk.path, foreign), { recursive: true });
    const renamed = 'a'.repeat(16);
    await rename(join(desk.path, await make()), join(desk.path, renamed));
    const good = await make();

    const codeOf = async (id: string): Promise<string> => {
      const result = await desk.library.openComplaint(id);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await codeOf(noHeader)).toBe('complaint-damaged');
    expect(await codeOf(garbage)).toBe('complaint-damaged');
    expect(await codeOf(newer)).toBe('complaint-newer-version');
    expect(await codeOf(noCurrent)).toBe('complaint-damaged');
    expect(await codeOf(foreign)).toBe('complaint-foreign');
    expect(await codeOf(renamed)).toBe('complaint-foreign');
    expect(await codeOf('b'.repeat(16))).toBe('complaint-missing');
    expect(await codeOf(good)).toBe('ok');
    const other = await openLibrary(desk.path, desk.key);
    expect(await other.library.openComplaint(good)).toMatchObject({ ok: false, error: { code: 'complaint-in-use' } });
    const listed = await desk.library.list();
    expect(listed).toHaveLength(7);
    expect(
      listed
        .filter((complaint) => complaint.damaged)
        .map((complaint) => complaint.id)
        .sort(),
    ).toEqual([noHeader, garbage, newer, noCurrent, foreign, renamed].sort());
    expect(await readdir(join(desk.path, noCurrent, 'db'))).not.toContain('CURRENT');
  });

  it('clears away what a crash left half made, and passes over folders that are not complaints', async () => {
    const desk = await newLibrary();
    await mkdir(join(desk.path, '.new-abcdefghijklmnop', 'db'), { recursive: true });
    await mkdir(join(desk.path, 'holiday photos'));
    const again = await openLibrary(desk.path, desk.key);
    expect(await readdir(desk.path)).toEqual(['holiday photos', 'joins']);
    expect(await again.library.list()).toEqual([]);
  });

  it('refuses links that are none, cut off, or lead to a complaint that is here', async () => {
    const desk = await newLibrary();
    const made = await desk.library.create('x', 'template', '');
    const complaint = await opened(desk, made.id);
    expect(await complaint.createInvitation('http://x', 'Centro', EDITOR)).toMatchObject({
      ok: false,
      error: { code: 'relay-address-invalid' },
    });
    const invitation = await complaint.createInvitation('ws://127.0.0.1:9', 'Centro', EDITOR);
    if (!invitation.ok) throw new Error(invitation.error.code);
    const { link } = invitation.value;
    expect(await desk.library.accept('hola', 'Dos')).toMatchObject({
      ok: false,
      error: { code: 'link-not-an-invitation' },
    });
    expect(await desk.library.accept(link.slice(0, -9), 'Dos')).toMatchObject({
      ok: false,
      error: { code: 'link-cut-off' },
    });
    expect(await desk.library.accept(link, 'Dos')).toMatchObject({ ok: false, error: { code: 'link-same-complaint' } });
    const second = await complaint.createInvitation('ws://127.0.0.1:9', '', EDITOR);
    expect(second.ok && second.value.link).not.toBe(link);
    expect(await desk.library.list()).toHaveLength(1);
  });
});

describe('two libraries and a relay', () => {
  async function share(): Promise<{ relay: Relay; a: Desk; b: Desk; idA: string; idB: string; link: string }> {
    const relay = await startRelay(await temporary());
    const [a, b] = [await newLibrary(), await newLibrary()];
    const idA = (await a.library.create('Oscar* v. no one', 'template', 'Centro Uno')).id;
    const complaint = await opened(a, idA);
    complaint.write((doc) => doc.getText('body').insert(0, 'Before sharing. '));
    const invitation = await complaint.createInvitation(relay.url, 'Centro Uno', EDITOR);
    if (!invitation.ok) throw new Error(invitation.error.code);
    const joined = await b.library.accept(invitation.value.link, 'Dos Organización');
    expect(joined).toMatchObject({ value: { joined: { title: 'Oscar* v. no one', shared: true } } });
    return { relay, a, b, idA, idB: joinedId(joined), link: invitation.value.link };
  }

  it('a partner gets everything, both write, presence and organizations arrive', async () => {
    const { a, b, idA, idB } = await share();
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    const [windowA, windowB] = [(await attach(one)).window, (await attach(two)).window];
    await until(() => windowB.text === 'Before sharing. ');
    windowB.doc.getText('body').insert(16, 'From B. ');
    windowA.doc.getText('body').insert(0, 'From A. ');
    await until(
      () => windowA.text === windowB.text && windowA.text.includes('From A.') && windowA.text.includes('From B.'),
    );
    windowA.awareness?.setLocalState({ name: 'Centro Uno' });
    await until(() =>
      [...(windowB.awareness?.getStates().values() ?? [])].some((state) => state['name'] === 'Centro Uno'),
    );
    const organizations = readCollection('organizations', windowA.doc.getMap('organizations'));
    expect(organizations.map(({ name, initials, color }) => [name, initials, color]).sort()).toEqual([
      ['Centro Uno', 'CU', 0],
      ['Dos Organización', 'DO', 1],
    ]);
    await until(() => one.status.partners === 1 && one.status.partnersUpToDate === 1 && one.status.unsentFrames === 0);
    windowA.vanish();
    windowB.vanish();
  });

  it('work done while the relay is away arrives when it is back, also after both programs were closed', async () => {
    const { relay, a, b, idA, idB } = await share();
    await relay.close();
    relays.splice(0);
    const one = await opened(a, idA);
    await until(() => one.status.relay === 'away');
    one.write((doc) => doc.getText('body').insert(0, 'Offline A. '));
    await a.library.closeAll();
    (await opened(b, idB)).write((doc) => doc.getText('body').insert(0, 'Offline B. '));
    await b.library.closeAll();

    const [a2, b2] = [await openLibrary(a.path, a.key), await openLibrary(b.path, b.key)];
    const [again, two] = [await opened(a2, idA), await opened(b2, idB)];
    const windowA = (await attach(again)).window;
    await until(() => windowA.text.includes('Offline A.'));
    expect(again.status.unsentFrames).toBeGreaterThan(0);
    // The relay's data folder is gone with its process here: what was acknowledged is posted again to an empty one.
    await startRelay(await temporary(), relay.port);
    const windowB = (await attach(two)).window;
    await until(
      () => windowA.text === windowB.text && windowA.text.includes('Offline A.') && windowA.text.includes('Offline B.'),
      25_000,
    );
    windowA.vanish();
    windowB.vanish();
  });

  it('a link works once: a second computer is told so and keeps nothing', async () => {
    const { link } = await share();
    const c = await newLibrary();
    expect(await c.library.accept(link, 'Tres')).toMatchObject({ ok: false, error: { code: 'link-used' } });
    expect(await c.library.list()).toEqual([]);
  });

  it('joins while the relay is away, and fills itself when it is back', async () => {
    const { relay, a, idA } = await share();
    const invitation = await (await opened(a, idA)).createInvitation(relay.url, '', EDITOR);
    if (!invitation.ok) throw new Error(invitation.error.code);
    await a.library.close(idA);
    const c = await newLibrary();
    const { port } = relay;
    await relay.close();
    relays.splice(0);
    const joined = await c.library.accept(invitation.value.link, 'Tres');
    expect(joined).toMatchObject({ ok: true, value: { waiting: { state: 'relay-away', organizationName: 'Tres' } } });
    await c.library.closeAll();
    const again = await openLibrary(c.path, c.key);
    expect(again.library.joins.list()).toHaveLength(1);
    await startRelay(await temporary(), port);
    await opened(a, idA);
    await until(async () => (await again.library.list())[0]?.title === 'Oscar* v. no one', 25_000);
    await until(() => again.library.joins.list().length === 0);
  });

  it('anonymized copies follow their records, those from before sharing as well', async () => {
    const relay = await startRelay(await temporary());
    const [a, b] = [await newLibrary(), await newLibrary()];
    const idA = (await a.library.create('x', 'template', 'Uno')).id;
    const one = await opened(a, idA);
    const bytes = new TextEncoder().encode('%PDF-1.7 a page');
    const copy = await one.files.sealCopy(bytes);
    one.write((doc) => {
      for (const [key, value] of recordEntries<'exhibits'>({
        id: 'exhibit7a2222222' as ExhibitId,
        blobId: copy.blobId,
        blobKey: copy.blobKey,
        sha256: copy.sha256,
      }))
        doc.getMap('exhibits').set(key, value);
    });
    const invitation = await one.createInvitation(relay.url, '', EDITOR);
    const joined = invitation.ok ? await b.library.accept(invitation.value.link, 'Dos') : invitation;
    const idB = joinedId(joined);
    const two = await opened(b, idB);
    for (let here = false; !here; ) here = (await readdir(join(b.path, idB, 'blobs'))).includes(copy.blobId);
    const source = { kind: 'copy' as const, ...copy };
    expect(await two.files.openFile(source)).toMatchObject({ ok: true, value: { sizeBytes: bytes.length } });
    expect(await two.files.readPart(source, 0, 1_000)).toEqual({ ok: true, value: bytes });
  });

  it('the gate of a shared complaint holds everything back until it opens', async () => {
    const { a, b, idA, idB } = await share();
    const [one, two] = [await opened(a, idA), await opened(b, idB)];
    const windowB = (await attach(two)).window;
    await until(() => windowB.text === 'Before sharing. ');
    one.gate.hold({ code: 'protected-name' });
    one.write((doc) => doc.getText('body').insert(0, 'Mauricio '));
    one.write((doc) => doc.getText('body').delete(0, 9));
    one.write((doc) => doc.getText('body').insert(0, 'Oscar* '));
    await one.flush();
    expect(one.status.heldBack).toMatchObject({ reason: 'protected-name' });
    two.write((doc) => doc.getText('body').insert(0, 'Still arrives. '));
    const windowA = (await attach(one)).window;
    await until(() => windowA.text.includes('Still arrives.'));
    expect(windowB.text).not.toContain('Oscar*');
    one.gate.open();
    await until(() => windowB.text.includes('Oscar*'));
    expect(one.status.heldBack).toBeNull();
    windowA.vanish();
    windowB.vanish();
  });
});

describe('the sample', () => {
  it('gets its placeholder files once its text is there', async () => {
    const desk = await newLibrary();
    const id = (await desk.library.create('Sample', 'sample', '')).id;
    const records = JSON.parse(await readFile(join(SAMPLE, 'records.json'), 'utf8')) as {
      exhibits: { id: ExhibitId; sha256: string }[];
    };
    const complaint = await opened(desk, id);
    const { window, needsContent } = await attach(complaint);
    expect(needsContent).toBe('sample');
    window.doc.transact(() => {
      for (const exhibit of records.exhibits)
        for (const [key, value] of recordEntries<'exhibits'>(exhibit)) window.doc.getMap('exhibits').set(key, value);
      window.doc.getText('body').insert(0, 'text');
    });
    const exhibits = () => readCollection('exhibits', window.doc.getMap('exhibits'));
    await until(() => exhibits().length > 0 && exhibits().every((exhibit) => exhibit.blobId !== ''));
    for (const { blobId, blobKey, sha256 } of exhibits()) {
      expect((await complaint.files.openFile({ kind: 'copy', blobId, blobKey, sha256 })).ok).toBe(true);
    }
    window.vanish();
  });
});
