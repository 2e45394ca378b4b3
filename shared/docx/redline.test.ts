import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { SerializedBlock, SerializedInline, SerializedNote } from '../domain/document.ts';
import type { NoteId } from '../domain/ids.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { randomSnapshot, seededRandom } from '../filing/randomSnapshot.ts';
import { buildRedlineFiling } from '../filing/redline/buildRedlineFiling.ts';
import { settleRevisions } from './settleRevisions.ts';
import { toDocx } from './toDocx.ts';
import { toRedlineDocx } from './toRedlineDocx.ts';

const REVISIONS = { author: 'Women’s "Lawyers\' Committee" & Partners', date: '2026-11-22T18:00:00Z' };

type Words = { style: string; words: string; notes: string[][] }[];

/** Paragraphs before the index: style, words with their looks, and the words of the notes referred to. */
function readWords(bytes: Uint8Array): Words {
  const parts = unzipSync(bytes);
  const notes = new Map(
    [...strFromU8(parts['word/footnotes.xml'] ?? new Uint8Array()).matchAll(NOTE)].map(([, id, xml]) => [
      id,
      readParagraphs(xml as string).map(({ words }) => words),
    ]),
  );
  const document = strFromU8(parts['word/document.xml'] as Uint8Array);
  const body = document.slice(0, document.includes('"IndexTitle"') ? document.indexOf('"IndexTitle"') : undefined);
  return readParagraphs(body).map(({ style, words, references }) => ({
    style,
    words,
    notes: references.map((id) => notes.get(id) ?? ['no such note']),
  }));
}
const NOTE = /<w:footnote w:id="(\d+)">(.*?)<\/w:footnote>/gs;

function readParagraphs(xml: string): { style: string; words: string; references: string[] }[] {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inside = '']) => {
    const style = /<w:pStyle w:val="([^"]*)"/.exec(inside)?.[1] ?? '';
    const references: string[] = [];
    let [look, words] = ['', ''];
    for (const [, run = ''] of inside.matchAll(/<w:r>(.*?)<\/w:r>/gs)) {
      const own = [...(/<w:rPr>(.*?)<\/w:rPr>/s.exec(run)?.[1] ?? '').matchAll(/<[^>]+>/g)].map(String).sort().join('');
      for (const [, text, tag, id] of run.matchAll(
        /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<(w:br|w:tab|w:footnoteReference w:id="(\d+)")\/>/g,
      )) {
        if (id) references.push(id);
        const plain = text === undefined;
        if (!plain && own !== look) words += `{${(look = own)}}`;
        words += plain ? `[${(tag ?? '').split(' ')[0]}]` : text;
      }
    }
    return { style, words, references };
  });
}

const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
const noteIds = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(16) as NoteId);

function withNotes(random: () => number, snapshot: Snapshot): Snapshot {
  const copy = structuredClone(snapshot);
  const blocks = copy.body.root.children as SerializedBlock[];
  for (const noteId of noteIds)
    if (random() < 0.7)
      blocks[Math.floor(random() * blocks.length)]?.children.push({ type: 'footnote', version: 1, noteId });
  const children = noteIds.map((noteId): SerializedNote => {
    const words = (snapshot.body.root.children as SerializedBlock[])[Math.floor(random() * blocks.length)];
    const cut = structuredClone(words?.children.filter(({ type }) => type !== 'footnote').slice(0, 3) ?? []);
    const block: SerializedBlock = { ...layout, type: 'block', blockStyle: 'plain', children: cut };
    return { ...layout, type: 'note', noteId, children: random() < 0.3 ? [block, structuredClone(block)] : [block] };
  });
  return { ...copy, notes: { root: { ...layout, type: 'root', children } } };
}

function change(random: () => number, snapshot: Snapshot): Snapshot {
  const copy = structuredClone(snapshot);
  const below = (limit: number): number => Math.floor(random() * limit);
  const blocks = copy.body.root.children as SerializedBlock[];
  for (let times = 1 + below(7); times > 0; times -= 1) {
    const at = below(blocks.length);
    const one = blocks[at] as SerializedBlock;
    const kind = below(8);
    if (kind === 0) blocks.splice(at, 0, structuredClone(blocks[below(blocks.length)] as SerializedBlock));
    else if (kind === 1 && blocks.length > 2) blocks.splice(below(3) === 0 ? blocks.length - 1 : at, 1);
    else if (kind === 2) blocks.splice(below(blocks.length), 0, ...blocks.splice(at, 1 + below(2)));
    else if (kind === 3)
      blocks.splice(at, 1, { ...one, children: one.children.slice(0, 2) }, { ...one, children: one.children.slice(2) });
    else if (kind === 4)
      one.blockStyle = (['plain', 'bullet', 'ordered', 'numbered', 'h2', 're'] as const)[below(6)] ?? 'plain';
    else if (kind === 5 && one.children.length > 0) one.children.splice(below(one.children.length), 1);
    else if (kind === 6) one.children.unshift(text('Re: a new thing', 0), text('bold', 1));
    else
      for (const child of one.children)
        if (child.type === 'text' && random() < 0.6) {
          if (random() < 0.4) child.format = (child.format + 1) % 4;
          else child.text = child.text.split(' ').slice(below(3)).join(' ');
        }
  }
  return copy;
}
const text = (words: string, format: number): SerializedInline => ({
  type: 'text',
  version: 1,
  text: words,
  format,
  style: '',
  mode: 'normal',
  detail: 0,
});

function randomPair(seed: number): { before: Snapshot; after: Snapshot } {
  const random = seededRandom(seed);
  const first = randomSnapshot(seed, { blocks: 12, exhibits: 5 });
  const before = withNotes(random, first);
  let after = change(random, before);
  if (random() < 0.5)
    after = { ...after, ...(random() < 0.5 ? { notes: withNotes(random, first).notes } : {}) } as Snapshot;
  if (random() < 0.3) after = withNotes(random, after);
  return { before, after: { ...after, records: before.records } };
}

describe('the Word document of a redline', () => {
  it('[FI90] [FI93] is the new filing when all is accepted and the old one when all is rejected', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const { before, after } = randomPair(seed);
      const redline = await toRedlineDocx(buildRedlineFiling(before, after), REVISIONS);
      const accepted = settleRevisions(redline, 'accept');
      const rejected = settleRevisions(redline, 'reject');
      expect(readWords(accepted), `accepted, seed ${seed}`).toEqual(readWords(await toDocx(buildFiling(after))));
      expect(readWords(rejected), `rejected, seed ${seed}`).toEqual(readWords(await toDocx(buildFiling(before))));
    }
  }, 120_000);

  it('[FI93] carries one name and one moment on its marks, has moves and looks, and nothing else of anybody', async () => {
    const { before } = randomPair(3);
    const plain = (words: string): SerializedBlock => ({
      ...layout,
      type: 'block',
      blockStyle: 'plain',
      children: [text(words, 0)],
    });
    const moved = 'CBP kept a list of gang members that foreign police had sent.';
    const rest = ['No court has ever seen how a name comes to stand on that list.', 'End of it all.'];
    const of = (...blocks: SerializedBlock[]): Snapshot => ({
      ...before,
      body: { root: { ...before.body.root, children: blocks } },
    });
    const bold = { ...plain(rest[1] as string), children: [text('End of it all.', 1)] };
    const bytes = await toRedlineDocx(
      buildRedlineFiling(of(...[moved, ...rest].map(plain)), of(plain(rest[0] as string), plain(moved), bold)),
      REVISIONS,
    );
    const xml = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
    for (const tag of ['moveFromRangeStart', 'moveFrom ', 'moveToRangeStart', 'moveTo ', 'rPrChange'])
      expect(xml, tag).toContain(`<w:${tag}`);
    expect(new Set([...xml.matchAll(/w:(?:author|date)="([^"]*)"/g)].map(([, value]) => value))).toEqual(
      new Set(['Women’s &quot;Lawyers&apos; Committee&quot; &amp; Partners', REVISIONS.date]),
    );
  });

  it('[FI93] marks other looks of a link, and writes words that moved as words', async () => {
    const { before } = randomPair(3);
    const paragraph = (...children: SerializedInline[]): SerializedBlock => ({
      ...layout,
      type: 'block',
      blockStyle: 'plain',
      children,
    });
    const of = (...blocks: SerializedBlock[]): Snapshot => ({
      ...before,
      body: { root: { ...before.body.root, children: blocks } },
    });
    const link = (format: number): SerializedInline =>
      ({
        ...text('the report of the ministry', format),
        $: { href: 'https://example.org/report' },
      }) as SerializedInline;
    const moved = paragraph(text('CBP kept a list of gang members that foreign police had sent.', 0));
    const kept = paragraph(text('No court has ever seen how a name comes to stand on that list.', 0));
    const then = of(moved, kept, paragraph(text('See ', 0), link(0), text('.', 0)));
    const now = of(kept, moved, paragraph(text('See ', 0), link(1), text('.', 0)));
    const bytes = await toRedlineDocx(buildRedlineFiling(then, now), REVISIONS);
    const xml = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
    const [, looks = ''] = /<w:rPr>((?:(?!<\/w:rPr>).)*<w:rPrChange.*?)<\/w:rPrChange>/s.exec(xml) ?? [];
    expect(looks).toContain('<w:b/>');
    expect(/HYPERLINK [^<]*example.org.{0,600}<w:rPrChange/s.test(xml)).toBe(true);
    const [from = ''] = /<w:moveFrom .*?<\/w:moveFrom>/s.exec(xml) ?? [];
    expect(from).toContain('<w:t xml:space="preserve">CBP kept');
    expect(xml).not.toContain('w:delText');
    expect(readWords(settleRevisions(bytes, 'accept'))).toEqual(readWords(await toDocx(buildFiling(now))));
    expect(readWords(settleRevisions(bytes, 'reject'))).toEqual(readWords(await toDocx(buildFiling(then))));
  });

  it('[FI92] names people on both sides as they are named now', () => {
    const { before, after } = randomPair(5);
    const person = before.records.people[0];
    if (!person) throw new Error('nobody');
    const mention: SerializedInline = { type: 'person', version: 1, personId: person.id };
    const given: Snapshot = structuredClone(before);
    (given.body.root.children as SerializedBlock[])[0]?.children.push(mention);
    Object.assign(given.records.people[0] as object, { pseudonym: 'Given up' });
    expect(JSON.stringify(buildRedlineFiling(given, after))).not.toContain('Given up');
  });
});
