import { redlineSteps } from '../../../shared/domain/redline/buildRedline.ts';
import {
  compareNotes,
  type NoteRedline,
  sumCounts,
  type TextWithNotes,
} from '../../../shared/domain/redline/compareNotes.ts';
import type { Redline, RedlineCounts } from '../../../shared/domain/redline/Redline.ts';

const SLICE_MS = 8;

/** How two states differ, in the text and in its footnotes. */
export interface StateRedline {
  text: Redline;
  notes: readonly NoteRedline[];
  counts: RedlineCounts;
}

/** A redline in slices: between two of them the window types, scrolls and paints. Null once `isWanted` says no. */
export async function compareStates(
  before: TextWithNotes,
  after: TextWithNotes,
  isWanted: () => boolean = () => true,
): Promise<StateRedline | null> {
  const steps = redlineSteps(before.body, after.body);
  for (;;) {
    const endMs = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) {
        const notes = compareNotes(before, after);
        return { text: step.value, notes, counts: sumCounts([step.value, ...notes.map(({ redline }) => redline)]) };
      }
    } while (performance.now() < endMs);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (!isWanted()) return null;
  }
}
