import { describe, expect, it } from 'vitest';
import { addressGroup, isLoopback } from './addressGroup.ts';
import { Doorway } from './Doorway.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Pace, TokenBucket } from './TokenBucket.ts';

describe('addressGroup', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['', 'unknown'],
    ['"><script>', 'unknown'],
    ['1.2.3.4.5', 'unknown'],
  ])('%s counts as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  it('knows loopback', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['128.0.0.1', '::2', '', 'localhost'].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

describe('TokenBucket', () => {
  it('lends, says how long to wait, and fills no further than its burst', () => {
    const bucket = new TokenBucket(10, 20, 0);
    expect(bucket.take(20, 0)).toBe(0);
    expect(bucket.take(5, 0)).toBe(500);
    expect(bucket.take(0, 500)).toBe(0);
    expect(bucket.tryTake(1, 500)).toBe(false);
    expect(bucket.tryTake(20, 1_000_000)).toBe(true);
    expect(bucket.tryTake(1, 1_000_000)).toBe(false);
  });

  it('a pace is the slower of messages and bytes', () => {
    const pace = new Pace(10, 1_000, 1, 0);
    expect(pace.take(1_000, 0)).toBe(0);
    expect(pace.take(500, 0)).toBe(500);
  });
});

describe('Doorway', () => {
  it('forgets addresses once they have been away long enough, and nobody before', () => {
    let nowMs = 0;
    const doorway = new Doorway(
      { ...DEFAULT_LIMITS, connectionsPerAddress: 10, newConnectionsPerSecond: 1 },
      () => nowMs,
    );
    for (let i = 0; i < 5_000; i++)
      doorway.enter(`2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::1`, () => {})?.leave();
    expect(doorway.connections).toBe(0);
    expect(doorway.pending).toBe(0);
    doorway.sweep();
    expect(doorway.addresses).toBe(5_000); // their rates still count
    nowMs = 1_000;
    doorway.sweep();
    expect(doorway.addresses).toBe(0);
  });

  it('cuts off in the order of arrival, and not who was admitted', () => {
    let nowMs = 0;
    const cut: string[] = [];
    const doorway = new Doorway({ ...DEFAULT_LIMITS, helloMs: 100 }, () => nowMs);
    const first = doorway.enter('10.0.0.1', () => cut.push('first'));
    const second = doorway.enter('10.0.0.2', () => cut.push('second'));
    nowMs = 60;
    doorway.enter('10.0.0.3', () => cut.push('third'));
    second?.admit();
    nowMs = 100;
    doorway.sweep();
    expect(cut).toEqual(['first']);
    first?.leave();
    first?.leave();
    expect(doorway.connections).toBe(2);
    nowMs = 160;
    doorway.sweep();
    expect(cut).toEqual(['first', 'third']);
  });
});
