import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createRelay } from '../../../relay/Relay.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { BODY_ROOT } from '../../../shared/domain/collections.ts';
import { readBodyBlocks } from '../../../shared/sync/bodyBlocks.ts';
import { carryOver } from '../../../shared/sync/carryOver.ts';
import { Library } from '../library/Library.ts';
import { randomBytes, Sealer } from '../storage/Sealer.ts';
import { loadCiphers } from '../sync/sodium.ts';
import { temporaryFolders } from '../testing/TemporaryFolder.ts';
import { TestWindow, until } from '../testing/TestWindow.ts';
import type { OpenComplaint } from './OpenComplaint.ts';
import { openRoomLink } from './openRoomLink.ts';
import { WindowSessions } from './WindowSessions.ts';

const temporary = temporaryFolders();
const closers: (() => Promise<unknown>)[] = [];
let ciphers: Ciphers;
beforeAll(async () => {
  ciphers = await loadCiphers();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** One person's program, with one window. */
class Desk {
  readonly library: Library;
  readonly sessions: WindowSessions;
  rebuilds = 0;
  window = new TestWindow();

  private constructor(library: Library) {
    this.library = library;
    this.sessions = new WindowSessions(library, () => this.window.end);
  }

  static async open(): Promise<Desk> {
    let self: Desk | null = null;
    const library = await Library.open({
      path: join(await temporary(), 'library'),
      root: new Sealer(ciphers, randomBytes(32)),
      ciphers,
      openRoomLink,
      samplePath: join(import.meta.dirname, '../../../resources/sample'),
      onStatus: () => undefined,
      onNotice: () => undefined,
      onTransfer: () => undefined,
      onFiles: () => undefined,
      onChanged: () => undefined,
      onMembers: () => undefined,
      onRebuild: () => {
        if (self) self.rebuilds++;
      },
      onJoin: () => undefined,
      onCode: () => undefined,
    });
    closers.push(() => library.closeAll());
    self = new Desk(library);
    return self;
  }

  async complaint(id: string): Promise<OpenComplaint> {
    const opened = await this.library.openComplaint(id);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  }

  /** As a page does it; the document before stays as it is. */
  async openWindow(id: string): Promise<TestWindow> {
    const window = new TestWindow();
    this.window = window;
    const opened = await this.sessions.open(1, id);
    if (!opened.ok) throw new Error(opened.error.code);
    window.start(opened.value.clientId);
    const complaint = await this.complaint(id);
    let whole = new Uint8Array();
    complaint.write((doc) => {
      whole = Y.encodeStateVector(doc) as Uint8Array<ArrayBuffer>;
    });
    await until(() => covers(Y.encodeStateVector(window.doc), whole));
    return window;
  }
}

function covers(have: Uint8Array, wanted: Uint8Array): boolean {
  const clocks = Y.decodeStateVector(have);
  return [...Y.decodeStateVector(wanted)].every(([client, clock]) => (clocks.get(client) ?? 0) >= clock);
}

function addParagraph(doc: Y.Doc, words: string): Y.XmlText {
  const paragraph = new Y.XmlText(words);
  doc.get(BODY_ROOT, Y.XmlElement).push([paragraph as unknown as Y.XmlElement]);
  return paragraph;
}
const texts = (doc: Y.Doc): string[] => readBodyBlocks(doc).map(({ text }) => text);
function textsOf(complaint: OpenComplaint): string[] {
  let found: string[] = [];
  complaint.write((doc) => {
    found = texts(doc);
  });
  return found;
}

/** Types one key after another, a turn of the event loop each, until it is told to stop. Gives what it typed. */
function typeOn(paragraph: Y.XmlText): { typed: () => number; stop: () => Promise<string> } {
  let text = '';
  let going = true;
  closers.push(async () => {
    going = false;
  });
  const run = (async () => {
    while (going) {
      const key = `${text.length % 10}`;
      paragraph.insert(paragraph.length, key);
      text += key;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  return {
    typed: () => text.length,
    stop: async () => {
      going = false;
      await run;
      return text;
    },
  };
}

describe('keys typed while a complaint is closed and opened again under its window', () => {
  it('none is lost when the complaint moves to another relay', async () => {
    const desk = await Desk.open();
    const { id } = await desk.library.create('A title', 'template', 'Uno');
    const before = await desk.openWindow(id);
    const hands = typeOn(addParagraph(before.doc, 'Text: '));
    await until(() => hands.typed() > 20);
    await desk.sessions.reopen(id);
    const atEnd = hands.typed();
    if (!before.unsent) throw new Error('main did not ask for the last of the port');
    await until(() => hands.typed() > atEnd + 20);
    const after = await desk.openWindow(id);
    const text = await hands.stop();
    expect(before.unsent.updates.length).toBeGreaterThan(20);
    // From here to the exchange of the documents no key can come: it is one step.
    expect(carryOver(before.doc, before.unsent, after.doc, false)).toEqual([]);
    const complaint = await desk.complaint(id);
    await complaint.flush();
    expect(textsOf(complaint)).toEqual([`Text: ${text}`]);
  });

  it.each([
    ['own paragraphs go on, words on top of theirs are kept', false],
    ['what followed words on top of theirs is kept too, each paragraph once', true],
  ])('[SY55] none is lost when somebody is removed: %s', async (_what, onTop) => {
    const relay = await createRelay({ host: '127.0.0.1', port: 0, dataDir: await temporary() });
    closers.push(() => relay.close());
    const [a, b, c] = [await Desk.open(), await Desk.open(), await Desk.open()];
    const idA = (await a.library.create('A title', 'template', 'Uno')).id;
    const one = await a.complaint(idA);
    const invite = async (): Promise<string> => {
      const invitation = {
        role: 'editor' as const,
        label: 'x',
        organizationNumber: null,
        expiresMs: Date.now() + 86_400_000,
      };
      const made = await one.createInvitation(relay.url, 'Uno', invitation);
      if (!made.ok) throw new Error(made.error.code);
      return made.value.link;
    };
    const join_ = async (desk: Desk, name: string): Promise<string> => {
      const accepted = await desk.library.accept(await invite(), name);
      if (!accepted.ok || !('joined' in accepted.value)) throw new Error('not let in');
      return accepted.value.joined.id;
    };
    const [idB, idC] = [await join_(b, 'Dos'), await join_(c, 'Tres')];
    const [two, three] = [await b.complaint(idB), await c.complaint(idC)];
    one.write((doc) => addParagraph(doc, 'From A.'));
    await until(() => textsOf(two).includes('From A.') && textsOf(three).includes('From A.'));
    const before = await b.openWindow(idB);
    const own = addParagraph(before.doc, 'Own: ');
    await until(() => textsOf(one).includes('Own: '));
    await until(() => two.status.unsentFrames === 0);

    one.room?.session.disconnect();
    three.write((doc) => addParagraph(doc, 'From C. '));
    await until(() => texts(before.doc).includes('From C. '));
    const theirs = before.doc.get(BODY_ROOT, Y.XmlElement).toArray() as unknown as Y.XmlText[];
    const voided = theirs.find((block) => block.toString().startsWith('From C.'));
    if (onTop) voided?.insert(voided.length, 'B was here. ');
    await one.room?.remove(three.identity.deviceNumber);
    const hands = typeOn(own);
    one.room?.session.connect();
    await until(() => b.rebuilds > 0);
    const asked = hands.typed();
    await until(() => hands.typed() > asked + 10);
    await b.sessions.reopen(idB);
    if (!before.unsent) throw new Error('main did not ask for the last of the port');
    const atEnd = hands.typed();
    await until(() => hands.typed() > atEnd + 10);
    const after = await b.openWindow(idB);
    const text = await hands.stop();
    voided?.insert(voided.length, 'and B goes on there');
    own.insert(own.length, '!');
    const again = await b.complaint(idB);
    expect(again.recovered).toHaveLength(onTop ? 2 : 0);
    const late = carryOver(before.doc, before.unsent, after.doc, false);
    await again.keepRecovered(late);
    await again.flush();

    const kept = onTop ? 'Own: ' : `Own: ${text}`;
    expect(textsOf(again)).toEqual(['From A.', kept]);
    expect(again.recovered.map((passage) => passage.text)).toEqual([
      `Own: ${text}!`,
      `From C. ${onTop ? 'B was here. ' : ''}and B goes on there`,
    ]);
    await until(() => textsOf(one).includes(kept));
    expect(textsOf(one)).toEqual(textsOf(again));
  });
});
