import { readEvents, readParts } from './wordPackage.ts';

/** What the Open XML validator does not see, and what a filing of ours must not hold. */
export const INTEGRITY_CODES = [
  'not-a-package',
  'part-missing',
  'xml-broken',
  'bookmark-duplicate-name',
  'bookmark-duplicate-id',
  'bookmark-name-too-long',
  'bookmark-unclosed',
  'field-unclosed',
  'cell-without-paragraph',
  'row-without-cells',
  'style-undefined',
  'numbering-undefined',
  'text-in-deletion',
  'reference-without-bookmark',
  'reference-stale',
  'revision-duplicate-id',
  'reply-without-comment',
  'comment-missing',
  'relationship-undefined',
  'relationship-target-missing',
  'relationship-external',
  'rsid',
  'author',
  'date',
  'custom-properties',
  'hidden-text',
  'page-not-letter',
] as const;
export type IntegrityCode = (typeof INTEGRITY_CODES)[number];
export interface IntegrityError {
  code: IntegrityCode;
  part: string;
  detail: string;
}

const REVISIONS = new Set([
  'w:ins',
  'w:del',
  'w:moveFrom',
  'w:moveTo',
  'w:rPrChange',
  'w:pPrChange',
  'w:tblPrChange',
  'w:sectPrChange',
  'w:cellIns',
  'w:cellDel',
]);
const RANGES = new Set(['w:moveFromRangeStart', 'w:moveToRangeStart']);
const STYLE_TAGS = new Set(['w:pStyle', 'w:rStyle', 'w:tblStyle', 'w:basedOn', 'w:next', 'w:link']);

/**
 * Every integrity error of a .docx, in order of parts; empty for a good one. Never throws on bad bytes. A `redline` may
 * name who marked its changes and when, on the marks alone.
 */
export function findIntegrityErrors(bytes: Uint8Array, { redline = false } = {}): IntegrityError[] {
  let parts: Map<string, string>;
  try {
    parts = readParts(bytes);
  } catch {
    return [{ code: 'not-a-package', part: '', detail: 'not a zip file' }];
  }
  const inspection = new Inspection(parts, redline);
  for (const name of ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml']) {
    if (!parts.has(name)) inspection.report('part-missing', name, name);
  }
  for (const [name, xml] of parts) {
    if (xml === '') continue;
    try {
      if (name.endsWith('.rels')) inspection.readRelationships(name, xml);
      else if (name.startsWith('word/') || name.startsWith('docProps/')) inspection.readPart(name, xml);
    } catch (error) {
      inspection.report('xml-broken', name, error instanceof Error ? error.message : '');
    }
  }
  inspection.resolve();
  return inspection.errors;
}

/** What was declared and what was used; the two are compared once all parts are read. */
class Inspection {
  readonly errors: IntegrityError[] = [];
  private readonly parts: ReadonlyMap<string, string>;
  /** Name to the words inside. */
  private readonly bookmarks = new Map<string, string>();
  private readonly bookmarkIds = new Set<string>();
  private readonly styles = new Set<string>();
  private readonly abstractLevels = new Map<string, Set<string>>();
  private readonly numberings = new Map<string, string>();
  private readonly revisionIds = new Set<string>();
  private readonly comments = new Set<string>();
  private readonly commentParagraphs = new Set<string>();
  private readonly relationships = new Map<string, Set<string>>();
  private readonly uses: { code: IntegrityCode; part: string; detail: string; known: () => boolean }[] = [];

  private readonly redline: boolean;

  constructor(parts: ReadonlyMap<string, string>, redline: boolean) {
    this.parts = parts;
    this.redline = redline;
  }

  report(code: IntegrityCode, part: string, detail: string): void {
    this.errors.push({ code, part, detail });
  }

  private require(code: IntegrityCode, part: string, detail: string, known: () => boolean): void {
    this.uses.push({ code, part, detail, known });
  }

  resolve(): void {
    for (const { code, part, detail, known } of this.uses) if (!known()) this.report(code, part, detail);
  }

  readRelationships(name: string, xml: string): void {
    const owner = name.replace(/_rels\/([^/]*)\.rels$/, '$1');
    const base = owner.slice(0, owner.lastIndexOf('/') + 1);
    const ids = new Set<string>();
    this.relationships.set(owner, ids);
    for (const event of readEvents(xml)) {
      if (event.kind !== 'open' || event.name !== 'Relationship') continue;
      const { Id = '', Target = '', TargetMode = '', Type = '' } = event.attributes;
      ids.add(Id);
      if (TargetMode === 'External') this.report('relationship-external', name, Target);
      else if (!this.parts.has(Target.startsWith('/') ? Target.slice(1) : base + Target))
        this.report('relationship-target-missing', name, Target);
      if (/custom-properties|people|customXml/.test(Type)) this.report('custom-properties', name, Target);
    }
  }

  readPart(part: string, xml: string): void {
    const path: string[] = [];
    const openBookmarks = new Map<string, string>();
    const children: { paragraphs: number; cells: number }[] = [];
    let fieldDepth = 0;
    let instruction = '';
    let result: string | null = null;
    let numbering = '';
    let level = '0';
    let abstract = '';
    for (const event of readEvents(xml)) {
      if (event.kind === 'text') {
        const parent = path.at(-1);
        if (parent === 'w:instrText') instruction += event.text;
        if (parent === 'w:t') {
          if (result !== null) result += event.text;
          for (const name of openBookmarks.values()) this.bookmarks.set(name, this.bookmarks.get(name) + event.text);
        }
        if (event.text.trim() !== '' && /^(dc:creator|cp:lastModifiedBy|Company|Manager)$/.test(parent ?? ''))
          this.report('author', part, parent ?? '');
        if (/^(dcterms:created|dcterms:modified|cp:lastPrinted|TotalTime)$/.test(parent ?? ''))
          this.report('date', part, parent ?? '');
        continue;
      }
      const { name } = event;
      if (event.kind === 'close') {
        path.pop();
        if (name === 'w:tc' && children.pop()?.paragraphs === 0) this.report('cell-without-paragraph', part, '');
        if (name === 'w:tr' && children.pop()?.cells === 0) this.report('row-without-cells', part, '');
        continue;
      }
      const value = event.attributes['w:val'] ?? '';
      this.readAttributes(part, name, event.attributes);
      if (name === 'w:p' && path.at(-1) === 'w:tc') (children.at(-1) as { paragraphs: number }).paragraphs += 1;
      if (name === 'w:tc' && children.length > 0) (children.at(-1) as { cells: number }).cells += 1;
      if (name === 'w:tc' || name === 'w:tr') children.push({ paragraphs: 0, cells: 0 });
      if (name === 'w:t' && (path.includes('w:del') || path.includes('w:moveFrom')))
        this.report('text-in-deletion', part, '');
      if (name === 'w:bookmarkStart') this.readBookmark(part, event.attributes, openBookmarks);
      if (name === 'w:bookmarkEnd' && !openBookmarks.delete(event.attributes['w:id'] ?? ''))
        this.report('bookmark-unclosed', part, 'end without start');
      if (name === 'w:fldChar') {
        const type = event.attributes['w:fldCharType'];
        if (type === 'begin') {
          fieldDepth += 1;
          instruction = '';
        } else if (fieldDepth === 0) this.report('field-unclosed', part, `${type} without begin`);
        else if (type === 'separate') {
          this.readInstruction(part, instruction);
          result = '';
        } else {
          this.readResult(part, instruction, result);
          result = null;
          fieldDepth -= 1;
        }
      }
      if (name === 'w:fldSimple') this.readInstruction(part, event.attributes['w:instr'] ?? '');
      if (STYLE_TAGS.has(name)) this.require('style-undefined', part, value, () => this.styles.has(value));
      if (name === 'w:style') this.styles.add(event.attributes['w:styleId'] ?? '');
      if (name === 'w:abstractNum') {
        abstract = event.attributes['w:abstractNumId'] ?? '';
        this.abstractLevels.set(abstract, new Set());
      }
      if (name === 'w:lvl') this.abstractLevels.get(abstract)?.add(event.attributes['w:ilvl'] ?? '');
      if (name === 'w:num') numbering = event.attributes['w:numId'] ?? '';
      if (name === 'w:abstractNumId' && path.at(-1) === 'w:num') this.numberings.set(numbering, value);
      if (name === 'w:numPr') level = '0';
      if (name === 'w:ilvl') level = value;
      if (name === 'w:numId' && value !== '0') {
        const wanted = level;
        this.require(
          'numbering-undefined',
          part,
          `list ${value} level ${wanted}`,
          () => this.abstractLevels.get(this.numberings.get(value) ?? '')?.has(wanted) === true,
        );
      }
      if (name === 'w:pgSz' && (event.attributes['w:w'] !== '12240' || event.attributes['w:h'] !== '15840'))
        this.report('page-not-letter', part, `${event.attributes['w:w']} x ${event.attributes['w:h']}`);
      if (name === 'w:vanish' || name === 'w:webHidden') this.report('hidden-text', part, name);
      if (name === 'w:rsids' || name === 'w:rsid' || name === 'w:rsidRoot') this.report('rsid', part, name);
      path.push(name);
    }
    for (const bookmark of openBookmarks.values()) this.report('bookmark-unclosed', part, bookmark);
    if (fieldDepth > 0) this.report('field-unclosed', part, 'begin without end');
  }

  private readAttributes(part: string, name: string, attributes: Readonly<Record<string, string>>): void {
    const isMark = this.redline && (REVISIONS.has(name) || RANGES.has(name));
    for (const [key, value] of Object.entries(attributes)) {
      if (isMark && (key === 'w:author' || key === 'w:date')) continue;
      if (key.startsWith('w:rsid')) this.report('rsid', part, key);
      if ((key === 'w:author' || key === 'w:initials') && value !== '') this.report('author', part, name);
      if (key === 'w:date') this.report('date', part, name);
      if (/^r:(id|embed|link)$/.test(key))
        this.require('relationship-undefined', part, value, () => this.relationships.get(part)?.has(value) === true);
    }
    if (REVISIONS.has(name)) {
      const id = attributes['w:id'] ?? '';
      if (this.revisionIds.has(id)) this.report('revision-duplicate-id', part, id);
      this.revisionIds.add(id);
    }
    if (name === 'w:hyperlink' && attributes['w:anchor'] !== undefined)
      this.requireBookmark(part, attributes['w:anchor']);
    if (name === 'w:comment') this.comments.add(attributes['w:id'] ?? '');
    if (name === 'w:p' && part.endsWith('/comments.xml')) this.commentParagraphs.add(attributes['w14:paraId'] ?? '');
    if (name === 'w:commentReference')
      this.require('comment-missing', part, attributes['w:id'] ?? '', () =>
        this.comments.has(attributes['w:id'] ?? ''),
      );
    const parent = attributes['w15:paraIdParent'];
    if (parent !== undefined)
      this.require('reply-without-comment', part, parent, () => this.commentParagraphs.has(parent));
  }

  private readBookmark(part: string, attributes: Readonly<Record<string, string>>, open: Map<string, string>): void {
    const { 'w:id': id = '', 'w:name': name = '' } = attributes;
    if (this.bookmarks.has(name)) this.report('bookmark-duplicate-name', part, name);
    if (this.bookmarkIds.has(id)) this.report('bookmark-duplicate-id', part, id);
    if (name.length > 40) this.report('bookmark-name-too-long', part, name);
    this.bookmarks.set(name, '');
    this.bookmarkIds.add(id);
    open.set(id, name);
  }

  private readInstruction(part: string, instruction: string): void {
    const target = /^\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)/.exec(instruction)?.[1];
    if (target !== undefined) this.requireBookmark(part, target);
  }

  // A REF that would change its words when Word updates fields; one that asks for a number or a position is not judged.
  private readResult(part: string, instruction: string, result: string | null): void {
    const target = /^\s*REF\s+(\S+)(?!.*\\[nrwp])/.exec(instruction)?.[1];
    if (target === undefined || result === null) return;
    this.require(
      'reference-stale',
      part,
      `${target} ${result}`,
      () => (this.bookmarks.get(target) ?? result) === result,
    );
  }

  private requireBookmark(part: string, name: string): void {
    this.require('reference-without-bookmark', part, name, () => this.bookmarks.has(name));
  }
}
