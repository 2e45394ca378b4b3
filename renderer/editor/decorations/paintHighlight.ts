/** Names of the highlights that editor.css colors. They lie on the page, never in the document. */
export type HighlightName = 'find' | 'find-current' | 'spelling' | 'spelling-notes' | 'no-break-space';

/** Paints these places and no others under the name. */
export function paintHighlight(name: HighlightName, ranges: readonly AbstractRange[]): void {
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = name === 'find-current' ? 2 : name === 'find' ? 1 : 0;
  CSS.highlights.set(name, highlight);
}
