import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The parts that a filing may hold [FI33]; everything else the library writes is left out. */
export const ALLOWED_PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/(core|app)\.xml|word\/(document|footnotes|styles|numbering|settings|fontTable|(header|footer)[1-9])\.xml|word\/media\/image[1-9]\d{0,4}\.(png|jpg)|word\/theme\/theme1\.xml|word\/_rels\/document\.xml\.rels)$/;

/** Parts that hold a picture; until the package is written they hold the SHA-256 of its file [FI112]. */
const PICTURE = /^word\/media\/.*\.(png|jpg)$/;

/** Whose marks of change a package may hold, and of which moment (ISO, UTC) [FI93]. */
export interface Revisions {
  author: string;
  date: string;
}

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * The package rewritten so that the same content gives the same bytes: allowed parts only, our own properties, ids counted
 * in reading order, sorted entries, fixed times. Reopens what it made and throws if a forbidden part or mark is left [FI33].
 */
export function buildCanonicalPackage(
  packed: Uint8Array,
  properties: {
    title: string;
    styles: ReadonlySet<string>;
    footnotes: boolean;
    /** Word's name for it. */
    language: string;
    revisions: Revisions | null;
    /** Files of pictures by their SHA-256. */
    images: ReadonlyMap<string, Uint8Array>;
  },
): Uint8Array {
  const parts = new Map<string, string>();
  for (const [name, bytes] of Object.entries(unzipSync(packed))) {
    // The library always writes a part for notes.
    if (name === 'word/footnotes.xml' && !properties.footnotes) continue;
    if (ALLOWED_PARTS.test(name)) parts.set(name, strFromU8(bytes));
  }
  parts.set('docProps/core.xml', coreProperties(properties.title, properties.language));
  parts.set(
    'docProps/app.xml',
    `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
  );
  for (const [name, xml] of parts)
    if (name.startsWith('word/') && !name.endsWith('.rels')) parts.set(name, nameEmptyLooks(stripRevisionIds(xml)));
  renumberRelationships(parts, '_rels/.rels', '', undefined);
  renumberRelationships(parts, 'word/_rels/document.xml.rels', 'word/', 'word/document.xml');
  edit(parts, 'word/document.xml', renumberBookmarks);
  edit(parts, 'word/document.xml', renumberPictures);
  edit(parts, 'word/styles.xml', (xml) => keepStyles(xml, properties.styles));
  edit(parts, 'word/settings.xml', (xml) =>
    xml
      .replace('<w:displayBackgroundShape/>', '')
      .replace('</w:compat>', `</w:compat><w:themeFontLang w:val="${properties.language}"/>`),
  );
  edit(parts, 'word/numbering.xml', canonicalNumbering);
  if (properties.footnotes) {
    edit(parts, 'word/footnotes.xml', cleanSeparators);
    edit(parts, 'word/settings.xml', (xml) => xml.replace('<w:compat>', `${SEPARATORS}<w:compat>`));
  }
  parts.set('[Content_Types].xml', contentTypes([...parts.keys()]));
  const bytes = zipFixed(parts, properties.images);
  assertClean(bytes, properties.revisions);
  return bytes;
}

// The library counts pictures for the whole process.
function renumberPictures(xml: string): string {
  let id = 0;
  return xml.replace(/(<wp:docPr id=")\d+"/g, (_, start: string) => {
    id += 1;
    return `${start}${id}"`;
  });
}

function edit(parts: Map<string, string>, name: string, change: (xml: string) => string): void {
  const xml = parts.get(name);
  if (xml === undefined) throw new Error(`part missing: ${name}`);
  parts.set(name, change(xml));
}

function coreProperties(title: string, language: string): string {
  return (
    `${XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
    `${title === '' ? '' : `<dc:title>${escapeXml(title)}</dc:title>`}<dc:language>${language}</dc:language></cp:coreProperties>`
  );
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** As the docx library writes the value of an attribute. */
function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/"/g, '&quot;').replace(/'/g, '&apos;');
}

function stripRevisionIds(xml: string): string {
  return xml
    .replace(/<w:rsids>.*?<\/w:rsids>/gs, '')
    .replace(/\sw:rsid\w*="[^"]*"/g, '')
    .replace(/\sw14:(paraId|textId)="[^"]*"/g, '');
}

// The library draws relationship ids of links and images at random: count them anew, by type and target.
function renumberRelationships(
  parts: Map<string, string>,
  relsName: string,
  base: string,
  owner: string | undefined,
): void {
  edit(parts, relsName, (xml) => {
    const kept = [...xml.matchAll(/<Relationship [^>]*>/g)]
      .map(([element]) => ({
        id: attribute(element, 'Id'),
        type: attribute(element, 'Type'),
        target: attribute(element, 'Target'),
        external: element.includes('TargetMode="External"'),
      }))
      .filter(({ target, external }) => !external && parts.has(base + target))
      .sort((a, b) => compare(a.type, b.type) || compare(a.target, b.target));
    const renamed = new Map(kept.map(({ id }, index) => [id, `rId${index + 1}`]));
    if (owner !== undefined) {
      edit(parts, owner, (text) =>
        text.replace(/ r:(id|embed|link)="([^"]*)"/g, (_, name: string, id: string) => {
          const next = renamed.get(id);
          if (next === undefined) throw new Error('a relationship points to a part that is not allowed');
          return ` r:${name}="${next}"`;
        }),
      );
    }
    return (
      `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
      `${kept.map(({ type, target }, index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`
    );
  });
}

// Bookmark ids come from a counter of the whole process: a second export would differ from the first.
function renumberBookmarks(xml: string): string {
  const ids = new Map<string, string>();
  return xml.replace(/<w:bookmark(?:Start|End)\b[^>]*>/g, (element) =>
    element.replace(/ w:id="([^"]*)"/, (_, id: string) => {
      const next = ids.get(id) ?? String(ids.size);
      ids.set(id, next);
      return ` w:id="${next}"`;
    }),
  );
}

// The library adds two dozen styles nobody uses, some based on a style it never defines.
function keepStyles(xml: string, kept: ReadonlySet<string>): string {
  return xml.replace(/<w:style .*?<\/w:style>/gs, (style) =>
    kept.has(attribute(style, 'w:styleId'))
      ? style.replace(/<w:(?:basedOn|link) w:val="([^"]*)"\/>/g, (element, id: string) => (kept.has(id) ? element : ''))
      : '',
  );
}

// Words that had no look of their own before: the library leaves out what must then stand there empty.
function nameEmptyLooks(xml: string): string {
  return xml.replace(/<w:rPrChange ([^>]*)\/>/g, '<w:rPrChange $1><w:rPr/></w:rPrChange>');
}

const SEPARATORS = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>';

// The library puts the mark of a note into the lines that part the notes from the text as well.
function cleanSeparators(xml: string): string {
  return xml.replace(/<w:footnote w:type="[^"]*".*?<\/w:footnote>/gs, (line) =>
    line.replace(/<w:r>(?:(?!<\/w:r>).)*<w:footnoteRef\/><\/w:r>/gs, ''),
  );
}

// Heading levels that Word shall treat as one outline must not be "hybrid", nor be marked as tentative.
function canonicalNumbering(xml: string): string {
  return xml
    .replace(/ w:tentative="1"/g, '')
    .replace(/<w:multiLevelType w:val="hybridMultilevel"\/>/g, '<w:multiLevelType w:val="multilevel"/>')
    .replace(/<w:(nsid|tmpl) w:val="[^"]*"\/>/g, '');
}

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.';
const CONTENT_TYPE: readonly (readonly [RegExp, string])[] = [
  [/^docProps\/core\.xml$/, 'application/vnd.openxmlformats-package.core-properties+xml'],
  [/^docProps\/app\.xml$/, 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  [/^word\/document\.xml$/, `${MAIN}document.main+xml`],
  [/^word\/(footnotes|styles|numbering|settings|fontTable)\.xml$/, `${MAIN}$1+xml`],
  [/^word\/(header|footer)\d\.xml$/, `${MAIN}$1+xml`],
  [/^word\/theme\/theme1\.xml$/, 'application/vnd.openxmlformats-officedocument.theme+xml'],
];

const PICTURE_TYPES =
  '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>';

function contentTypes(names: string[]): string {
  const overrides = names
    .sort(compare)
    .flatMap((name) =>
      CONTENT_TYPE.filter(([pattern]) => pattern.test(name)).map(
        ([pattern, type]) =>
          `<Override PartName="/${name}" ContentType="${type.replace('$1', pattern.exec(name)?.[1] ?? '')}"/>`,
      ),
    );
  return (
    `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
    `${names.some((name) => PICTURE.test(name)) ? PICTURE_TYPES : ''}${overrides.join('')}</Types>`
  );
}

function contentOf(name: string, part: string, images: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if (!PICTURE.test(name)) return strToU8(part);
  const file = images.get(part);
  if (!file) throw new Error('a picture without its file');
  return file;
}

const DOS_EPOCH_DATE = 0x0021; // 1 January 1980
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;

/** Sorted entries ([Content_Types].xml first, as readers of streams expect), each dated 1980-01-01 00:00. */
function zipFixed(parts: ReadonlyMap<string, string>, images: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...parts.keys()].sort(
    (a, b) => Number(b.startsWith('[')) - Number(a.startsWith('[')) || compare(a, b),
  );
  const files = Object.fromEntries(names.map((name) => [name, contentOf(name, parts.get(name) as string, images)]));
  const bytes = zipSync(files, { level: 9, mtime: 946_771_200_000 });
  // fflate writes the time in the computer's time zone: overwrite it in both headers of each entry.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_RECORD_BYTES;
  if (view.getUint32(end, true) !== END_RECORD) throw new Error('zip without end record');
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < view.getUint16(end + 10, true); entry += 1) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(at, true) !== CENTRAL_HEADER || view.getUint32(local, true) !== LOCAL_HEADER)
      throw new Error('zip headers out of place');
    for (const stamp of [at + 12, local + 10]) {
      view.setUint16(stamp, 0, true);
      view.setUint16(stamp + 2, DOS_EPOCH_DATE, true);
    }
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}

const FORBIDDEN = /\sw:rsid\w*="|TargetMode="External"|<(dcterms:|dc:creator|cp:lastModifiedBy|w:comment|w15?:person)/;
const CHANGE = /^<w:(ins|del|moveFrom|moveTo|moveFromRangeStart|moveToRangeStart|rPrChange|pPrChange) /;

// [FI33] [FI93] Marks of change are in a redline alone, all of them by the one name that it may carry.
function assertClean(bytes: Uint8Array, revisions: Revisions | null): void {
  const ofAuthor = revisions && ` w:author="${escapeAttribute(revisions.author)}" w:date="${revisions.date}"`;
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    if (!ALLOWED_PARTS.test(name)) throw new Error(`part not allowed: ${name}`);
    if (PICTURE.test(name)) continue;
    const xml = strFromU8(content);
    // Tags only: the words of the letter may say "author".
    for (const [tag] of xml.matchAll(/<[^>]+>/g)) {
      const marks = /\sw:(author|date)="|^<w:(ins|del|move\w+|\w+Change)\b/.test(tag);
      const allowed = !marks || /RangeEnd /.test(tag) || (ofAuthor && CHANGE.test(tag) && tag.includes(ofAuthor));
      if (!allowed || FORBIDDEN.test(tag)) throw new Error(`mark not allowed in ${name}`);
    }
  }
}

function attribute(element: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
