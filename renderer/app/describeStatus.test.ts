import { describe, expect, it } from 'vitest';
import type { ComplaintStatus } from '../../shared/ipc/contract.ts';
import {
  describeHeld,
  describeMissing,
  describeRecovered,
  describeRelay,
  describeSaved,
  describeSync,
} from './describeStatus.ts';

const base: ComplaintStatus = {
  complaintId: 'aaaaaaaaaaaaaaaa',
  saved: true,
  relay: 'online',
  relayReason: '',
  unsentFrames: 0,
  partners: 3,
  partnersUpToDate: 3,
  heldBack: null,
  role: 'owner',
  removed: false,
  missing: [],
  recovered: 0,
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
  it('say whose changes are missing, how many and since when; in red only when the relay is there', () => {
    const one = { organization: 'Cristosal', deviceNumber: 3, count: 2, sinceMs: 9 };
    expect(describeMissing(base)).toBeNull();
    expect(describeMissing({ ...base, missing: [one, { ...one, deviceNumber: 4, count: 1, sinceMs: 5 }] })).toEqual({
      key: 'status.missing',
      tone: 'stopped',
      count: 1,
      name: 'Cristosal',
      number: 3,
      timeMs: 5,
    });
    const two = { ...base, missing: [one, { ...one, organization: '', count: 4 }] };
    expect(describeMissing(two)).toMatchObject({ count: 2, name: '', number: 6 });
    expect(describeMissing({ ...two, relay: 'away' })?.tone).toBe('waiting');
    expect(describeSync(two)).toEqual({ key: 'sync.missing', tone: 'stopped' });
    expect(describeSync({ ...two, relay: 'away' }).key).toBe('sync.waiting');
  });
  it('say before all else that this computer was removed', () => {
    const removed = { ...base, removed: true, relay: 'refused' as const, heldBack: { sinceMs: 7, reason: 'x' } };
    expect(describeRelay(removed, null)).toEqual({ key: 'status.removed', tone: 'stopped' });
    expect(describeSync(removed).key).toBe('sync.removed');
  });
  it('count the passages to put back', () => {
    expect(describeRecovered(base)).toBeNull();
    expect(describeRecovered({ ...base, recovered: 2 })).toMatchObject({ key: 'status.recovered', count: 2 });
  });
});
