import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { SerializedInline } from '../domain/document.ts';
import { listBlocks } from '../domain/tables/serializedTable.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { toDocx } from './toDocx.ts';

it('[FI52] writes references as REF fields to bookmarks that exist, each once', async () => {
  const snapshot = randomSnapshot(7, { blocks: 60, exhibits: 4 });
  const ids = 'abcdefghijklmnopqrstuvwxyz';
  const refer = (kind: 'paragraph' | 'heading', target: string): SerializedInline => ({
    type: 'reference',
    version: 1,
    kind,
    target,
  });
  listBlocks(snapshot.body.root.children).forEach((block, position) => {
    const letter = ids[position];
    if (letter) block.$ = { id: letter.repeat(16) };
    block.children.push(
      refer(/^h/.test(block.blockStyle) ? 'heading' : 'paragraph', (ids[position % 26] ?? 'a').repeat(16)),
    );
  });
  const model = buildFiling(snapshot);
  const parts = unzipSync(await toDocx(model));
  const xml = strFromU8(parts['word/document.xml'] as Uint8Array);
  const bookmarks = [...xml.matchAll(/<w:bookmarkStart [^>]*w:name="(bl_\d+)"/g)].map((match) => match[1]);
  const fields = [...xml.matchAll(/REF (bl_\d+) \\([nw]) \\h/g)];
  expect(fields.length).toBeGreaterThan(20);
  expect(new Set(bookmarks).size).toBe(bookmarks.length);
  expect([...new Set(fields.map((match) => match[1]))].sort()).toEqual([...bookmarks].sort());
  expect(new Set(fields.map((match) => match[2]))).toEqual(new Set(['n', 'w']));
});
