import { describe, expect, it } from 'vitest';
import type { ClaimId, ExhibitId } from '../../shared/domain/ids.ts';
import type { Coverage } from '../../shared/filing/buildCoverage.ts';
import type { DocumentIndex, IndexedBlock } from '../editor/EditorApi.ts';
import { buildSections, findSection, withLetterParts } from './sectionProof.ts';

const a = 'a' as ClaimId;
const b = 'b' as ClaimId;
const c = 'c' as ClaimId;
const x = 'x' as ExhibitId;
const block = (key: string, style: IndexedBlock['style'], claimIds: ClaimId[] = [], label = ''): IndexedBlock => ({
  key,
  id: '',
  name: '',
  style,
  number: null,
  label,
  text: ` ${key} `,
  claimIds,
});
const index: DocumentIndex = {
  blocks: [
    block('top', 'plain'),
    block('I', 'h1', [], 'I.'),
    block('p1', 'numbered', [a]),
    block('A', 'h2', [], 'A.'),
    block('p2', 'numbered', [a, b]),
    block('II', 'h1', [], 'II.'),
    block('p3', 'numbered', [c]),
  ],
  claims: new Map([a, b, c].map((id) => [id, { text: id, blockKey: 'p1', number: 1 }])),
  citations: [
    { nodeKey: '1', exhibitId: x, page: 1, blockKey: 'p2', number: 2 },
    { nodeKey: '2', exhibitId: x, page: 2, blockKey: 'p2', number: 2 },
  ],
  labels: new Map(),
  wordCount: 0,
  notes: [],
  threads: new Map(),
  references: [],
  images: [],
  looseNotes: [],
  noteWordCount: 0,
};
const coverage = new Map<ClaimId, Coverage>([
  [a, 'thin'],
  [b, 'missing'],
  [c, 'missing'],
]);

describe('buildSections', () => {
  const sections = buildSections(index, coverage);
  it('counts the claims of deeper headings, each once', () => {
    expect(
      sections.map(({ label, level, claimCount, provedCount }) => [label, level, claimCount, provedCount]),
    ).toEqual([
      ['I.', 1, 2, 1],
      ['A.', 2, 2, 1],
      ['II.', 1, 1, 0],
    ]);
  });
  it('leaves out marks whose claim is gone', () => {
    expect(buildSections(index, new Map([[b, 'thin']]))[0]).toMatchObject({ claimCount: 1, provedCount: 1 });
  });
  it('counts citations of an exhibit', () => {
    expect([...(sections[0]?.cited ?? [])]).toEqual([[x, 2]]);
    expect(sections[2]?.cited.size).toBe(0);
  });
  it('finds the innermost section of a block', () => {
    expect(findSection(sections, index, 'p2')?.label).toBe('A.');
    expect(findSection(sections, index, 'p1')?.label).toBe('I.');
    expect(findSection(sections, index, 'top')).toBeNull();
  });
});

describe('withLetterParts', () => {
  it('[DO95] puts the parts of the letter where they stand, a transmission line with its addressee', () => {
    const letter: DocumentIndex = {
      ...index,
      blocks: [
        block('head', 'letterhead'),
        block('via', 'transmission'),
        block('to', 'address'),
        ...index.blocks,
        block('sign', 'signature'),
      ],
    };
    const outline = withLetterParts(buildSections(letter, coverage), letter);
    expect(outline.map(({ part, text }) => `${part ?? ''}:${text}`)).toEqual([
      'letterhead:head',
      'address:to',
      ':I',
      ':A',
      ':II',
      'signature:sign',
    ]);
  });
});
