import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toDocx } from '../../shared/docx/toDocx.ts';
import { buildFiling } from '../../shared/filing/buildFiling.ts';
import { randomSnapshot } from '../../shared/filing/randomSnapshot.ts';
import { findIntegrityErrors, INTEGRITY_CODES, type IntegrityCode } from './findIntegrityErrors.ts';

const good = await toDocx(buildFiling(randomSnapshot(11)));
type Parts = Record<string, string>;

/** The good file with its parts changed; throws when the change finds nothing to change. */
function broken(change: (parts: Parts) => void): Uint8Array {
  const parts = Object.fromEntries(Object.entries(unzipSync(good)).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const before = JSON.stringify(parts);
  change(parts);
  if (JSON.stringify(parts) === before) throw new Error('the mutation changed nothing');
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}
const replace = (name: string, from: string | RegExp, to: string) => (parts: Parts) => {
  parts[name] = (parts[name] as string).replace(from, to);
};
const inDocument = (from: string | RegExp, to: string) => replace('word/document.xml', from, to);
const inBody = (xml: string) => inDocument('<w:body>', `<w:body>${xml}`);
const codesOf = (bytes: Uint8Array) => new Set(findIntegrityErrors(bytes).map(({ code }) => code));
const comments = (parts: Parts) => {
  parts['word/comments.xml'] = '<w:comments><w:comment w:id="1"><w:p w14:paraId="00000001"/></w:comment></w:comments>';
  parts['word/commentsExtended.xml'] =
    '<w15:commentsEx><w15:commentEx w15:paraId="00000002" w15:paraIdParent="0000000F"/></w15:commentsEx>';
};

const MUTATIONS: readonly (readonly [IntegrityCode, (parts: Parts) => void])[] = [
  ['hidden-text', inDocument('<w:r>', '<w:r><w:rPr><w:vanish/></w:rPr>')],
  [
    'part-missing',
    (parts) => {
      delete parts['word/styles.xml'];
    },
  ],
  ['xml-broken', inDocument('</w:body>', '')],
  [
    'bookmark-duplicate-name',
    inDocument(/(<w:bookmarkStart w:name=")[^"]*(".*?<w:bookmarkStart w:name=")([^"]*)/s, '$1$3$2$3'),
  ],
  ['bookmark-duplicate-id', inDocument(/(<w:bookmarkStart w:name="[^"]*" w:id=")1"/, '$10"')],
  ['bookmark-name-too-long', inDocument(/<w:bookmarkStart w:name="/, `$&${'x'.repeat(40)}`)],
  ['bookmark-unclosed', inDocument(/<w:bookmarkEnd [^>]*>/, '')],
  ['field-unclosed', inDocument('<w:r><w:fldChar w:fldCharType="end"/></w:r>', '')],
  ['cell-without-paragraph', inDocument(/(<\/w:tcPr>)<w:p>.*?<\/w:p>/s, '$1')],
  ['row-without-cells', inDocument(/(<\/w:trPr>)(?:<w:tc>.*?<\/w:tc>)+<\/w:tr>/s, '$1</w:tr>')],
  ['style-undefined', inDocument('<w:pStyle w:val="', '<w:pStyle w:val="Un')],
  ['numbering-undefined', replace('word/styles.xml', /<w:numId w:val="/, '$&99')],
  [
    'numbering-undefined',
    replace('word/numbering.xml', /<w:lvl w:ilvl="3"(?=(?:(?!<w:lvl ).)*Heading4).*?<\/w:lvl>/s, ''),
  ],
  ['text-in-deletion', inBody('<w:p><w:del w:id="1"><w:r><w:t>x</w:t></w:r></w:del></w:p>')],
  ['reference-without-bookmark', inDocument(/ REF ex_/, ' REF ey_')],
  ['reference-without-bookmark', inBody('<w:p><w:hyperlink w:anchor="nowhere"/></w:p>')],
  ['reference-without-bookmark', inBody('<w:p><w:fldSimple w:instr="PAGEREF nowhere"/></w:p>')],
  ['reference-stale', inDocument(/(fldCharType="separate"\/><\/w:r><w:r><w:t [^>]*>)Ex\.\u00a0/, '$&Z')],
  ['revision-duplicate-id', inBody('<w:p><w:ins w:id="4"/><w:del w:id="4"/></w:p>')],
  ['reply-without-comment', comments],
  ['comment-missing', inBody('<w:p><w:r><w:commentReference w:id="3"/></w:r></w:p>')],
  ['relationship-undefined', inDocument(/r:id="rId/, '$&9')],
  [
    'relationship-target-missing',
    (parts) => {
      delete parts['word/header1.xml'];
    },
  ],
  [
    'relationship-external',
    replace(
      'word/_rels/document.xml.rels',
      '</Relationships>',
      '<Relationship Id="rId77" Type="x/hyperlink" Target="http://example.org" TargetMode="External"/>$&',
    ),
  ],
  ['rsid', inDocument('<w:p>', '<w:p w:rsidR="00AB12CD">')],
  ['rsid', replace('word/settings.xml', '</w:settings>', '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>$&')],
  ['author', inBody('<w:p><w:ins w:id="5" w:author="Somebody"/></w:p>')],
  ['author', replace('docProps/core.xml', '</cp:coreProperties>', '<dc:creator>Somebody</dc:creator>$&')],
  ['author', replace('docProps/app.xml', '/>', '><Company>Somewhere</Company></Properties>')],
  ['date', inBody('<w:p><w:ins w:id="5" w:date="2024-01-01T00:00:00Z"/></w:p>')],
  [
    'date',
    replace('docProps/core.xml', '</cp:coreProperties>', '<dcterms:created>2024-01-01T00:00:00Z</dcterms:created>$&'),
  ],
  [
    'custom-properties',
    replace(
      '_rels/.rels',
      '</Relationships>',
      '<Relationship Id="rId9" Type="x/custom-properties" Target="docProps/core.xml"/>$&',
    ),
  ],
  ['page-not-letter', inDocument('w:w="12240" w:h="15840"', 'w:w="11906" w:h="16838"')],
];

describe('findIntegrityErrors', () => {
  it('finds nothing in a good filing', () => {
    expect(findIntegrityErrors(good)).toEqual([]);
  });

  it.each(MUTATIONS)('finds %s (mutation %#)', (code, mutation) => {
    expect(codesOf(broken(mutation))).toContain(code);
  });

  it('finds what is no package at all', () => {
    expect(codesOf(new Uint8Array([1, 2, 3]))).toEqual(new Set(['not-a-package']));
    expect(codesOf(good.slice(0, good.length / 2))).toEqual(new Set(['not-a-package']));
  });

  it('has a mutation for each of its codes', () => {
    const tried = new Set<IntegrityCode>([...MUTATIONS.map(([code]) => code), 'not-a-package']);
    expect(INTEGRITY_CODES.filter((code) => !tried.has(code))).toEqual([]);
  });
});
