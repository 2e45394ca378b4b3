import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Collections } from '../shared/domain/collections.ts';
import { DEFAULT_META, DEFAULTS } from '../shared/domain/collections.ts';
import type { SerializedBlock, SerializedBody } from '../shared/domain/document.ts';
import { BLOCK_STYLES, claimIdsOf } from '../shared/domain/document.ts';
import { isId } from '../shared/domain/ids.ts';
import type { Authority, Meta, Recipient } from '../shared/domain/records.ts';
import {
  CLAIM_STATUSES,
  COMPONENTS,
  CONFIDENTIALITIES,
  EXHIBIT_STATUSES,
  SCHEMA_VERSION,
} from '../shared/domain/records.ts';
import { FILING_COLLECTIONS } from '../shared/domain/snapshot.ts';

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;
const body = read<SerializedBody>('sample/body.json');
const records = read<{ meta: Meta } & { [N in keyof Collections]: Collections[N][] }>('sample/records.json');
const files = read<Record<string, string>>('sample/exhibits.json');
const templateBody = read<SerializedBody>('template/body.en.json');
const template = read<{ meta: Meta; recipients: Recipient[]; authorities: Authority[] }>('template/records.en.json');

const blocks = body.root.children;
const inlines = blocks.flatMap((block) => block.children);
const citations = inlines.filter((inline) => inline.type === 'citation');
const exhibitOf = (id: string) => records.exhibits.find((exhibit) => exhibit.id === id);
const claimNumber = (number: number) => {
  const claim = records.claims.find((record) => record.order === number);
  if (!claim) throw new Error(`no claim ${number}`);
  return claim;
};
const wordsOf = (block: SerializedBlock) =>
  block.children
    .map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'linebreak' ? '\n' : ''))
    .join('');
const wordsOfClaim = (id: string) =>
  inlines.map((inline) => (inline.type === 'text' && claimIdsOf(inline.$).includes(id) ? inline.text : '')).join('');
const textOf = (of: SerializedBody) => of.root.children.map(wordsOf).join('\n');
const notes = blocks.map(wordsOf).filter((words) => words.startsWith('Note:'));

describe('sample records', () => {
  it('have unique valid ids and exactly the fields of their collection', () => {
    const ids: string[] = [];
    for (const name of FILING_COLLECTIONS.filter((each) => each !== 'suggestions')) {
      const defaults: Record<string, unknown> = { id: '', ...DEFAULTS[name] };
      expect(records[name].length, name).toBeGreaterThan(0);
      for (const record of records[name]) {
        ids.push(record.id);
        expect(Object.keys(record).sort()).toEqual(Object.keys(defaults).sort());
        for (const [field, value] of Object.entries(record))
          expect(typeof value, `${name}.${field}`).toBe(typeof defaults[field]);
      }
    }
    expect(ids.filter((id) => !isId(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(records.meta).sort()).toEqual(Object.keys(DEFAULT_META).sort());
    expect(records.meta.sample).toBe(true);
  });

  it('hold only values their types allow', () => {
    for (const claim of records.claims) {
      expect(COMPONENTS).toContain(claim.component);
      expect(CLAIM_STATUSES).toContain(claim.status);
      for (const id of claim.people.split(' ').filter(Boolean))
        expect(records.people.some((person) => person.id === id)).toBe(true);
    }
    for (const exhibit of records.exhibits) {
      expect(CONFIDENTIALITIES).toContain(exhibit.confidentiality);
      expect(EXHIBIT_STATUSES).toContain(exhibit.status);
      expect(exhibit.title).toContain('(placeholder)');
    }
    expect(records.exhibits.filter((exhibit) => exhibit.group === 'C')).toHaveLength(3);
  });

  it('link existing claims to existing pages, and quote only what the page says', () => {
    for (const link of records.links) {
      expect(records.claims.some((claim) => claim.id === link.claimId)).toBe(true);
      const exhibit = exhibitOf(link.exhibitId);
      expect(exhibit).toBeDefined();
      expect(link.page).toBeGreaterThanOrEqual(1);
      expect(link.page).toBeLessThanOrEqual(exhibit?.pageCount ?? 0);
    }
    expect(
      records.links
        .map((link) => link.quote)
        .filter(Boolean)
        .sort(),
    ).toEqual(['U.S. database', 'U.S. database', 'initiation', 'not previously known', 'proprietary']);
  });

  it('give pseudonyms without shared initials', () => {
    const initials = records.people.map((person) => person.pseudonym[0]);
    expect(new Set(initials).size).toBe(initials.length);
  });
});

describe('sample body', () => {
  it('uses known styles, exhibits, pages, people and claims', () => {
    for (const block of blocks) expect(BLOCK_STYLES).toContain(block.blockStyle);
    for (const inline of inlines) {
      if (inline.type === 'citation')
        expect(inline.page).toBeLessThanOrEqual(exhibitOf(inline.exhibitId)?.pageCount ?? 0);
      if (inline.type === 'person') expect(records.people.some((person) => person.id === inline.personId)).toBe(true);
      if ('$' in inline)
        for (const id of claimIdsOf(inline.$)) expect(records.claims.some((claim) => claim.id === id)).toBe(true);
    }
    const wordCount = textOf(body).split(/\s+/).length;
    expect(wordCount).toBeGreaterThan(3_500);
    expect(wordCount).toBeLessThan(5_000);
  });

  it('holds the words of every claim in one unbroken range of one block', () => {
    expect(records.claims.map((claim) => claim.order)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    for (const claim of records.claims) {
      const holders = blocks.filter((block) =>
        block.children.some((inline) => '$' in inline && claimIdsOf(inline.$).includes(claim.id)),
      );
      expect(holders, `claim ${claim.order}`).toHaveLength(1);
      const marks = (holders[0]?.children ?? [])
        .map((inline) => ('$' in inline && claimIdsOf(inline.$).includes(claim.id) ? '1' : '0'))
        .join('');
      expect(marks).toMatch(/^0*1+0*$/);
      expect(wordsOfClaim(claim.id).length).toBeGreaterThan(20);
    }
  });

  it('cites the exhibits first in the order of their list', () => {
    const firstCited = [...new Set(citations.map((citation) => citation.exhibitId))].map(
      (id) => exhibitOf(id === '' ? '?' : id)?.order ?? 0,
    );
    expect(firstCited).toEqual([...firstCited].sort((a, b) => a - b));
  });

  it('leaves the signature blocks empty', () => {
    const signatures = blocks.filter((block) => block.blockStyle === 'signature').map(wordsOf);
    expect(signatures).toHaveLength(4);
    for (const words of signatures) expect(words).toMatch(/^_+\n\[name\]/);
  });
});

describe('planted defects', () => {
  it('claim 8 rests on nothing', () => {
    expect(records.links.filter((link) => link.claimId === claimNumber(8).id)).toEqual([]);
    expect(records.claims.filter((claim) => !records.links.some((link) => link.claimId === claim.id))).toEqual([
      claimNumber(8),
    ]);
  });

  it('claim 2 is compound and holds claim 3', () => {
    expect(wordsOfClaim(claimNumber(2).id)).toContain(wordsOfClaim(claimNumber(3).id));
    expect(wordsOfClaim(claimNumber(2).id)).toMatch(/3,275.*98\.5 percent/);
  });

  it('one exhibit is cited nowhere and linked to nothing', () => {
    const orphans = records.exhibits.filter(
      (exhibit) => !citations.some((citation) => citation.exhibitId === exhibit.id),
    );
    expect(orphans.map((exhibit) => files[exhibit.id])).toEqual(['exhibits/k.pdf']);
    expect(records.links.some((link) => link.exhibitId === orphans[0]?.id)).toBe(false);
  });

  it('a note holds an A-number and a DUI that cannot be anybody’s', () => {
    expect(notes.some((note) => note.includes('A000-000-000') && note.includes('DUI 00000000-1'))).toBe(true);
  });

  it('a date is exact, an Id. is stale, an address exposes a name', () => {
    expect(textOf(body)).toContain('On 14 October 2014');
    const index = inlines.findIndex((inline) => inline.type === 'text' && inline.text === 'Id.');
    const before = inlines.slice(0, index).filter((inline) => inline.type === 'citation');
    expect(files[before.at(-1)?.exhibitId ?? '']).toBe('exhibits/f.pdf');
    expect(files[before.at(-2)?.exhibitId ?? '']).toBe('exhibits/h.pdf');
    expect(notes.filter((note) => /https:\/\/example\.org\/\S*carlos/.test(note))).toHaveLength(1);
  });

  it('Antonio is mentioned without consent', () => {
    const antonio = records.people.find((person) => person.pseudonym === 'Antonio');
    expect(antonio?.consent).toBe('none');
    expect(inlines.some((inline) => inline.type === 'person' && inline.personId === antonio?.id)).toBe(true);
  });

  it('press names stay out of everything but the planted address', () => {
    const all = `${JSON.stringify(records)}${textOf(body)}`.replace(/https:\/\/example\.org\/\S*/g, '');
    expect(all).not.toMatch(/carlos|julio/i);
  });
});

describe('placeholder files', () => {
  it('exist, are small, and match size, hash and page count of their record', async () => {
    const names = readdirSync(new URL('sample/exhibits/', import.meta.url));
    expect(names.map((name) => `exhibits/${name}`).sort()).toEqual(Object.values(files).sort());
    for (const exhibit of records.exhibits) {
      const bytes = readFileSync(new URL(`sample/${files[exhibit.id]}`, import.meta.url));
      expect(bytes.length).toBeLessThan(40 * 1024);
      expect(bytes.length).toBe(exhibit.sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(exhibit.sha256);
      expect((await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount()).toBe(exhibit.pageCount);
    }
  });

  it('come with an icon', () => expect(existsSync(new URL('icons/icon.png', import.meta.url))).toBe(true));
});

describe('template', () => {
  it('has the parts of the letter in order', () => {
    const headings = templateBody.root.children.filter((block) => block.blockStyle === 'h1').map(wordsOf);
    expect(headings).toEqual([
      'Introduction',
      'The complainants and their interest',
      'CRCL has authority over the practices described here',
      'Background',
      'Individual accounts',
      'Patterns across the cases',
      'Legal framework',
      'Requests',
      'Closing',
    ]);
    const styles = templateBody.root.children.map((block) => block.blockStyle);
    for (const style of styles) expect(BLOCK_STYLES).toContain(style);
    expect(styles.indexOf('letterhead')).toBeGreaterThanOrEqual(0);
    expect(styles.indexOf('letterhead')).toBeLessThan(styles.indexOf('transmission'));
    expect(styles.indexOf('transmission')).toBe(styles.indexOf('address') - 1);
    expect(styles.indexOf('address')).toBeLessThan(styles.indexOf('re'));
    expect(styles.indexOf('re')).toBeLessThan(styles.indexOf('h1'));
    expect(styles.indexOf('signature')).toBeGreaterThan(styles.lastIndexOf('h1'));
  });

  it('dates every authority and recipient', () => {
    expect(template.meta).toEqual({ ...DEFAULT_META, schemaVersion: SCHEMA_VERSION });
    for (const record of [...template.authorities, ...template.recipients]) {
      expect(isId(record.id)).toBe(true);
      expect(record.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(template.authorities.some((authority) => authority.basis === 'seen')).toBe(true);
    expect(template.authorities.some((authority) => authority.basis === 'unchecked')).toBe(true);
    expect(template.recipients[0]?.block).toContain('Mail Stop #0190');
  });
});
