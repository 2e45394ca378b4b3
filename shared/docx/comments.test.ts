import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../domain/collections.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { parseSnapshot } from '../filing/parseSnapshot.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { toDocx } from './toDocx.ts';

const PLANTED = 'quetzalcoatlus';

/** The same complaint under discussion: every paragraph and run marked, and the conversation among its records. */
function discussed(snapshot: Snapshot): unknown {
  const mark = (node: object): object => ({
    ...node,
    $: { ...('$' in node ? (node.$ as object) : {}), [`cm_${PLANTED}`]: 1 },
  });
  const children = snapshot.body.root.children.map((block) => ({
    ...mark(block),
    children: 'children' in block ? (block.children as object[]).map(mark) : [],
  }));
  return {
    ...snapshot,
    body: { root: { ...snapshot.body.root, children } },
    records: {
      ...snapshot.records,
      threads: [{ ...DEFAULTS.threads, id: PLANTED, quote: PLANTED }],
      replies: [{ ...DEFAULTS.replies, id: PLANTED, text: `Is ${PLANTED} right?` }],
    },
  };
}

describe('comments', () => {
  it.each([1, 2, 3])('are no part of what is filed: the same bytes with and without them, seed %i', async (seed) => {
    const snapshot = randomSnapshot(seed);
    const parsed = parseSnapshot(discussed(snapshot));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    const filed = await toDocx(buildFiling(parsed.value));
    for (const content of Object.values(unzipSync(filed))) expect(strFromU8(content)).not.toContain(PLANTED);
    expect(filed).toEqual(await toDocx(buildFiling(snapshot)));
  });
});
