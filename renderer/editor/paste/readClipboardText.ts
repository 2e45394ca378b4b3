import { cleanCharacters } from './cleanCharacters.ts';
import { type PastedBlock, type PastedContent, type PastedInline, type PasteLimits, PasteTooLarge } from './Pasted.ts';
import { joinWrappedLines } from './wrappedLines.ts';

/** Plain text: each line that is not blank is a paragraph; lines of a PDF are joined. Yields now and then, so that a window can go on meanwhile. */
export function* readClipboardText(text: string, limits: PasteLimits): Generator<void, PastedContent> {
  if (text.length > limits.textCharacters) throw new PasteTooLarge();
  const blocks: PastedBlock[] = [];
  for (const line of joinWrappedLines(cleanCharacters(text).split('\n'))) {
    if (line.trim() === '') continue;
    if (blocks.length >= limits.blocks) throw new PasteTooLarge();
    blocks.push({ style: 'plain', direction: null, inlines: readLine(line) });
    if (blocks.length % 500 === 0) yield;
  }
  return { blocks, largeTables: 0, pictures: 0, refusedLinks: 0, deletions: 0 };
}

function readLine(line: string): PastedInline[] {
  const inlines: PastedInline[] = [];
  line
    .trimEnd()
    .split('\t')
    .forEach((text, position) => {
      if (position > 0) inlines.push({ kind: 'tab' });
      if (text !== '') inlines.push({ kind: 'text', text, format: 0, smallCaps: false, href: '' });
    });
  return inlines;
}
