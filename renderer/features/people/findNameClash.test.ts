import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../shared/domain/collections.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/records.ts';
import { findNameClash } from './findNameClash.ts';

const person = (pseudonym: string): Person => ({ ...DEFAULTS.people, id: pseudonym as PersonId, pseudonym });

describe('findNameClash', () => {
  const others = [person('Óscar'), person('Melissa')];
  it('finds a shared initial whatever the accent and case', () => {
    expect(findNameClash(' olga', others)).toMatchObject({
      kind: 'initial',
      initial: 'O',
      other: { pseudonym: 'Óscar' },
    });
  });
  it('finds the same name before a shared initial', () => {
    expect(findNameClash('OSCAR', [person('Olga'), ...others])).toMatchObject({
      kind: 'same',
      other: { pseudonym: 'Óscar' },
    });
  });
  it('is content with a letter of its own, and with nothing', () => {
    expect(findNameClash('Antonio', others)).toBeNull();
    expect(findNameClash('  ', [...others, person('')])).toBeNull();
  });
});
