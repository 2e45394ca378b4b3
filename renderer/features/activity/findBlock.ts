import { CITATION_SIGN, PERSON_SIGN, type TextChange } from '../../../shared/domain/activity/comparePassages.ts';
import type { IndexedBlock } from '../../editor/EditorApi.ts';

/** The block that a change is about, also when blocks moved since it was read: the nearest one with its words. */
export function findBlock(blocks: readonly IndexedBlock[], change: TextChange): IndexedBlock | null {
  const there = blocks[Math.min(change.place, blocks.length - 1)] ?? null;
  if (change.kind === 'removed') return there;
  const text = lettersOf(
    change.segments.map((segment) => (segment.mark === 'kept' ? segment.text : segment.added)).join(''),
  );
  let nearest: IndexedBlock | null = null;
  let distance = Number.POSITIVE_INFINITY;
  blocks.forEach((block, position) => {
    const away = Math.abs(position - change.place);
    if (away < distance && lettersOf(block.text) === text) {
      nearest = block;
      distance = away;
    }
  });
  return nearest ?? there;
}

function lettersOf(text: string): string {
  return text.replaceAll(CITATION_SIGN, '').replaceAll(PERSON_SIGN, '').replace(/\s+/g, ' ').trim();
}
