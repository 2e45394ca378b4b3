import type { FilingModel } from '../filing/FilingModel.ts';
import { buildLists } from './filingNumbering.ts';
import { buildNote } from './filingParagraph.ts';
import { buildElements } from './filingTable.ts';
import { packFiling } from './packFiling.ts';

/**
 * The Word filing of a model: same model and program version, same bytes [FI34]. Building is synchronous inside (some
 * 0.5 s for 100,000 words): call it in a worker. `images`: files of its pictures by SHA-256 [FI112]. Throws on a bug only.
 */
export function toDocx(model: FilingModel, images?: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const { places, numbering } = buildLists(model.blocks.map((block) => block.style));
  return packFiling(model, {
    paragraphs: buildElements(model.blocks, places, model.tables),
    numbering,
    notes: new Map(model.notes.map((note) => [note.number, buildNote(note)])),
    revisions: null,
    ...(images ? { images } : {}),
  });
}
