import type { LexicalEditor } from 'lexical';
import type { BlockText } from '../search/BlockTexts.ts';

/** The blocks on the screen, found by halving: reading the place of every block would lay out the whole page. */
export function visibleBlocks(editor: LexicalEditor, blocks: readonly BlockText[]): readonly BlockText[] {
  const scroller = editor.getRootElement()?.closest('.page-scroll');
  if (!scroller || blocks.length === 0) return [];
  const frame = scroller.getBoundingClientRect();
  const isAbove = (position: number): boolean => {
    const element = editor.getElementByKey(blocks[position]?.key ?? '');
    return element !== null && element.getBoundingClientRect().bottom < frame.top;
  };
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAbove(middle)) low = middle + 1;
    else high = middle;
  }
  const shown: BlockText[] = [];
  for (let position = low; position < blocks.length; position++) {
    const block = blocks[position];
    const element = block && editor.getElementByKey(block.key);
    if (!block || (element && element.getBoundingClientRect().top > frame.bottom)) break;
    shown.push(block);
  }
  return shown;
}
