import { FORMAT } from '../../../shared/domain/document.ts';

/** How the words inside an element look and behave. */
export interface Look {
  format: number;
  smallCaps: boolean;
  href: string;
  /** Spaces and line ends count as they are. */
  preformatted: boolean;
}

const TAG_FORMAT: Readonly<Record<string, number>> = {
  b: FORMAT.bold,
  strong: FORMAT.bold,
  i: FORMAT.italic,
  em: FORMAT.italic,
  cite: FORMAT.italic,
  dfn: FORMAT.italic,
  var: FORMAT.italic,
  u: FORMAT.underline,
  ins: 0,
  s: FORMAT.strikethrough,
  strike: FORMAT.strikethrough,
  del: FORMAT.strikethrough,
  sub: FORMAT.subscript,
  sup: FORMAT.superscript,
};
const SCRIPTS = FORMAT.subscript | FORMAT.superscript;

/** The declarations of a style attribute that say something here, by name; the last one of a name counts. */
export function readDeclarations(element: Element): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const style = element.getAttribute('data-style');
  if (!style || style.length > 20_000) return found;
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon > 0)
      found.set(
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration
          .slice(colon + 1)
          .replace(/!\s*important/i, '')
          .trim()
          .toLowerCase(),
      );
  }
  return found;
}

/** The look inside an element, from that around it. Colors, sizes and fonts play no part. */
export function readLook(tag: string, style: ReadonlyMap<string, string>, around: Look): Look {
  let { format, smallCaps, preformatted } = around;
  const own = TAG_FORMAT[tag];
  if (own !== undefined) format = (own & SCRIPTS ? format & ~SCRIPTS : format) | own;
  if (tag === 'pre' || tag === 'textarea') preformatted = true;

  const weight = style.get('font-weight');
  if (weight !== undefined) {
    const bold = weight.startsWith('bold') || Number.parseInt(weight, 10) >= 600;
    if (bold) format |= FORMAT.bold;
    else if (weight !== 'inherit') format &= ~FORMAT.bold;
  }
  const slant = style.get('font-style');
  if (slant === 'italic' || slant?.startsWith('oblique')) format |= FORMAT.italic;
  else if (slant === 'normal') format &= ~FORMAT.italic;
  // A line through or under the words cannot be taken away by what lies inside.
  const line = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`;
  if (line.includes('underline')) format |= FORMAT.underline;
  if (line.includes('line-through')) format |= FORMAT.strikethrough;
  const raised = style.get('vertical-align');
  if (raised === 'super' || raised === 'sub')
    format = (format & ~SCRIPTS) | (raised === 'super' ? FORMAT.superscript : FORMAT.subscript);
  const variant = style.get('font-variant') ?? style.get('font-variant-caps');
  if (variant?.includes('small-caps')) smallCaps = true;
  else if (variant === 'normal') smallCaps = false;
  const space = style.get('white-space') ?? style.get('white-space-collapse');
  if (space !== undefined) preformatted = /^(pre|break-spaces|preserve)/.test(space) && space !== 'pre-line';
  return { ...around, format, smallCaps, preformatted };
}
