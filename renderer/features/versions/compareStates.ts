import type { SerializedBody } from '../../../shared/domain/document.ts';
import { redlineSteps } from '../../../shared/domain/redline/buildRedline.ts';
import type { Redline } from '../../../shared/domain/redline/Redline.ts';

const SLICE_MS = 8;

/** A redline in slices: between two of them the window types, scrolls and paints. Null once `isWanted` says no. */
export async function compareStates(
  before: SerializedBody,
  after: SerializedBody,
  isWanted: () => boolean = () => true,
): Promise<Redline | null> {
  const steps = redlineSteps(before, after);
  for (;;) {
    const endMs = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < endMs);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (!isWanted()) return null;
  }
}
