import { describe, expect, it } from 'vitest';
import { findFarReachingSelectors } from './findFarReachingSelectors.ts';
import { findImpurities } from './findImpurities.ts';
import { findTooLong, readLengths } from './findLongest.ts';
import { withPlantedTree } from './plantTree.ts';

describe('findImpurities', () => {
  const usesOf = (text: string) =>
    withPlantedTree({ 'shared/a.ts': text }, (root) => findImpurities(root, ['shared/a.ts']).length);

  it.each([
    'export const a = Date.now();',
    'export const a = new Date();',
    'export const a = new Date(0).getHours();',
    'export const a = Math.random();',
    "export const a = new Intl.NumberFormat('en');",
    "export const a = 'a'.localeCompare('b');",
    'export const a = (1).toLocaleString();',
  ])('refuses %s', (text) => {
    expect(usesOf(text)).toBe(1);
  });

  it.each([
    'export const a = new Date(0).getUTCHours();',
    'export const a = Math.max(1, 2);',
    'export const a = (clock: { now(): number }) => clock.now();',
  ])('allows %s', (text) => {
    expect(usesOf(text)).toBe(0);
  });

  it('leaves tests and other folders alone', () => {
    withPlantedTree({ 'shared/a.test.ts': 'Date.now();', 'electron/a.ts': 'Date.now();' }, (root) => {
      expect(findImpurities(root, ['shared/a.test.ts', 'electron/a.ts'])).toEqual([]);
    });
  });
});

describe('findTooLong', () => {
  it('asks for a reason past 400 lines and for a split past 700', () => {
    const lines = (count: number) => 'x;\n'.repeat(count);
    const tree = {
      'a.ts': lines(401),
      'b.ts': `// One table.\n${lines(401)}`,
      'c.ts': `// One table.\n${lines(700)}`,
      'd.ts': lines(400),
    };
    withPlantedTree(tree, (root) => {
      const lengths = readLengths(root, Object.keys(tree));
      expect(lengths.map(({ file }) => file)).toEqual(['c.ts', 'b.ts', 'a.ts', 'd.ts']);
      expect(findTooLong(root, lengths).map((sentence) => sentence.slice(0, 4))).toEqual(['c.ts', 'a.ts']);
    });
  });
});

describe('findFarReachingSelectors', () => {
  const foundIn = (text: string) =>
    withPlantedTree({ 'renderer/a.css': text }, (root) => findFarReachingSelectors(root).length);

  it('refuses :has() on what may hold the page, and allows it on small controls', () => {
    expect(foundIn('.page:has(.notes:focus) {}')).toBe(1);
    expect(foundIn('.screen:has(> .right.over) .tool {}')).toBe(1);
    expect(foundIn('.segmented label:has(:checked) {}\n.screen.small .status-bar:has([data-tone]) .count {}')).toBe(0);
  });
});
