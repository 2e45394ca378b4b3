import type { LexicalEditor } from 'lexical';
import type { BlockTexts } from '../search/BlockTexts.ts';
import { rangeOfPlace } from '../search/rangeOfPlace.ts';
import { visibleBlocks } from '../spelling/visibleBlocks.ts';
import { paintHighlight } from './paintHighlight.ts';

const DELAY_MS = 150;

/** Shows the no-break spaces on the screen faintly, while a person wants to see them. */
export class NoBreakSpaces {
  private readonly editor: LexicalEditor;
  private readonly blocks: BlockTexts;
  private readonly stops: (() => void)[] = [];
  private on = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: LexicalEditor, blocks: BlockTexts) {
    this.editor = editor;
    this.blocks = blocks;
    const schedule = (): void => this.schedule();
    const scroller = editor.getRootElement()?.closest('.page-scroll');
    scroller?.addEventListener('scroll', schedule, { passive: true });
    this.stops.push(blocks.subscribe(schedule), () => scroller?.removeEventListener('scroll', schedule));
  }

  setOn(on: boolean): void {
    this.on = on;
    if (on) this.schedule();
    else paintHighlight('no-break-space', []);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
    paintHighlight('no-break-space', []);
  }

  private schedule(): void {
    if (!this.on) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.paint(), DELAY_MS);
  }

  private paint(): void {
    const ranges = visibleBlocks(this.editor, this.blocks.get()).flatMap((block) =>
      [...block.text.matchAll(/\u00a0/g)].flatMap(({ index }) => {
        const range = rangeOfPlace(this.editor, block, index, index + 1);
        return range ? [new StaticRange(range)] : [];
      }),
    );
    paintHighlight('no-break-space', ranges);
  }
}
