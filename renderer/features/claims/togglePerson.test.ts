import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { togglePerson } from './togglePerson.ts';

const a = 'aaaaaaaaaaaaaaaa' as PersonId;
const b = 'bbbbbbbbbbbbbbbb' as PersonId;

describe('togglePerson', () => {
  it('adds and takes out, in the same order whatever was first', () => {
    expect(togglePerson('', b)).toBe(b);
    expect(togglePerson(b, a)).toBe(`${a} ${b}`);
    expect(togglePerson(togglePerson('', a), b)).toBe(togglePerson(togglePerson('', b), a));
    expect(togglePerson(`${a} ${b}`, b)).toBe(a);
  });
  it('closes up stray spaces', () => {
    expect(togglePerson(`  ${a}  `, b)).toBe(`${a} ${b}`);
  });
});
