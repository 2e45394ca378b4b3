import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ByteWriter } from './ByteWriter.ts';
import { ClockRanges } from './ClockRanges.ts';
import { cutScan, writePieces } from './cutUpdate.ts';
import { scanState, scanUpdate, type UpdateScan } from './scanUpdate.ts';

const random = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** A document with every kind of content this program writes, and deletions. */
function richDoc(seed: number, client = 65_536): Y.Doc {
  const below = random(seed);
  const doc = new Y.Doc();
  doc.clientID = client;
  const text = doc.getText('t');
  const map = doc.getMap('m');
  const xml = doc.get('body', Y.XmlElement);
  for (let i = 0; i < 60; i++) {
    switch (below(8)) {
      case 0:
        text.insert(below(text.length + 1), 'ñandú “quoted” 😀');
        break;
      case 1:
        if (text.length > 3) text.delete(below(text.length - 2), 2);
        break;
      case 2:
        map.set(`k${below(9)}`, [1, -5, 2.5, 'x', true, null, undefined, { a: [1] }, 2 ** 40][below(9)]);
        break;
      case 3:
        xml.insert(0, [new Y.XmlElement('p')]);
        break;
      case 4:
        xml.insert(0, [new Y.XmlText('inner')]);
        break;
      case 5:
        if (text.length > 4) text.format(0, 3, { bold: below(2) ? true : null });
        break;
      case 6:
        map.set('bytes', Uint8Array.of(1, 2, 3));
        break;
      case 7:
        text.insertEmbed(0, { exhibit: 'e1' });
        break;
    }
  }
  return doc;
}

const scanned = (update: Uint8Array): UpdateScan => {
  const scan = scanUpdate(update);
  if (!scan.ok) throw new Error('refused');
  return scan.value;
};

describe('scanUpdate', () => {
  it('[SY12] reads clients, clocks and deletions as Yjs does (200 seeds)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const update = Y.encodeStateAsUpdate(richDoc(seed));
      const scan = scanned(update);
      const meta = Y.parseUpdateMeta(update);
      const ends = scan.clients.map(({ client, structs }) => {
        const last = structs.at(-1);
        return [client, (last?.clock ?? 0) + (last?.length ?? 0)] as const;
      });
      expect(new Map(ends)).toEqual(meta.to);
      const decoded = Y.decodeUpdate(update);
      expect(scan.clients.reduce((sum, { structs }) => sum + structs.length, 0)).toBe(decoded.structs.length);
      expect(scan.deletions.length).toBe([...decoded.ds.clients.values()].flat().length);
    }
  });

  it('[SY13] of a state tells where each client ends, and refuses what it refuses of an update (100 seeds)', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const state = Y.encodeStateAsUpdate(richDoc(seed));
      const { clients, deletions } = scanned(state);
      const scan = scanState(state);
      expect(scan).toEqual({
        ok: true,
        value: {
          clients: clients.map(({ client, structs }) => {
            const [first] = structs;
            const last = structs.at(-1);
            if (!first || !last) return { client, structs };
            const length = last.clock + last.length - first.clock;
            return { client, structs: [{ from: first.from, to: last.to, clock: first.clock, length }] };
          }),
          deletions,
        },
      });
      const below = random(seed);
      for (let change = 0; change < 40; change++) {
        const bad = state.slice(0, below(4) ? state.length : below(state.length));
        if (bad.length > 0) bad[below(bad.length)] = below(256);
        expect(scanState(bad).ok).toBe(scanUpdate(bad).ok);
      }
    }
  });

  it('[SY13] what passes never makes Yjs throw (seeded mutations)', () => {
    let passed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const below = random(seed);
      const update = Y.encodeStateAsUpdate(richDoc(seed));
      for (let round = 0; round < 100; round++) {
        const changed = update.slice(0, below(10) === 0 ? below(update.length) : update.length);
        for (let k = 1 + below(3); k > 0 && changed.length > 0; k--) changed[below(changed.length)] = below(256);
        if (!scanUpdate(changed).ok) continue;
        passed++;
        expect(() => Y.applyUpdate(new Y.Doc(), changed, 'test'), `seed ${seed} round ${round}`).not.toThrow();
      }
    }
    expect(passed).toBeGreaterThan(100);
  });

  it('[SY13] refuses claims that the bytes cannot hold, at once', () => {
    const million = 30_000_000;
    const claims = [
      new ByteWriter().varuint(1).varuint(million).varuint(65_536).varuint(0).done(),
      new ByteWriter().varuint(million).done(),
      new ByteWriter().varuint(0).varuint(million).done(),
      new ByteWriter().varuint(0).varuint(1).varuint(5).varuint(million).done(),
      new ByteWriter().varuint(1).varuint(1).varuint(65_536).varuint(0).u8(2).varuint(1).u8(0).varuint(million).done(),
      new ByteWriter()
        .varuint(1)
        .varuint(1)
        .varuint(65_536)
        .varuint(0)
        .u8(0)
        .varuint(2 ** 50)
        .varuint(0)
        .done(),
    ];
    const start = performance.now();
    for (const claim of claims) expect(scanUpdate(claim)).toEqual({ ok: false, error: { code: 'bad-update' } });
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('[SY13] refuses a struct that hangs on itself', () => {
    const update = new ByteWriter()
      .varuint(1)
      .varuint(1)
      .varuint(65_536)
      .varuint(0)
      .u8(128 | 4)
      .varuint(65_536)
      .varuint(0)
      .varuint(1)
      .u8(97)
      .varuint(0)
      .done();
    expect(scanUpdate(update).ok).toBe(false);
  });
});

describe('cutScan and writePieces', () => {
  it('[SY6] pieces of any size build the same document (100 seeds)', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const doc = richDoc(seed);
      const update = Y.encodeStateAsUpdate(doc);
      const copy = new Y.Doc();
      const pieces = writePieces(update, scanned(update), 1 + (seed % 5) * 40);
      for (const piece of pieces) {
        expect(scanUpdate(piece).ok).toBe(true);
        Y.applyUpdate(copy, piece, 'test');
      }
      expect(copy.store.pendingStructs).toBe(null);
      expect(Y.encodeStateAsUpdate(copy)).toEqual(update);
    }
  });

  it('[SY32] leaves only what no frame holds', () => {
    const doc = richDoc(5);
    const before = Y.encodeStateAsUpdate(doc);
    const sealedDeletions = new ClockRanges();
    const first = scanned(before);
    first.deletions.forEach((range) => sealedDeletions.add(range));
    const until = doc.store.clients.get(65_536) ? Y.getState(doc.store, 65_536) : 0;
    const cut = { keeps: (client: number) => client === 65_536, sealedUntil: () => until, sealedDeletions };
    expect(writePieces(before, cutScan(first, cut), 1_000)).toEqual([]);
    doc.getText('t').insert(0, 'new');
    doc.getText('t').delete(4, 1);
    const all = Y.encodeStateAsUpdate(doc);
    const [piece] = writePieces(all, cutScan(scanned(all), cut), 10_000);
    expect((piece as Uint8Array).length).toBeLessThan(40);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, before, 'test');
    Y.applyUpdate(copy, piece as Uint8Array, 'test');
    expect(copy.getText('t').toString()).toBe(doc.getText('t').toString());
  });

  it('ClockRanges is a set of clocks (against a plain set, seeded)', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const below = random(seed);
      const ranges = new ClockRanges();
      const plain = new Set<number>();
      for (let i = 0; i < 40; i++) {
        const range = { client: 1, clock: below(100), length: below(10) };
        const missing = new Set(
          ranges.missing(range).flatMap((r) => Array.from({ length: r.length }, (_, k) => r.clock + k)),
        );
        const expected = new Set<number>();
        for (let k = range.clock; k < range.clock + range.length; k++) if (!plain.has(k)) expected.add(k);
        expect(missing).toEqual(expected);
        ranges.add(range);
        for (let k = range.clock; k < range.clock + range.length; k++) plain.add(k);
      }
    }
  });
});
