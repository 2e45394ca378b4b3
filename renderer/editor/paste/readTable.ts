import { readDeclarations } from './readLook.ts';

const LENGTH = /^(\d+(?:\.\d+)?)(px|pt|in|cm|mm|em|%)?$/;
/** What a browser takes at most. */
const MOST_ROWS = 65_534;
const MOST_COLUMNS = 1_000;

/** A table of one column is a frame around blocks, and one that holds others or headings is the layout of a page. */
export function isTableOfCells(table: Element): boolean {
  return (
    !/^(presentation|none)$/i.test(table.getAttribute('role') ?? '') &&
    table.querySelector('table, h1, h2, h3, h4, h5, h6') === null &&
    table.querySelector('td + td, td + th, th + td, th + th') !== null
  );
}

export function isHeadRow(row: Element): boolean {
  if (row.parentElement?.tagName.toLowerCase() === 'thead') return true;
  const cells = [...row.children];
  return cells.length > 0 && cells.every(({ tagName }) => tagName.toLowerCase() === 'th');
}

/** How many columns or rows a cell takes. A `rowspan` of 0 means all that follow. */
export function readSpan(cell: Element, name: 'colspan' | 'rowspan' | 'span'): number {
  const most = name === 'rowspan' ? MOST_ROWS : MOST_COLUMNS;
  const span = /^\s*\d+/.exec(cell.getAttribute(name) ?? '1');
  const value = span ? Number(span[0]) : 1;
  return value === 0 ? (name === 'rowspan' ? most : 1) : Math.min(value, most);
}

/** Of its columns, in one unit; null unless all of them have one. */
export function readWidths(table: Element): number[] | null {
  const columns = [...table.children].flatMap((child) => {
    const tag = child.tagName.toLowerCase();
    return tag === 'col' ? [child] : tag === 'colgroup' ? [...child.children] : [];
  });
  const measured = columns.length > 0 ? columns : [...(table.querySelector('tr')?.children ?? [])];
  const widths: number[] = [];
  const units = new Set<string>();
  for (const element of measured.slice(0, MOST_COLUMNS)) {
    const given = readDeclarations(element).get('width') ?? element.getAttribute('width') ?? '';
    const [, value, unit = 'px'] = LENGTH.exec(given.trim().toLowerCase()) ?? [];
    const [share, times] = [readSpan(element, 'colspan'), readSpan(element, 'span')];
    if (value === undefined || Number(value) <= 0 || share * times + widths.length > MOST_COLUMNS) return null;
    units.add(unit);
    for (let each = 0; each < share * times; each++) widths.push(Number(value) / share);
  }
  return units.size === 1 ? widths : null;
}
