import { strFromU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { BlockStyle } from '../domain/document.ts';
import { SAMPLE_LEGEND } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { ALLOWED_PARTS, buildCanonicalPackage } from './canonicalPackage.ts';
import { toDocx } from './toDocx.ts';

const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
const part = (parts: Record<string, string>, name: string): string => {
  const xml = parts[name];
  if (xml === undefined) throw new Error(`no part ${name}`);
  return xml;
};
const all = (xml: string, pattern: RegExp): string[] => [...xml.matchAll(pattern)].map((match) => match[1] ?? match[0]);
const withMeta = (snapshot: Snapshot, meta: Partial<Snapshot['meta']>): Snapshot => ({
  ...snapshot,
  meta: { ...snapshot.meta, ...meta },
});

describe('toDocx', () => {
  it('[FI34] gives the same bytes for the same model, also as the second export of one process', async () => {
    for (const seed of [1, 2, 3]) {
      const model = buildFiling(randomSnapshot(seed));
      expect(await toDocx(buildFiling(randomSnapshot(seed)))).toEqual(await toDocx(model));
    }
  });

  it('[FI33] holds allowed parts only, sorted and dated 1980, without author, date or revision id', async () => {
    const bytes = await toDocx(buildFiling(randomSnapshot(4)));
    const parts = partsOf(bytes);
    const names = Object.keys(parts);
    expect(names.filter((name) => !ALLOWED_PARTS.test(name))).toEqual([]);
    expect(names).toEqual(['[Content_Types].xml', ...names.slice(1).sort()]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([0, 0x21]);
    const core = part(parts, 'docProps/core.xml');
    expect(core).toContain('<dc:title>Complaint 4</dc:title>');
    expect(core).not.toMatch(/creator|lastModifiedBy|dcterms|revision/);
    for (const xml of Object.values(parts)) expect(xml).not.toMatch(/w:rsid|w:author=|TargetMode="External"|Un-named/);
  });

  it('[FI33] refuses to give out a package with a forbidden mark', async () => {
    const parts = unzipSync(await toDocx(buildFiling(randomSnapshot(4))));
    const document = strFromU8(parts['word/document.xml'] as Uint8Array);
    const spoiled = zipSync({
      ...parts,
      'word/document.xml': new TextEncoder().encode(
        document.replace('<w:p>', '<w:p><w:ins w:id="1" w:author="x"></w:ins>'),
      ),
    });
    const styles = new Set<string>();
    expect(() =>
      buildCanonicalPackage(spoiled, {
        title: '',
        styles,
        footnotes: false,
        language: 'en-US',
        revisions: null,
        images: new Map(),
      }),
    ).toThrow(/mark not allowed/);
    const extra = zipSync({ ...parts, 'word/people.xml': new TextEncoder().encode('<people/>') });
    expect(
      Object.keys(
        partsOf(
          buildCanonicalPackage(extra, {
            title: '',
            styles,
            footnotes: false,
            language: 'en-US',
            revisions: null,
            images: new Map(),
          }),
        ),
      ),
    ).not.toContain('word/people.xml');
  });

  it('[FI30] is US Letter in Times New Roman, en-US, with black headings that carry outline levels and numbering', async () => {
    const parts = partsOf(await toDocx(buildFiling(randomSnapshot(5))));
    expect(all(part(parts, 'word/document.xml'), /<w:pgSz [^>]*>/g)).toEqual([
      '<w:pgSz w:w="12240" w:h="15840" w:orient="portrait"/>',
    ]);
    const styles = part(parts, 'word/styles.xml');
    expect(styles).toContain('<w:lang w:val="en-US"');
    for (const level of [1, 2, 3, 4]) {
      const style = new RegExp(`w:styleId="Heading${level}".*?</w:style>`, 's').exec(styles)?.[0] ?? '';
      expect(style).toContain(`<w:outlineLvl w:val="${level - 1}"/>`);
      expect(style).toContain(`<w:ilvl w:val="${level - 1}"/>`);
      expect(style).toContain('<w:color w:val="000000"/>');
      expect(part(parts, 'word/numbering.xml')).toContain(`<w:pStyle w:val="Heading${level}"/>`);
    }
    expect(styles).not.toMatch(/w:color w:val="(?!000000)/);
  });

  it('[FI31] cites by REF fields whose stored words are those of the bookmark in the index', async () => {
    const model = buildFiling(randomSnapshot(6));
    const xml = part(partsOf(await toDocx(model)), 'word/document.xml');
    const bookmarks = new Map(
      [...xml.matchAll(/<w:bookmarkStart w:name="([^"]*)" w:id="(\d+)"\/>(.*?)<w:bookmarkEnd w:id="\2"\/>/g)].map(
        (found) => [found[1], all(found[3] as string, /<w:t [^>]*>([^<]*)</g).join('')],
      ),
    );
    expect([...bookmarks]).toEqual(model.exhibits.map(({ bookmark, label }) => [bookmark, `Ex.\u00a0${label}`]));
    const fields = [
      ...xml.matchAll(
        / REF (\S+) \\h [^<]*<\/w:instrText><\/w:r><w:r><w:fldChar w:fldCharType="separate"\/><\/w:r><w:r><w:t [^>]*>([^<]*)</g,
      ),
    ];
    const cited = model.blocks
      .flatMap((block) => block.runs)
      .filter((run) => run.kind === 'citation' && run.bookmark !== '');
    expect(fields.length).toBe(cited.length);
    for (const [, name, words] of fields) expect(bookmarks.get(name)).toBe(words);
  });

  it('[FI56] writes a link as a HYPERLINK field around its own words', async () => {
    const snapshot = structuredClone(randomSnapshot(5));
    snapshot.body.root.children[0]?.children.splice(0, Number.POSITIVE_INFINITY, {
      type: 'text',
      version: 1,
      text: 'the report',
      format: 2,
      style: '',
      mode: 'normal',
      detail: 0,
      $: { href: 'https://example.org/?a=1&b=2' },
    });
    const document = part(partsOf(await toDocx(buildFiling(snapshot))), 'word/document.xml');
    const shown = document.slice(document.indexOf('HYPERLINK'), document.indexOf('the report') + 40);
    expect(shown).toMatch(/^HYPERLINK &quot;https:\/\/example\.org\/\?a=1&amp;b=2&quot; /);
    expect(shown).toMatch(/fldCharType="separate".*<w:i\/>.*<w:u .*the report/s);
  });

  it('[FI32] puts the index on its own page under a repeated header row', async () => {
    const model = buildFiling(randomSnapshot(7));
    const xml = part(partsOf(await toDocx(model)), 'word/document.xml');
    expect(xml).toMatch(/<w:pageBreakBefore\/>.{0,200}EXHIBIT INDEX/s);
    expect(all(xml, /<w:tblHeader\/>/g).length).toBe(1);
    expect(all(xml, /<w:tr>/g).length).toBe(model.exhibits.length + 1);
    const none = buildFiling(randomSnapshot(7, { blocks: 3, exhibits: 0 }));
    expect(part(partsOf(await toDocx(none)), 'word/document.xml')).not.toContain('EXHIBIT INDEX');
  });

  it('[FI18] carries the legend in the header of the first page and of all others, and none without one', async () => {
    for (const sample of [true, false]) {
      const parts = partsOf(await toDocx(buildFiling(withMeta(randomSnapshot(8), { sample }))));
      const headers = Object.keys(parts).filter((name) => name.startsWith('word/header'));
      expect(headers.length).toBe(2);
      expect(part(parts, 'word/document.xml')).toContain('<w:titlePg/>');
      for (const name of headers) expect(part(parts, name).includes(SAMPLE_LEGEND)).toBe(sample);
      for (const name of ['word/footer1.xml', 'word/footer2.xml']) {
        expect(all(part(parts, name), /<w:instrText[^>]*>([^<]*)</g)).toEqual([' PAGE ', ' NUMPAGES ']);
      }
    }
  });

  it('keeps text that looks like markup, and every format', async () => {
    const snapshot = randomSnapshot(9, { blocks: 0, exhibits: 0 });
    const text = { type: 'text', version: 1, style: '', mode: 'normal', detail: 0 } as const;
    snapshot.body.root.children = [
      {
        type: 'block',
        version: 1,
        blockStyle: 'plain' satisfies BlockStyle,
        direction: null,
        format: '',
        indent: 0,
        children: [
          { ...text, text: '<w:t>&amp; javascript:</w:t>', format: 0 },
          { ...text, text: 'all', format: 1 + 2 + 4 + 8 + 64, $: { sc: 1 } },
        ],
      },
    ];
    const parts = partsOf(await toDocx(buildFiling(withMeta(snapshot, { title: 'A <b> & "c"' }))));
    const xml = part(parts, 'word/document.xml');
    expect(xml).toContain('&lt;w:t&gt;&amp;amp; javascript:&lt;/w:t&gt;');
    for (const tag of [
      '<w:b/>',
      '<w:i/>',
      '<w:strike/>',
      '<w:u w:val="single"/>',
      '<w:smallCaps/>',
      '<w:vertAlign w:val="superscript"/>',
    ])
      expect(xml).toContain(tag);
    expect(part(parts, 'docProps/core.xml')).toContain('A &lt;b&gt; &amp; "c"');
  });
});
