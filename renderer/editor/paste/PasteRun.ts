import { $addUpdateTag, type LexicalEditor, SKIP_SCROLL_INTO_VIEW_TAG } from 'lexical';
import type { EditorBinding } from '../binding/bindEditor.ts';
import type { DrawId } from '../tables/tableCommands.ts';
import { $fitHere, $insertAfter, $insertPasted, type PastePlace } from './insertPasted.ts';
import type { PastedContent, PastedItem } from './Pasted.ts';

/** How far a long paste is; `total` is 0 while it is still read. */
export interface PasteProgress {
  done: number;
  total: number;
}
export type PasteEnd = 'done' | 'cancelled' | 'place-gone';

/** Blocks put in at once at the beginning; the pace then follows what the machine does in a slice. */
const FIRST_SLICE = 100;
/** Never less: each slice also costs what grows with the document, and many small ones would cost it many times. */
const MIN_SLICE = 50;
const SLICE_MS = 24;

/**
 * A paste too long for one go: read and put in by slices, so that the window never stops, as one step of undo.
 * Cancelled, it takes back what it has put in.
 */
export class PasteRun {
  private readonly editor: LexicalEditor;
  private readonly undoManager: EditorBinding['undoManager'];
  private readonly pause: () => Promise<void>;
  private readonly draw: DrawId;
  private cancelled = false;
  /** Tables that came as lines, because none can stand where they were put. */
  tablesAsLines = 0;

  constructor(editor: LexicalEditor, binding: EditorBinding, draw: DrawId, pause: () => Promise<void>) {
    this.editor = editor;
    this.undoManager = binding.undoManager;
    this.draw = draw;
    this.pause = pause;
  }

  cancel(): void {
    this.cancelled = true;
  }

  /** Reads to the end; null when cancelled. Throws what the reading throws. */
  async read(reading: Generator<void, PastedContent>): Promise<PastedContent | null> {
    let until = performance.now() + SLICE_MS;
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) return this.cancelled ? null : step.value;
      if (performance.now() < until) continue;
      await this.pause();
      if (this.cancelled) return null;
      until = performance.now() + SLICE_MS;
    }
  }

  /** Puts the blocks in place of the selection. */
  async insert(items: readonly PastedItem[], onProgress: (progress: PasteProgress) => void): Promise<PasteEnd> {
    const { undoManager } = this;
    const { items: blocks, tablesAsLines } = this.editor.read(() => $fitHere(items));
    this.tablesAsLines = tablesAsLines;
    const captureTimeout = undoManager.captureTimeout;
    undoManager.stopCapturing();
    undoManager.captureTimeout = Number.POSITIVE_INFINITY;
    try {
      const end = await this.insertSlices(blocks, onProgress);
      if (end === 'cancelled') undoManager.undo();
      return end;
    } finally {
      undoManager.captureTimeout = captureTimeout;
      undoManager.stopCapturing();
    }
  }

  private async insertSlices(
    blocks: readonly PastedItem[],
    onProgress: (progress: PasteProgress) => void,
  ): Promise<PasteEnd> {
    if (this.cancelled) return 'cancelled';
    // The two ends at once, because they join the words around the caret; then what lies between, from the front.
    let place = this.update(() => $insertPasted([blocks[0], blocks.at(-1)] as PastedItem[], this.draw));
    if (!place) return 'place-gone';
    let size = FIRST_SLICE;
    for (let at = 1; at < blocks.length - 1; ) {
      onProgress({ done: at, total: blocks.length });
      await this.pause();
      if (this.cancelled) return 'cancelled';
      const from: PastePlace = place;
      const slice = blocks.slice(at, Math.min(at + size, blocks.length - 1));
      const begun = performance.now();
      const last = this.update(() => $insertAfter(from, slice, this.draw)?.getKey() ?? null);
      if (last === null) return 'place-gone';
      place = { ...from, afterKey: last };
      at += slice.length;
      const tookMs = performance.now() - begun;
      size = Math.max(MIN_SLICE, Math.min(1_000, Math.round(size * Math.min(2, Math.max(0.25, SLICE_MS / tookMs)))));
    }
    return 'done';
  }

  private update<T>(run: () => T): T {
    let result: T | undefined;
    this.editor.update(
      () => {
        $addUpdateTag(SKIP_SCROLL_INTO_VIEW_TAG);
        result = run();
      },
      { discrete: true },
    );
    return result as T;
  }
}
