import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { SerializedBlock, SerializedInline, SerializedNote } from '../domain/document.ts';
import type { ExhibitId, NoteId } from '../domain/ids.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { buildFilingText } from '../filing/buildFilingText.ts';
import { parseSnapshot } from '../filing/parseSnapshot.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { toDocx } from './toDocx.ts';

const ONE = 'aaaaaaaaaaaaaaaa' as NoteId;
const TWO = 'bbbbbbbbbbbbbbbb' as NoteId;
const LOOSE = 'cccccccccccccccc' as NoteId;
const GONE = 'dddddddddddddddd' as NoteId;
const layout = { version: 1, direction: null, format: '', indent: 0 } as const;

const text = (words: string): SerializedInline => ({
  type: 'text',
  version: 1,
  text: words,
  format: 0,
  style: '',
  mode: 'normal',
  detail: 0,
});
const refer = (noteId: NoteId): SerializedInline => ({ type: 'footnote', version: 1, noteId });
const cite = (exhibitId: ExhibitId | ''): SerializedInline => ({ type: 'citation', version: 1, exhibitId, page: 2 });
const block = (...children: SerializedInline[]): SerializedBlock => ({
  ...layout,
  type: 'block',
  blockStyle: 'numbered',
  children,
});
const note = (noteId: NoteId, ...children: SerializedBlock[]): SerializedNote => ({
  ...layout,
  type: 'note',
  noteId,
  children,
});

/** Two ¶s: the first refers to TWO and cites the exhibit in it, the second to ONE, again to TWO, and to a note that is gone. */
function build(): { snapshot: Snapshot; exhibits: ExhibitId[] } {
  const base = randomSnapshot(3, { blocks: 0, exhibits: 2 });
  const exhibits = base.records.exhibits.map(({ id }, index) => {
    Object.assign(base.records.exhibits[index] as object, { group: '' });
    return id;
  });
  const [first, second] = exhibits as [ExhibitId, ExhibitId];
  return {
    exhibits,
    snapshot: {
      ...base,
      body: {
        root: {
          ...layout,
          type: 'root',
          children: [
            block(text('Alpha'), refer(TWO), text(' beta '), cite(second)),
            block(text('Gamma'), refer(ONE), text(' delta'), refer(TWO), refer(GONE)),
          ],
        },
      },
      notes: {
        root: {
          ...layout,
          type: 'root',
          children: [
            note(ONE, block(text('Words of one.'))),
            note(LOOSE, block(text('Nobody refers to this.'))),
            note(TWO, block(text('Words of two '), cite(first)), block(text('Its second paragraph.')), block()),
          ],
        },
      },
    },
  };
}

describe('footnotes in a filing', () => {
  it('[FI60] [FI61] [DO31] are numbered by their first references; without one a note is not filed', () => {
    const words = buildFilingText(buildFiling(build().snapshot));
    expect(words).toContain('1. Alpha[1] beta');
    expect(words).toContain('2. Gamma[2] delta1[3]\n');
    expect(words.trimEnd().split('\n').slice(-4)).toEqual([
      '[1] Words of two (Ex.\u00a0A at\u00a02)',
      'Its second paragraph.',
      '[2] Words of one.',
      '[3]',
    ]);
    expect(words).not.toContain('Nobody refers');
  });

  it('[FI62] cite where their references stand', () => {
    const { snapshot, exhibits } = build();
    const rows = buildFiling(snapshot).exhibits;
    expect(rows.map(({ id, label, citedAt }) => [id, label, [...citedAt]])).toEqual([
      [exhibits[0], 'A', [1]],
      [exhibits[1], 'B', [1]],
    ]);
  });

  it('[FI22] come through the parse as they are, with limits', () => {
    const { snapshot } = build();
    const parsed = parseSnapshot(JSON.parse(JSON.stringify(snapshot)));
    expect(parsed.ok && buildFiling(parsed.value)).toEqual(buildFiling(snapshot));
    const bad = JSON.parse(JSON.stringify(snapshot)) as { notes: { root: { children: { noteId: string }[] } } };
    (bad.notes.root.children[0] as { noteId: string }).noteId = '<script>';
    expect(parseSnapshot(bad).ok).toBe(false);
  });

  it('[FI63] are footnotes of Word, several paragraphs in one, and no part without notes', async () => {
    const { snapshot } = build();
    const parts = unzipSync(await toDocx(buildFiling(snapshot)));
    const notes = strFromU8(parts['word/footnotes.xml'] as Uint8Array);
    const printed = [...notes.matchAll(/<w:footnote w:id="(\d+)">(.*?)<\/w:footnote>/g)].map(([, id, xml]) => [
      id,
      [...(xml as string).matchAll(/<w:p>.*?<\/w:p>/g)].map(([paragraph]) =>
        [...paragraph.matchAll(/<w:t[^>]*>([^<]*)</g)].map((match) => match[1]).join(''),
      ),
    ]);
    expect(printed).toEqual([
      ['1', [' Words of two (Ex.\u00a0A at\u00a02)', 'Its second paragraph.']],
      ['2', [' Words of one.']],
      ['3', [' ']],
    ]);
    expect(notes.match(/<w:pStyle w:val="FootnoteText"\/>/g)).toHaveLength(4);
    const document = strFromU8(parts['word/document.xml'] as Uint8Array);
    expect([...document.matchAll(/<w:footnoteReference w:id="(\d+)"\/>/g)].map((match) => match[1])).toEqual([
      '1',
      '2',
      '3',
    ]);
    const { notes: _none, ...without } = snapshot;
    const bare = { ...without, body: { root: { ...snapshot.body.root, children: [block(text('Alpha'))] } } };
    expect(Object.keys(unzipSync(await toDocx(buildFiling(bare))))).not.toContain('word/footnotes.xml');
  });
});
