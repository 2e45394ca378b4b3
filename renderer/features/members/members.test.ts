import { describe, expect, it } from 'vitest';
import type { MemberInvitation } from '../../../shared/ipc/contract.ts';
import { groupDigits } from './groupDigits.ts';
import { sortInvitations } from './sortInvitations.ts';

describe('groupDigits', () => {
  it('gives twelve groups of five that spell the number', () => {
    const digits = Array.from({ length: 60 }, (_, at) => String(at % 10)).join('');
    const groups = groupDigits(digits);
    expect(groups).toHaveLength(12);
    expect(groups.every((group) => /^\d{5}$/.test(group))).toBe(true);
    expect(groups.join('')).toBe(digits);
  });
  it('gives none for the own organization', () => expect(groupDigits('')).toEqual([]));
});

describe('sortInvitations', () => {
  const made = (state: MemberInvitation['state'], expiresMs: number): MemberInvitation => ({
    id: expiresMs.toString(16).padStart(64, '0'),
    label: '',
    role: 'editor',
    organizationNumber: 2,
    expiresMs,
    state,
    withdrawable: state === 'open',
    link: '',
  });
  it('puts each where it matters: twice used apart, open ones by urgency, past ones latest first', () => {
    const sorted = sortInvitations([
      made('used', 1),
      made('open', 9),
      made('used-twice', 3),
      made('expired', 5),
      made('open', 4),
      made('withdrawn', 7),
    ]);
    expect(sorted.usedTwice.map(({ expiresMs }) => expiresMs)).toEqual([3]);
    expect(sorted.open.map(({ expiresMs }) => expiresMs)).toEqual([4, 9]);
    expect(sorted.past.map(({ expiresMs }) => expiresMs)).toEqual([7, 5, 1]);
  });
});
