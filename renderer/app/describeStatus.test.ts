import { describe, expect, it } from 'vitest';
import type { ComplaintStatus } from '../../shared/ipc/contract.ts';
import { describeHeld, describeRelay, describeSaved, describeSync } from './describeStatus.ts';

const base: ComplaintStatus = {
  complaintId: 'aaaaaaaaaaaaaaaa',
  saved: true,
  relay: 'online',
  relayReason: '',
  unsentFrames: 0,
  partners: 3,
  partnersUpToDate: 3,
  heldBack: null,
};

describe('status sentences', () => {
  it('say that everybody has it only when everybody has it', () => {
    expect(describeRelay(base, null)).toEqual({ key: 'status.haveIt', tone: 'fine', count: 3 });
    expect(describeSync(base).key).toBe('sync.everyone');
    expect(describeRelay({ ...base, partnersUpToDate: 2 }, null)).toEqual({
      key: 'status.someHaveIt',
      tone: 'waiting',
      count: 3,
      upToDate: 2,
    });
    expect(describeSync({ ...base, partnersUpToDate: 2 }).key).toBe('sync.onRelay');
    expect(describeSync({ ...base, partners: 0, partnersUpToDate: 0 }).key).toBe('sync.onRelay');
    expect(describeSync({ ...base, unsentFrames: 1 }).key).toBe('sync.sending');
  });
  it('name the hour since when the relay is away', () => {
    expect(describeRelay({ ...base, relay: 'away' }, 5)).toEqual({ key: 'status.away', tone: 'waiting', timeMs: 5 });
    expect(describeRelay({ ...base, relay: 'away' }, null).key).toBe('status.awayNow');
  });
  it('put what is held back and what is unsaved before the rest', () => {
    const held = { ...base, heldBack: { sinceMs: 7, reason: 'x' } };
    expect(describeSync(held).key).toBe('sync.held');
    expect(describeHeld(held)).toEqual({ key: 'status.held', tone: 'stopped', timeMs: 7 });
    expect(describeSync({ ...base, saved: false }).key).toBe('sync.saving');
    expect(describeSaved({ ...base, saved: false }).key).toBe('status.saving');
  });
});
