import { describe, expect, it } from 'vitest';
import { buildFiling } from './buildFiling.ts';
import { parseSnapshot } from './parseSnapshot.ts';
import { randomSnapshot } from './randomSnapshot.ts';

type Edit = (snapshot: Record<string, never>) => void;
const refusedAt = (edit: Edit) => {
  const snapshot = structuredClone(randomSnapshot(3)) as unknown as Record<string, never>;
  edit(snapshot);
  const parsed = parseSnapshot(snapshot);
  return parsed.ok ? 'accepted' : `${parsed.error.code} ${parsed.error.at}`;
};
// biome-ignore lint/suspicious/noExplicitAny: the tests break the shape on purpose.
const loose = (value: unknown): any => value;

describe('parseSnapshot [FI22]', () => {
  it('takes what the editor gives, and files it the same', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const snapshot = randomSnapshot(seed);
      const parsed = parseSnapshot(snapshot);
      if (!parsed.ok) throw new Error(`seed ${seed} refused at ${parsed.error.at}`);
      expect(buildFiling(parsed.value)).toEqual(buildFiling(snapshot));
    }
  });

  it('leaves unknown fields out', () => {
    expect(
      refusedAt((snapshot) => {
        loose(snapshot).meta.newer = 1;
        loose(snapshot).extra = {};
      }),
    ).toBe('accepted');
  });

  it.each<[string, Edit, string]>([
    [
      'an unknown kind of node',
      (s) => {
        loose(s).body.root.children[0].children = [{ type: 'video', version: 1 }];
      },
      'body.root.children.0.children.0.type',
    ],
    [
      'an unknown style',
      (s) => {
        loose(s).body.root.children[2].blockStyle = 'h9';
      },
      'body.root.children.2.blockStyle',
    ],
    [
      'a foreign id',
      (s) => {
        loose(s).records.exhibits[0].id = '../../etc/passwd';
      },
      'records.exhibits.0.id',
    ],
    [
      'a missing collection',
      (s) => {
        delete loose(s).records.links;
      },
      'records.links',
    ],
    [
      'a negative page',
      (s) => {
        loose(s).body.root.children[0].children = [{ type: 'citation', exhibitId: '', page: -1 }];
      },
      'body.root.children.0.children.0.page',
    ],
    [
      'nesting without end',
      (s) => {
        let at = loose(s);
        for (let depth = 0; depth < 50; depth += 1) at = at.deeper = {};
      },
      'size',
    ],
    [
      'a cycle',
      (s) => {
        loose(s).self = s;
      },
      'size',
    ],
    [
      'too many blocks',
      (s) => {
        loose(s).body.root.children = Array(50_001).fill({ type: 'block', blockStyle: 'plain', children: [] });
      },
      'body.root.children',
    ],
  ])('refuses %s with its place', (_, edit, place) => {
    expect(refusedAt(edit)).toBe(`payload-refused ${place}`);
  });

  it.each([undefined, null, 7, 'text', [], {}])('refuses %j', (input) => {
    expect(parseSnapshot(input).ok).toBe(false);
  });
});
