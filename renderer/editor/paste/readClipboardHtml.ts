import type { BlockStyle } from '../../../shared/domain/document.ts';
import { parseForeignHtml } from '../../ui/trustedTypes.ts';
import { BlockWriter } from './BlockWriter.ts';
import { cleanLink } from './cleanLink.ts';
import { type PastedContent, type PasteLimits, PasteTooLarge } from './Pasted.ts';
import { placeFootnotes } from './placeFootnotes.ts';
import { type Look, readDeclarations, readLook } from './readLook.ts';
import { isHeadRow, isTableOfCells, readSpan, readWidths } from './readTable.ts';
import { isOrdered, takeListMarker } from './wordList.ts';

/** Elements that bring nothing a complaint can hold, or would bring something nobody sees. */
const DROPPED = new Set(
  'head script style xmp link meta title template noscript iframe object embed svg math canvas video audio source track form-data input button select option textarea dialog xml map area'.split(
    ' ',
  ),
);
const PICTURES = new Set(['img', 'picture', 'v:imagedata', 'v:shape', 'v:rect']);
const BLOCKS = new Set(
  'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption'.split(
    ' ',
  ),
);
const HEADINGS: Readonly<Record<string, BlockStyle>> = { h1: 'h1', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4' };
const OUTLINE: Readonly<Record<string, BlockStyle>> = { '1': 'h1', '2': 'h2', '3': 'h3', '4': 'h4' };
/** Nodes read between two pauses. */
const STEP_NODES = 2_000;

/**
 * The page's policy refuses styles even in a document that is never shown, with a message for each: they wait under
 * names that mean nothing to a browser. `xmp` holds raw text as `style` does.
 */
function setStylesAside(html: string): string {
  return html
    .replace(/<(\/?)style\b/gi, '<$1xmp')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, '$1data-style'));
}

interface Around extends Look {
  style: BlockStyle;
  direction: 'rtl' | null;
  /** Of the item the words are in, while its first paragraph has not begun. */
  item: { style: BlockStyle; begun: boolean } | null;
}
type Task = { node: Node; around: Around } | { leave: () => void };

/**
 * What another program put on the clipboard as HTML, as blocks and marks of ours: headings, quotes, lists, formats,
 * links without their trackers; tables. Nothing of it runs, is fetched or is shown. Yields now and
 * then. Throws PasteTooLarge. `parse` gives the inert document.
 */
export function* readClipboardHtml(
  html: string,
  limits: PasteLimits,
  parse: (html: string) => Document = parseForeignHtml,
): Generator<void, PastedContent> {
  if (html.length > limits.htmlCharacters) throw new PasteTooLarge();
  const page = parse(setStylesAside(html));
  placeFootnotes(page);
  yield;
  const writer = new BlockWriter(limits);
  const lost = { pictures: 0, refusedLinks: 0, deletions: 0 };
  const start: Around = {
    format: 0,
    smallCaps: false,
    href: '',
    preformatted: false,
    style: 'plain',
    direction: null,
    item: null,
  };
  // By hand and not by recursion: a page may be nested deeper than any stack.
  const tasks: Task[] = page.body ? [{ node: page.body, around: start }] : [];
  for (let count = 1; tasks.length > 0; count++) {
    if (count % STEP_NODES === 0) yield;
    const task = tasks.pop() as Task;
    if ('leave' in task) {
      task.leave();
      continue;
    }
    const { node, around } = task;
    if (node.nextSibling && node !== page.body) tasks.push({ node: node.nextSibling, around });
    if (node.nodeType === 3) writer.text(node.nodeValue ?? '', around);
    else if (node.nodeType === 1) readElement(node as Element, around, { writer, tasks, lost });
  }
  writer.close();
  return { blocks: writer.blocks, largeTables: writer.largeTables, ...lost };
}

interface Reading {
  writer: BlockWriter;
  tasks: Task[];
  lost: { pictures: number; refusedLinks: number; deletions: number };
}

function readElement(element: Element, around: Around, { writer, tasks, lost }: Reading): void {
  const tag = element.tagName.toLowerCase();
  if (DROPPED.has(tag)) return;
  if (PICTURES.has(tag)) {
    if (tag !== 'v:shape' && !isDot(element)) lost.pictures++;
    return;
  }
  if (tag === 'br') {
    if (element.getAttribute('role') === 'presentation') writer.wrapLine();
    else if (element.className !== 'Apple-interchange-newline') writer.lineBreak();
    return;
  }
  const style = readDeclarations(element);
  if (isHidden(element, style)) return;
  if (isDeleted(element, tag)) {
    lost.deletions++;
    return;
  }
  if (style.get('mso-list') === 'ignore' || style.get('mso-element')?.startsWith('comment')) return;
  if (style.has('mso-tab-count')) {
    writer.tab();
    return;
  }
  const inside: Around = { ...around, ...readLook(tag, style, around) };
  if (tag === 'a') inside.href = readAddress(element, lost);
  if (style.get('mso-spacerun') === 'yes') {
    writer.text(' ', inside);
    return;
  }
  const direction = element.getAttribute('dir')?.toLowerCase();
  if (direction) inside.direction = direction === 'rtl' ? 'rtl' : null;
  if (tag === 'table' && !writer.inTable && isTableOfCells(element)) {
    Object.assign(inside, { style: 'plain', item: null });
    writer.openTable(readWidths(element));
    tasks.push({ leave: () => writer.closeTable() });
  } else if (tag === 'tr' && writer.inTable) writer.openRow(isHeadRow(element));
  else if ((tag === 'td' || tag === 'th') && writer.inTable) {
    writer.openCell(readSpan(element, 'colspan'), readSpan(element, 'rowspan'));
    openBlock(element, tag, style, inside, writer);
    tasks.push({ leave: () => writer.closeCell() });
  } else if (BLOCKS.has(tag)) {
    const { before } = { before: around };
    openBlock(element, tag, style, inside, writer);
    tasks.push({ leave: () => writer.open(before.item?.begun ? 'plain' : before.style, before.direction) });
  }
  if (element.firstChild) tasks.push({ node: element.firstChild, around: inside });
}

/** Begins the block that an element means, and notes in `inside` what that says of the words in it. */
function openBlock(
  element: Element,
  tag: string,
  style: ReadonlyMap<string, string>,
  inside: Around,
  writer: BlockWriter,
): void {
  const heading = HEADINGS[tag] ?? (tag === 'p' ? OUTLINE[style.get('mso-outline-level') ?? ''] : undefined);
  const marker = tag === 'p' || heading ? takeListMarker(element, style) : null;
  if (heading) inside.style = heading;
  else if (tag === 'blockquote' || /\bMso(Intense)?Quote\b/.test(element.className)) inside.style = 'quote';
  else if (tag === 'li') {
    const list = element.closest('ol, ul, menu, dir');
    inside.item = { style: list?.tagName.toLowerCase() === 'ol' ? 'ordered' : 'bullet', begun: false };
  } else if (marker !== null) inside.style = isOrdered(marker) ? 'ordered' : 'bullet';
  else if (inside.style === 'plain' || inside.style === 'centered' || inside.style === 'right') {
    const align = style.get('text-align') ?? element.getAttribute('align')?.toLowerCase();
    if (align === 'center' || tag === 'center' || /\bMsoTitle\b/.test(element.className)) inside.style = 'centered';
    else if ((align === 'right' || align === 'end') && inside.direction === null) inside.style = 'right';
    else if (align !== undefined) inside.style = 'plain';
  }
  const { item } = inside;
  if (item && !heading && !item.begun) {
    // Paragraphs inside an item are the item, as long as it has no words.
    writer.open(item.style, inside.direction);
    if (tag !== 'li' && tag !== 'ul' && tag !== 'ol') item.begun = true;
  } else writer.open(item && !heading && inside.style === 'plain' ? 'plain' : inside.style, inside.direction);
}

function readAddress(anchor: Element, lost: { refusedLinks: number }): string {
  const address = anchor.getAttribute('href')?.trim() ?? '';
  if (address === '' || address.startsWith('#')) return '';
  const cleaned = cleanLink(address);
  if (cleaned === null) lost.refusedLinks++;
  return cleaned ?? '';
}

function isHidden(element: Element, style: ReadonlyMap<string, string>): boolean {
  return (
    style.get('display') === 'none' ||
    style.get('visibility') === 'hidden' ||
    style.get('mso-hide') === 'all' ||
    element.hasAttribute('hidden')
  );
}

/** Words that somebody proposes to delete, as the program says by whom or when. A web page's `del` is shown there. */
function isDeleted(element: Element, tag: string): boolean {
  return tag === 'del' && ['datetime', 'cite', 'cdate', 'data-author'].some((name) => element.hasAttribute(name));
}

/** A picture of a dot only tells somebody that the page was read. */
function isDot(picture: Element): boolean {
  return ['width', 'height'].some((name) => Number(picture.getAttribute(name) ?? '9') <= 3);
}
