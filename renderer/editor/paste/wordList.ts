/** Where Word puts spaces between a list's marker and its words. */
const MARKER_SPACE = /font:\s*7(\.0)?pt/i;

/**
 * The marker of a list item as Word writes it into a paragraph, which is not an element of a list there; null for no
 * item. The marker of a pasted web view is taken out of the paragraph; that of Word itself says `mso-list:Ignore`.
 */
export function takeListMarker(paragraph: Element, style: ReadonlyMap<string, string>): string | null {
  const list = style.get('mso-list');
  if (list === undefined || list === 'none' || !/\blevel\d/.test(list)) {
    return /\bMsoList/.test(paragraph.className) ? takeWrittenMarker(paragraph) : null;
  }
  for (const span of paragraph.querySelectorAll('span')) {
    if (/mso-list:\s*ignore/i.test(span.getAttribute('data-style') ?? '')) return span.textContent ?? '';
  }
  return takeWrittenMarker(paragraph) ?? '';
}

/** True for `1.`, `(a)`, `iv)`; false for bullets of any font. */
export function isOrdered(marker: string): boolean {
  return /^[\s\u00a0]*\(?[\p{L}\p{N}]{1,8}([.)]|\.\d)/u.test(marker);
}

function takeWrittenMarker(paragraph: Element): string | null {
  const space = [...paragraph.querySelectorAll('span')].find((span) =>
    MARKER_SPACE.test(span.getAttribute('data-style') ?? ''),
  );
  if (!space) return null;
  const written: Node[] = [];
  const collect = (node: Node): boolean => {
    if (node === space) return true;
    if (node.nodeType === 3) written.push(node);
    for (let child = node.firstChild; child; child = child.nextSibling) if (collect(child)) return true;
    return false;
  };
  collect(paragraph);
  const marker = written.map((node) => node.nodeValue ?? '').join('');
  if (marker.trim().length > 12) return null;
  for (const node of written) node.nodeValue = '';
  space.remove();
  return marker;
}
