import {
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  type LexicalEditor,
  type NodeKey,
  type RangeSelection,
  REMOVE_TEXT_COMMAND,
  SKIP_DOM_SELECTION_TAG,
} from 'lexical';
import { $blockOf } from '../commands/formatCommands.ts';
import type { FoundPlace, Replacement, SearchRoot, SearchText } from '../FindApi.ts';
import { stateOf } from '../nodes/textState.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { $readBlockByKey, $readBlockText, type BlockText, type BlockTexts } from './BlockTexts.ts';
import { rangeOfPlace } from './rangeOfPlace.ts';
import { $selectPlace } from './selectPlace.ts';

/** The words of one Lexical editor as find sees them: the body, and any other editor that has BlockTexts. */
export class EditorSearchRoot implements SearchRoot {
  private readonly editor: LexicalEditor;
  private readonly blocks: BlockTexts;
  /** Ends the undo step before, so that what follows is one of its own. */
  private readonly closeUndoStep: () => void;
  private byKey: { list: readonly BlockText[]; map: ReadonlyMap<NodeKey, BlockText> } | null = null;

  constructor(editor: LexicalEditor, blocks: BlockTexts, closeUndoStep: () => void) {
    this.editor = editor;
    this.blocks = blocks;
    this.closeUndoStep = closeUndoStep;
  }

  getTexts(): readonly SearchText[] {
    return this.blocks.get();
  }

  subscribe(listener: () => void): () => void {
    return this.blocks.subscribe(listener);
  }

  getCaret(): { key: string; offset: number } | null {
    return this.editor.getEditorState().read(
      () => {
        const selection = $getSelection();
        if (!$isRangeSelection(selection)) return null;
        const [start] = selection.getStartEndPoints() ?? [];
        const first = selection.isBackward() ? selection.focus : (start ?? selection.anchor);
        const block = $blockOf(first.getNode());
        if (!block) return null;
        const segment = $readBlockText(block).segments.find(({ key }) => key === first.key);
        return { key: block.getKey(), offset: segment ? segment.start + first.offset : 0 };
      },
      { editor: this.editor },
    );
  }

  getSelectedWords(): string {
    return this.editor.getEditorState().read(
      () => {
        const selection = $getSelection();
        const words = $isRangeSelection(selection) ? selection.getTextContent() : '';
        return words.includes('\n') || words.length > 200 ? '' : words;
      },
      { editor: this.editor },
    );
  }

  getRanges(places: readonly FoundPlace[]): AbstractRange[] {
    const blocks = this.getBlocks();
    return places.flatMap(({ key, start, end }) => {
      const block = blocks.get(key);
      const range = block ? rangeOfPlace(this.editor, block, start, end) : null;
      return range ? [new StaticRange(range)] : [];
    });
  }

  reveal({ key, start, end }: FoundPlace, select: boolean): void {
    const block = this.getBlocks().get(key);
    const place = block && rangeOfPlace(this.editor, block, start, end);
    if (!block || !place) return;
    place.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    centreLine(place);
    if (!select) return;
    this.editor.update(() => void $selectPlace(block, start, end), { discrete: true });
    this.editor.focus();
  }

  replace(changes: readonly Replacement[]): number {
    if (!this.isEditable()) return 0;
    let made = 0;
    const order = new Map(this.blocks.get().map(({ key }, position) => [key, position]));
    const place = (change: Replacement): number => order.get(change.key) ?? 0;
    // From the end, so that no change moves the place of another.
    const backwards = [...changes].sort((a, b) => place(b) - place(a) || b.start - a.start);
    // Whoever replaces stands in the bar and goes on there.
    const root = this.editor.getRootElement();
    const inText = root !== null && root === root.ownerDocument.activeElement;
    this.closeUndoStep();
    this.editor.update(
      () => {
        for (const { key, start, end, found, words } of backwards) {
          const block = $readBlockByKey(key);
          const place = block?.text.slice(start, end) === found ? $selectPlace(block, start, end) : null;
          // What is suggested to go already is not replaced a second time.
          if (!place || ($suggesting() && $isAllDeleted(place))) continue;
          if (words === '') this.editor.dispatchCommand(REMOVE_TEXT_COMMAND, null);
          else this.editor.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words);
          made++;
        }
      },
      { discrete: true, ...(inText ? {} : { tag: SKIP_DOM_SELECTION_TAG }) },
    );
    this.closeUndoStep();
    return made;
  }

  isEditable(): boolean {
    return this.editor.isEditable();
  }

  private getBlocks(): ReadonlyMap<NodeKey, BlockText> {
    const list = this.blocks.get();
    if (this.byKey?.list !== list) this.byKey = { list, map: new Map(list.map((block) => [block.key, block])) };
    return this.byKey.map;
  }
}

/** Whether all that is selected would go by suggestions. */
function $isAllDeleted(selection: RangeSelection): boolean {
  const texts = selection.getNodes().filter($isTextNode);
  return texts.every((node) => Object.keys(stateOf(node) ?? {}).some((key) => key.startsWith('del_')));
}

/** Brings the line of a place to the middle of what scrolls it, when it is not well inside already. */
function centreLine({ startContainer, startOffset, endContainer, endOffset }: StaticRangeInit): void {
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const line = range.getBoundingClientRect();
  const scroller = startContainer.parentElement?.closest<HTMLElement>('.page-scroll');
  if (!scroller) return;
  const frame = scroller.getBoundingClientRect();
  const margin = Math.min(140, frame.height / 4);
  if (line.top >= frame.top + margin && line.bottom <= frame.bottom - margin) return;
  scroller.scrollTop += line.top - (frame.top + frame.height / 2);
}
