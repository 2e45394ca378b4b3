import { describe, expect, it } from 'vitest';
import type { ClaimId, ExhibitId, LinkId } from '../../shared/domain/ids.ts';
import { DEFAULTS } from '../../shared/domain/collections.ts';
import type { Claim } from '../../shared/domain/records.ts';
import type { DocumentIndex, IndexedBlock } from '../editor/EditorApi.ts';
import { buildSections, findSection, findUnsupported } from './sectionProof.ts';

const a = 'a' as ClaimId;
const b = 'b' as ClaimId;
const c = 'c' as ClaimId;
const x = 'x' as ExhibitId;
const block = (key: string, style: IndexedBlock['style'], claimIds: ClaimId[] = [], label = ''): IndexedBlock => ({ key, style, number: null, label, text: ` ${key} `, claimIds });
const index: DocumentIndex = {
  blocks: [block('top', 'plain'), block('I', 'h1', [], 'I.'), block('p1', 'numbered', [a]), block('A', 'h2', [], 'A.'), block('p2', 'numbered', [a, b]), block('II', 'h1', [], 'II.'), block('p3', 'numbered', [c])],
  claims: new Map([a, b, c].map((id) => [id, { text: id, blockKey: 'p1', number: 1 }])),
  citations: [{ nodeKey: '1', exhibitId: x, page: 1, blockKey: 'p2', number: 2 }, { nodeKey: '2', exhibitId: x, page: 2, blockKey: 'p2', number: 2 }],
  labels: new Map(), wordCount: 0,
};
const links = [{ id: 'l' as LinkId, claimId: a, exhibitId: x, page: 1, quote: '' }];
const claims = [a, b].map((id): Claim => ({ ...DEFAULTS.claims, id }));

describe('buildSections', () => {
  const sections = buildSections(index, links);
  it('counts the claims of deeper headings, each once', () => {
    expect(sections.map(({ label, level, claimCount, provedCount }) => [label, level, claimCount, provedCount])).toEqual([['I.', 1, 2, 1], ['A.', 2, 2, 1], ['II.', 1, 1, 0]]);
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

describe('findUnsupported', () => {
  it('names claims with words and a record but no link', () => {
    expect(findUnsupported(index, claims, links)).toEqual([b]);
  });
});
