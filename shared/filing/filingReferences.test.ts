import { describe, expect, it } from 'vitest';
import type { BlockStyle, ReferenceKind, SerializedBlock, SerializedInline } from '../domain/document.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from './buildFiling.ts';
import { buildFilingText } from './buildFilingText.ts';
import { findBrokenReferences } from './filingReferences.ts';
import { parseSnapshot } from './parseSnapshot.ts';
import { randomSnapshot } from './randomSnapshot.ts';

const words = (text: string): SerializedInline => ({
  type: 'text',
  version: 1,
  text,
  format: 0,
  style: '',
  mode: 'normal',
  detail: 0,
});
const refer = (kind: ReferenceKind, target: string): SerializedInline => ({
  type: 'reference',
  version: 1,
  kind,
  target,
});
const block = (blockStyle: BlockStyle, id: string, ...children: SerializedInline[]): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle,
  children,
  direction: null,
  format: '',
  indent: 0,
  ...(id ? { $: { id } } : {}),
});
const id = (letter: string): string => letter.repeat(16);

function letter(...children: SerializedBlock[]): Snapshot {
  const snapshot = randomSnapshot(1, { blocks: 0, exhibits: 2 });
  snapshot.records.exhibits.forEach((exhibit, order) =>
    Object.assign(exhibit, { id: id(['x', 'y'][order] as string), group: '', order }),
  );
  snapshot.body.root.children = children;
  return snapshot;
}
const printed = (snapshot: Snapshot): string[] => buildFilingText(buildFiling(snapshot)).split('\n');

describe('references in a filing', () => {
  it('[DO40] [FI50] follow what they name: ¶, item of a ¶, heading with its path', () => {
    const tail = [
      block('h1', id('a'), words('Background')),
      block('h2', id('b'), words('Data')),
      block('numbered', id('c'), words('First.')),
      block('ordered', '', words('one')),
      block('ordered', id('d'), words('two')),
      block(
        'numbered',
        '',
        refer('paragraph', id('c')),
        words('; '),
        refer('paragraph', id('d')),
        words('; '),
        refer('heading', id('b')),
      ),
    ];
    expect(printed(letter(...tail))).toContain('2. ¶\u00a01; ¶\u00a01(b); Part\u00a0I.A');
    const moved = [block('h1', '', words('New')), block('numbered', '', words('New.')), ...tail];
    expect(printed(letter(...moved))).toContain('3. ¶\u00a02; ¶\u00a02(b); Part\u00a0II.A');
  });

  it('[DO3] of two blocks with one id the first holds it', () => {
    const snapshot = letter(
      block('numbered', id('c'), words('First.')),
      block('numbered', id('c'), words('Copy.')),
      block('plain', '', refer('paragraph', id('c'))),
    );
    expect(printed(snapshot)).toContain('¶\u00a01');
  });

  it('[FI51] a gone target is printed as missing and named by the check', () => {
    const snapshot = letter(
      block('numbered', '', words('As said in '), refer('paragraph', id('z'))),
      block('numbered', '', refer('exhibit', id('q')), refer('person', id('q')), refer('note', id('q'))),
      block('plain', id('p'), words('A plain block has no number.')),
      block('numbered', '', refer('heading', id('p'))),
    );
    expect(printed(snapshot).slice(0, 2)).toEqual([
      '1. As said in [missing ¶]',
      '2. [missing exhibit][missing person][missing note]',
    ]);
    expect(findBrokenReferences(snapshot)).toEqual([
      { kind: 'paragraph', number: 1, words: 'As said in ' },
      { kind: 'exhibit', number: 2, words: '' },
      { kind: 'person', number: 2, words: '' },
      { kind: 'note', number: 2, words: '' },
      { kind: 'heading', number: 3, words: '' },
    ]);
  });

  it('[FI52] has bookmarks around named blocks only, and each part names one that exists', () => {
    const model = buildFiling(
      letter(
        block('h1', id('a'), words('Background')),
        block('numbered', id('c'), words('First.')),
        block('numbered', id('e'), refer('paragraph', id('c')), refer('heading', id('a'))),
      ),
    );
    expect(model.blocks.map((printedBlock) => printedBlock.bookmark)).toEqual(['bl_0', 'bl_1', '']);
    expect(model.blocks[2]?.runs).toEqual([
      {
        kind: 'reference',
        text: '¶\u00a01',
        missing: false,
        lead: '¶\u00a0',
        parts: [{ bookmark: 'bl_1', text: '1', shows: 'number' }],
      },
      {
        kind: 'reference',
        text: 'Part\u00a0I',
        missing: false,
        lead: 'Part\u00a0',
        parts: [{ bookmark: 'bl_0', text: 'I', shows: 'full' }],
      },
    ]);
  });

  it('[FI53] a reference to an exhibit counts for its label and its place', () => {
    const model = buildFiling(letter(block('numbered', '', refer('exhibit', id('y')))));
    expect(model.exhibits[0]).toMatchObject({ id: id('y'), label: 'A', citedAt: [1] });
    expect(buildFilingText(model)).toContain('1. Ex.\u00a0A\n');
  });

  it('[FI22] passes the parser with the ids of blocks; an unknown kind is refused', () => {
    const snapshot = letter(block('numbered', id('c'), refer('paragraph', id('c'))));
    const parsed = parseSnapshot(JSON.parse(JSON.stringify(snapshot)));
    expect(parsed.ok && buildFilingText(buildFiling(parsed.value))).toContain('1. ¶\u00a01');
    const odd = letter(block('numbered', '', refer('page' as ReferenceKind, id('c'))));
    expect(parseSnapshot(odd).ok).toBe(false);
  });
});
