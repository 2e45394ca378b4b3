import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newReplicaDoc, newSharedDoc } from './documents.ts';
import { OutboundGate } from './OutboundGate.ts';

function makeGate() {
  const replica = newReplicaDoc();
  const shared = newSharedDoc();
  let nowMs = 1_000;
  const gate = new OutboundGate(replica, shared, { nowMs: () => nowMs, coalesceMs: 5 });
  const left: Uint8Array[] = [];
  shared.on('update', (update: Uint8Array) => left.push(update));
  replica.on('update', () => gate.noticeLocalChange());
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
});
