import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComplaintStatus } from '../../shared/ipc/contract.ts';
import { CalmStatus } from './CalmStatus.ts';

const SAVED: ComplaintStatus = {
  complaintId: 'aaaaaaaaaaaaaaaa',
  saved: true,
  relay: 'online',
  relayReason: '',
  unsentFrames: 0,
  partners: 1,
  partnersUpToDate: 1,
  heldBack: null,
  role: 'owner',
  removed: false,
  missing: [],
  recovered: 0,
};

describe('CalmStatus', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says at once that something is not saved, and only later that it is', () => {
    const status = new CalmStatus(SAVED, () => {});
    status.take({ ...SAVED, saved: false });
    expect(status.current.saved).toBe(false);
    status.take(SAVED);
    expect(status.current.saved).toBe(false);
    vi.advanceTimersByTime(400);
    expect(status.current.saved).toBe(true);
  });

  it('never says saved while the latest word is unsaved', () => {
    const status = new CalmStatus(SAVED, () => {});
    status.take({ ...SAVED, saved: false });
    status.take(SAVED);
    vi.advanceTimersByTime(300);
    status.take({ ...SAVED, saved: false });
    vi.advanceTimersByTime(5_000);
    expect(status.current.saved).toBe(false);
  });

  it('shows a lost relay at once, with everything else that is known', () => {
    const status = new CalmStatus(SAVED, () => {});
    status.take({ ...SAVED, unsentFrames: 3 });
    expect(status.current.unsentFrames).toBe(0);
    status.take({ ...SAVED, unsentFrames: 3, relay: 'away', relayReason: 'relay-away' });
    expect(status.current).toMatchObject({ relay: 'away', unsentFrames: 3 });
  });

  it('shows at once that changes are missing and that this computer was removed', () => {
    const status = new CalmStatus(SAVED, () => {});
    const missing = [{ organization: 'Cristosal', deviceNumber: 3, count: 2, sinceMs: 1 }];
    status.take({ ...SAVED, missing });
    expect(status.current.missing).toEqual(missing);
    status.take({ ...SAVED, missing, removed: true });
    expect(status.current.removed).toBe(true);
    // One more of the same is no new alarm.
    status.take({ ...SAVED, removed: true, missing: [{ ...missing[0], count: 3 } as (typeof missing)[0]] });
    expect(status.current.missing).toEqual(missing);
  });

  it('shows a burst of good news once', () => {
    let shown = 0;
    const status = new CalmStatus(SAVED, () => shown++);
    for (let n = 0; n < 50; n++) status.take({ ...SAVED, partnersUpToDate: n % 2 });
    vi.advanceTimersByTime(400);
    expect(shown).toBe(1);
  });
});
