import { describe, expect, it } from 'vitest';
import type { ExhibitId } from '../domain/ids.ts';
import { buildExhibitLabels, exhibitLetter, type LabelledExhibit } from './buildExhibitLabels.ts';
import { seededRandom } from './randomSnapshot.ts';

const register = (...entries: [id: string, group?: string, order?: number][]): LabelledExhibit[] =>
  entries.map(([id, group = '', order = 0]) => ({ id: id as ExhibitId, group, order }));
const label = (cited: string, exhibits: LabelledExhibit[]) =>
  [...buildExhibitLabels(cited.split(' ') as ExhibitId[], exhibits)].map(([id, name]) => `${id}=${name}`).join(' ');

describe('buildExhibitLabels', () => {
  it('[FI6] letters by first citation, and relabels when an earlier one is inserted', () => {
    const exhibits = register(['x'], ['y'], ['z']);
    expect(label('z x z y', exhibits)).toBe('z=A x=B y=C');
    expect(label('y z x z y', exhibits)).toBe('y=A z=B x=C');
  });

  it('[FI6] goes on with AA, AB after Z', () => {
    expect([1, 26, 27, 28, 52, 53, 702, 703].map(exhibitLetter)).toEqual([
      'A',
      'Z',
      'AA',
      'AB',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });

  it('[FI7] gives a group one letter and sub-numbers by first citation, its uncited members last', () => {
    expect(label('b p c', register(['a', 'docs'], ['b', 'docs'], ['c', ' docs '], ['p']))).toBe(
      'b=A-1 c=A-2 a=A-3 p=B',
    );
  });

  it('[FI7] keeps the label of a member when another of its group is cited for the first time', () => {
    const exhibits = register(['a', 'docs'], ['b', 'docs'], ['p']);
    expect(label('p b', exhibits)).toBe('p=A b=B-1 a=B-2');
    expect(label('p b a', exhibits)).toBe('p=A b=B-1 a=B-2');
  });

  it('[FI7] gives the only member of a group a plain letter, and tells a group from an id', () => {
    expect(label('q p', register(['p', 'q'], ['q']))).toBe('q=A p=B');
  });

  it('[FI8] puts uncited exhibits last, by order and id', () => {
    expect(label('m', register(['z', '', 1], ['y', '', 2], ['x', '', 2], ['m', '', 9]))).toBe('m=A z=B x=C y=D');
  });

  it('[FI9] gives no letter to an exhibit that is not in the register', () => {
    expect(label('gone x', register(['x']))).toBe('x=A');
  });

  it('is the same whatever the order of the register, and names nobody twice', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = seededRandom(seed);
      const pick = (limit: number) => Math.floor(random() * limit);
      const exhibits = register(
        ...Array.from({ length: 40 }, (_, index): [string, string, number] => [
          `e${index}`,
          ['', '', 'g', 'h'][pick(4)] as string,
          pick(6),
        ]),
      );
      const cited = Array.from({ length: 30 }, () => `e${pick(45)}` as ExhibitId);
      const labels = buildExhibitLabels(cited, exhibits);
      const shuffled = exhibits
        .map((exhibit) => ({ exhibit, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ exhibit }) => exhibit);
      expect([...buildExhibitLabels(cited, shuffled)], `seed ${seed}`).toEqual([...labels]);
      expect(new Set(labels.values()).size, `seed ${seed}`).toBe(exhibits.length);
      const letters = [...labels.values()].map((name) => name.replace(/-\d+$/, ''));
      expect([...new Set(letters)], `seed ${seed}`).toEqual(
        [...new Set(letters)].map((_, index) => exhibitLetter(index + 1)),
      );
    }
  });
});
