import { describe, expect, it } from 'vitest';
import { findCycles } from './findCycles.ts';
import { withPlantedTree } from './plantTree.ts';
import { readImports, readSourceFiles } from './readImports.ts';

function cyclesOf(files: Readonly<Record<string, string>>): string[][] {
  return withPlantedTree(files, (root) => findCycles(readImports(root, readSourceFiles(root, ['shared']))));
}

describe('findCycles', () => {
  it('finds a planted cycle of two', () => {
    expect(cyclesOf({ 'shared/a.ts': "import './b.ts';", 'shared/b.ts': "import './a.ts';" })).toEqual([
      ['shared/a.ts', 'shared/b.ts'],
    ]);
  });

  it('finds a planted cycle of three through folders, a re-export and a dynamic import', () => {
    const cycles = cyclesOf({
      'shared/a.ts': "export { b } from './deep/b.ts';",
      'shared/deep/b.ts': "export const b = () => import('../c.ts');",
      'shared/c.ts': "import { b } from './a.ts'; export const c = b;",
    });
    expect(cycles).toEqual([['shared/a.ts', 'shared/deep/b.ts', 'shared/c.ts']]);
  });

  it('finds a file that imports itself', () => {
    expect(cyclesOf({ 'shared/a.ts': "import { a } from './a.ts';" })).toEqual([['shared/a.ts']]);
  });

  it('finds each of two separate cycles once', () => {
    const cycles = cyclesOf({
      'shared/a.ts': "import './b.ts';",
      'shared/b.ts': "import './a.ts';",
      'shared/x.ts': "import './y.ts';",
      'shared/y.ts': "import './x.ts';",
    });
    expect(cycles).toEqual([
      ['shared/a.ts', 'shared/b.ts'],
      ['shared/x.ts', 'shared/y.ts'],
    ]);
  });

  it('leaves out imports of types alone, which are gone at run time', () => {
    expect(
      cyclesOf({
        'shared/a.ts': "import type { B } from './b.ts'; export type A = B;",
        'shared/b.ts': "export type { A as B } from './a.ts';",
      }),
    ).toEqual([]);
  });

  it('counts an import whose names alone are types, because it still loads the file', () => {
    expect(
      cyclesOf({ 'shared/a.ts': "import { type B } from './b.ts';", 'shared/b.ts': "import './a.ts';" }),
    ).toHaveLength(1);
  });

  it('finds none in a tree without cycles where files are reached twice', () => {
    expect(
      cyclesOf({
        'shared/a.ts': "import './b.ts'; import './c.ts';",
        'shared/b.ts': "import './c.ts';",
        'shared/c.ts': '',
      }),
    ).toEqual([]);
  });
});
