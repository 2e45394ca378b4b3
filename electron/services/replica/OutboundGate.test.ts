import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seededRandom } from '../testing/seededRandom.ts';
import { newReplicaDoc, newSharedDoc, ORIGIN } from './documents.ts';
import { OutboundGate } from './OutboundGate.ts';

function makeGate() {
  const replica = newReplicaDoc();
  const shared = newSharedDoc();
  let nowMs = 1_000;
  const gate = new OutboundGate(replica, shared, { nowMs: () => nowMs, coalesceMs: 5 });
  const left: Uint8Array[] = [];
  shared.on('update', (update: Uint8Array) => left.push(update));
  replica.on('update', (update: Uint8Array) => gate.noticeLocalChange(update));
  return {
    replica,
    shared,
    gate,
    left,
    tick: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('OutboundGate', () => {
  it('lets the first change leave at once and those of the next milliseconds together', async () => {
    const { replica, shared, left, tick } = makeGate();
    const text = replica.getText('body');
    text.insert(0, 'a');
    expect(left).toHaveLength(1);
    text.insert(1, 'b');
    text.insert(2, 'c');
    expect(left).toHaveLength(1);
    tick(5);
    await new Promise((resolve) => shared.once('update', resolve));
    expect(left).toHaveLength(2);
    expect(shared.getText('body').toString()).toBe('abc');
  });

  it('sends only what is new: no word of the earlier text in a later update', () => {
    const { replica, left, tick } = makeGate();
    const text = replica.getText('body');
    text.insert(0, 'x'.repeat(5_000));
    tick(100);
    text.insert(5_000, 'y');
    expect(left).toHaveLength(2);
    expect((left[1] as Uint8Array).length).toBeLessThan(40);
  });

  it('holds the whole stream, says since when and why, and passes everything when it opens', () => {
    const { replica, shared, gate, left, tick } = makeGate();
    const seen: unknown[] = [];
    gate.onChange((state) => seen.push(state));
    gate.hold({ code: 'protected-name', params: { paragraph: 14 } });
    tick(50);
    gate.hold({ code: 'protected-name', params: { paragraph: 15 } });
    replica.getText('body').insert(0, 'held');
    tick(50);
    gate.flush();
    expect(left).toHaveLength(0);
    expect(gate.state).toEqual({
      open: false,
      sinceMs: 1_000,
      reason: { code: 'protected-name', params: { paragraph: 15 } },
    });
    gate.open();
    expect(shared.getText('body').toString()).toBe('held');
    expect(gate.state).toEqual({ open: true });
    expect(seen).toHaveLength(3);
  });

  it('never passes on what was typed and removed while it held', () => {
    const { replica, gate, left } = makeGate();
    gate.hold({ code: 'protected-name' });
    const text = replica.getText('body');
    text.insert(0, 'Mauricio stayed');
    text.delete(0, 'Mauricio '.length);
    gate.open();
    expect(left.map((update) => Buffer.from(update).toString('latin1')).join('')).not.toContain('Mauricio');
    expect(Buffer.from(Y.encodeStateAsUpdate(replica)).toString('latin1')).toContain('stayed');
  });

  it('never passes on what was typed and removed while changes were gathered', () => {
    const { replica, shared, gate, left } = makeGate();
    const text = replica.getText('body');
    text.insert(0, 'She ');
    text.insert(4, 'Mauricio stayed');
    text.delete(4, 'Mauricio '.length);
    gate.flush();
    expect(left).toHaveLength(2);
    expect(left.map((update) => Buffer.from(update).toString('latin1')).join('')).not.toContain('Mauricio');
    expect(shared.getText('body').toString()).toBe('She stayed');
  });

  it('a deletion among many costs what it says, not what all deletions before it say', () => {
    const { replica, left, tick } = makeGate();
    const text = replica.getText('body');
    text.insert(0, 'x'.repeat(2_000));
    for (let at = 0; at < 900; at++) {
      tick(5);
      text.delete(at, 1);
    }
    expect(left).toHaveLength(901);
    expect(Math.max(...left.slice(1).map((update) => update.length))).toBeLessThan(20);
  });

  it('law: both documents are equal whenever it is open and flushed, and no word typed and removed before that ever leaves', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const draw = seededRandom(seed);
      const below = (end: number): number => Math.floor(draw() * end);
      const { replica, shared, gate, left, tick } = makeGate();
      const partner = newSharedDoc();
      partner.clientID = 7;
      shared.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== ORIGIN.gate) Y.applyUpdate(replica, update, ORIGIN.shared);
      });
      const text = replica.getText('body');
      const gone = new Set<string>();
      for (let step = 0; step < 60; step++) {
        switch (below(8)) {
          case 0:
            tick(below(12));
            break;
          case 1:
            gate.hold({ code: 'protected-name' });
            break;
          case 2:
            gate.open();
            break;
          case 3:
            if (text.length > 0) text.delete(below(text.length), 1);
            break;
          case 4: {
            const secret = `<${seed}.${step}>`;
            const at = below(text.length + 1);
            const waits = !gate.state.open || !gate.empty;
            replica.transact(() => {
              text.insert(at, secret);
              if (!waits) text.delete(at, secret.length);
            });
            if (waits && !gate.empty) text.delete(at, secret.length);
            if (!text.toString().includes(secret)) gone.add(secret);
            break;
          }
          case 5: {
            Y.applyUpdate(partner, Y.encodeStateAsUpdate(shared));
            partner.getText('body').insert(below(partner.getText('body').length + 1), 'p');
            Y.applyUpdate(shared, Y.encodeStateAsUpdate(partner), 'partner');
            break;
          }
          default:
            text.insert(below(text.length + 1), String.fromCharCode(97 + below(26)));
        }
      }
      gate.open();
      gate.flush();
      expect(shared.getText('body').toString()).toBe(text.toString());
      const known = newSharedDoc();
      for (const update of left) Y.applyUpdate(known, update);
      expect(known.getText('body').toString()).toBe(text.toString());
      const bytes = left.map((update) => Buffer.from(update).toString('latin1')).join('');
      for (const secret of gone) expect(bytes).not.toContain(secret);
      gate.destroy();
    }
  });
});
