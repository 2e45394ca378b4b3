/** More notes than this in one paste are left where they stand. */
const MAX_NOTES = 5_000;
/** Around one note in the lists of notes that programs write. */
const NOTE_BOX = 'div, li, p, dd, td, aside';

/**
 * Puts the text of each footnote in square brackets at the place of its reference, and takes the list of notes away.
 * A note is what an anchor leads to that leads back to the anchor, as in Word (`_ftn1`), LibreOffice (`sdfootnote1sym`),
 * Google Docs (`ftnt1`) and Wikipedia (`cite_note-1`). The one place to change when notes become footnotes of ours.
 */
export function placeFootnotes(page: Document): void {
  const references = [...page.querySelectorAll('a[href*="#"]')].slice(0, MAX_NOTES * 2);
  const boxes = readBoxes(page);
  const seen = new Set<Element>();
  for (const reference of references) {
    const target = fragmentOf(reference);
    const own = nameOf(reference);
    const goal = target && own ? boxes.get(target) : undefined;
    if (!goal || goal === reference || seen.has(reference)) continue;
    const box = boxAround(goal);
    if (!box || box.contains(reference) || seen.has(box) || !follows(box, reference)) continue;
    const back = [...box.querySelectorAll('a[href*="#"]')].find((anchor) => fragmentOf(anchor) === own);
    if (!back) continue;
    seen.add(box).add(back);
    (back.closest('sup') ?? back).remove();
    const place = reference.closest('sup') ?? reference;
    place.replaceWith(buildNote(page, box));
    box.remove();
  }
  for (const list of page.querySelectorAll('[data-style*="footnote-list"], [data-style*="endnote-list"]'))
    if ((list.textContent ?? '').trim() === '') list.remove();
}

/** The words of a note with their formats, its paragraphs behind one another. */
function buildNote(page: Document, box: Element): Element {
  const note = page.createElement('span');
  note.append(' [');
  const paragraphs = [...box.querySelectorAll('p')];
  for (const paragraph of paragraphs.length > 0 ? paragraphs : [box]) {
    if (note.childNodes.length > 1) note.append(' ');
    trimStart(paragraph);
    while (paragraph.firstChild) note.append(paragraph.firstChild);
  }
  trimEnd(note);
  note.append(']');
  return note;
}

function trimStart(element: Node): void {
  let at: Node | null = element;
  while (at?.firstChild) {
    at = at.firstChild;
    if (at.nodeType === 3) break;
  }
  if (at?.nodeType === 3) at.nodeValue = (at.nodeValue ?? '').replace(/^[\s\u00a0.]+/, '');
}

function trimEnd(element: Node): void {
  let at: Node | null = element;
  while (at?.lastChild) {
    at = at.lastChild;
    if (at.nodeType === 3) break;
  }
  if (at?.nodeType === 3) at.nodeValue = (at.nodeValue ?? '').replace(/[\s\u00a0]+$/, '');
}

/** Every element that an address within the page can lead to, by its name. */
function readBoxes(page: Document): Map<string, Element> {
  const boxes = new Map<string, Element>();
  for (const element of page.querySelectorAll('[id], a[name]')) {
    for (const name of [element.getAttribute('id'), element.getAttribute('name')])
      if (name && !boxes.has(name)) boxes.set(name, element);
  }
  return boxes;
}

function fragmentOf(anchor: Element): string {
  const address = anchor.getAttribute('href') ?? '';
  return address.slice(address.indexOf('#') + 1);
}

/** The name that leads to a reference: its own, or that of the raised box around it. */
function nameOf(reference: Element): string {
  return (
    reference.getAttribute('name') || reference.getAttribute('id') || reference.closest('sup')?.getAttribute('id') || ''
  );
}

/** The outermost box that holds this note alone. */
function boxAround(goal: Element): Element | null {
  const box = goal.closest(NOTE_BOX);
  const outer = box?.tagName === 'P' ? box.parentElement : null;
  return outer && /^(s?d?(foot|end)note|_?(f|e)d?n)/i.test(outer.id) ? outer : box;
}

function follows(later: Element, earlier: Element): boolean {
  return (earlier.compareDocumentPosition(later) & 4) !== 0;
}
