import { describe, expect, it } from 'vitest';
import type { BlockStyle, SerializedInline, TextState } from '../domain/document.ts';
import type { ExhibitId, PersonId } from '../domain/ids.ts';
import { SAMPLE_LEGEND } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { listBlocks } from '../domain/tables/serializedTable.ts';
import { buildFiling } from './buildFiling.ts';
import { buildFilingText, runText } from './buildFilingText.ts';
import { formatCitation, formatPerson } from './formatCitation.ts';
import { randomSnapshot, seededRandom } from './randomSnapshot.ts';

const text = (words: string, format = 0, state?: TextState): SerializedInline => ({
  type: 'text',
  version: 1,
  text: words,
  format,
  style: '',
  mode: 'normal',
  detail: 0,
  ...(state ? { $: state } : {}),
});
const cite = (id: string, page = 0): SerializedInline => ({
  type: 'citation',
  version: 1,
  exhibitId: id as ExhibitId,
  page,
});
const block = (blockStyle: BlockStyle, ...children: SerializedInline[]) => ({
  type: 'block' as const,
  version: 1 as const,
  blockStyle,
  children,
  direction: null,
  format: '',
  indent: 0,
});

function letter(...children: ReturnType<typeof block>[]): Snapshot {
  const snapshot = randomSnapshot(1, { blocks: 0, exhibits: 2 });
  snapshot.records.exhibits.forEach((exhibit, index) =>
    Object.assign(exhibit, { id: ['xxxxxxxxxxxxxxxx', 'yyyyyyyyyyyyyyyy'][index], group: '', order: index }),
  );
  Object.assign(snapshot.records.people[0] as object, { id: 'oooooooooooooooo' });
  snapshot.body.root.children = children;
  return snapshot;
}
const X = 'xxxxxxxxxxxxxxxx';
const Y = 'yyyyyyyyyyyyyyyy';

/** The same value with the keys of every object in another order. */
function shuffleKeys<T>(value: T, random: () => number): T {
  if (Array.isArray(value)) return value.map((inner) => shuffleKeys(inner, random)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({
    key,
    inner: shuffleKeys(inner, random),
    at: random(),
  }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, inner }) => [key, inner])) as T;
}

describe('buildFiling', () => {
  it('[FI6] relabels every citation when an earlier one is inserted', () => {
    const later = block('numbered', text('Two. '), cite(X, 4));
    expect(buildFilingText(buildFiling(letter(later)))).toContain('(Ex.\u00a0A at\u00a04)');
    const filing = buildFiling(letter(block('numbered', cite(Y)), later));
    expect(filing.blocks.map((each) => each.runs.map(runText).join(''))).toEqual([
      '(Ex.\u00a0A)',
      'Two. (Ex.\u00a0B at\u00a04)',
    ]);
    expect(filing.exhibits.map(({ label, bookmark }) => [label, bookmark])).toEqual([
      ['A', `ex_${Y}`],
      ['B', `ex_${X}`],
    ]);
  });

  it('[FI9] [FI10] [FI11] prints citations and people', () => {
    expect([formatCitation('C-2', 4), formatCitation('C', 0), formatCitation('', 3)]).toEqual([
      '(Ex.\u00a0C-2 at\u00a04)',
      '(Ex.\u00a0C)',
      '(Ex.\u00a0? at\u00a03)',
    ]);
    expect([formatPerson('Oscar'), formatPerson('Melissa*'), formatPerson('')]).toEqual([
      'Oscar*',
      'Melissa*',
      '[person]*',
    ]);
    const filing = buildFiling(
      letter(
        block(
          'plain',
          { type: 'person', version: 1, personId: 'oooooooooooooooo' as PersonId },
          cite('zzzzzzzzzzzzzzzz', 2),
          text('see ¶ 3 and § 345'),
        ),
      ),
    );
    expect(filing.blocks[0]?.runs.map(runText)).toEqual([
      'Oscar*',
      '(Ex.\u00a0? at\u00a02)',
      'see ¶\u00a03 and §\u00a0345',
    ]);
    expect(filing.blocks[0]?.runs[1]).toMatchObject({ exhibitId: '', bookmark: '' });
  });

  it('[FI12] names the ¶s where an exhibit is cited, with the quotes and items that belong to them', () => {
    const filing = buildFiling(
      letter(
        block('plain', cite(X)),
        block('numbered', cite(X), cite(X)),
        block('quote', cite(Y)),
        block('h1', cite(Y)),
        block('bullet', cite(X)),
        block('numbered'),
        block('numbered', cite(X)),
        block('numbered', cite(X)),
      ),
    );
    expect(filing.exhibits.map(({ citedAt, citedElsewhere }) => [citedAt, citedElsewhere])).toEqual([
      [[1, 3, 4], true],
      [[1], true],
    ]);
    expect(buildFilingText(filing)).toMatch(/¶¶\u00a01, 3, 4; unnumbered text\n/);
  });

  it('[FI14] shows no trace of claims', () => {
    const marked = letter(
      block(
        'numbered',
        text('Al', 1),
        text('l of', 1, { cl_aaaaaaaaaaaaaaaa: 1 }),
        text(' it', 1),
        text(' small', 1, { sc: 1 }),
      ),
    );
    const plain = letter(block('numbered', text('All of it', 1), text(' small', 1, { sc: 1 })));
    expect(buildFiling(marked)).toEqual(buildFiling(plain));
    expect(buildFiling(plain).blocks[0]?.runs).toMatchObject([
      { text: 'All of it', bold: true, smallCaps: false },
      { text: ' small', bold: true, smallCaps: true },
    ]);
  });

  it('[FI56] keeps links with an address that may be one, and only the words of others', () => {
    const filing = buildFiling(
      letter(
        block(
          'plain',
          text('See '),
          text('the ', 0, { href: 'https://example.org/a' }),
          text('report', 0, { href: 'https://example.org/a', cl_aaaaaaaaaaaaaaaa: 1 }),
          text(' or '),
          text('this', 0, { href: 'javascript:alert(1)' }),
        ),
      ),
    );
    expect(filing.blocks[0]?.runs).toMatchObject([
      { text: 'See ' },
      { text: 'the report', href: 'https://example.org/a' },
      { text: ' or this' },
    ]);
    expect(filing.blocks[0]?.runs[2]).not.toHaveProperty('href');
  });

  it('[FI15] drops characters no document may hold and keeps pairs', () => {
    const filing = buildFiling(
      letter(block('plain', text('a\u0000\u0008b\ufffec\uffff\ud800d\udc00\u{1f600}\u0085\r\ne\tf'))),
    );
    expect(filing.blocks[0]?.runs.map(runText)).toEqual(['abcd\u{1f600}', '\n', 'e', '\t', 'f']);
  });

  it('[FI16] freezes the model to its leaves', () => {
    const check = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(check);
    };
    check(buildFiling(randomSnapshot(5, { blocks: 12, exhibits: 4 })));
  });

  it('[FI18] carries the sample legend', () => {
    const snapshot = letter();
    expect(buildFiling({ ...snapshot, meta: { ...snapshot.meta, sample: true } }).legend).toBe(SAMPLE_LEGEND);
    expect(buildFiling({ ...snapshot, meta: { ...snapshot.meta, sample: false } }).legend).toBe('');
  });

  it('is the same for every order of keys and records, and leaves the snapshot alone', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const snapshot = randomSnapshot(seed);
      const before = JSON.stringify(snapshot);
      const other = shuffleKeys(snapshot, seededRandom(seed + 1000));
      for (const list of Object.values(other.records)) list.reverse();
      expect(JSON.stringify(buildFiling(other)), `seed ${seed}`).toBe(JSON.stringify(buildFiling(snapshot)));
      expect(JSON.stringify(snapshot)).toBe(before);
    }
  });
});

describe('[DO15] suggestions', () => {
  it('that nobody accepted are not filed', () => {
    const snapshot = randomSnapshot(5);
    const before = JSON.stringify(buildFiling(snapshot));
    const [first, second] = listBlocks(snapshot.body.root.children);
    const words = { type: 'text', version: 1, format: 0, style: '', mode: 'normal', detail: 0 } as const;
    first?.children.push({ ...words, text: 'not yet', $: { ins_aaaaaaaaaaaaaaaa: 1 } });
    for (const node of second?.children ?? []) node.$ = { ...node.$, del_aaaaaaaaaaaaaaaa: 1 };
    expect(JSON.stringify(buildFiling(snapshot))).toBe(before);
  });
});
