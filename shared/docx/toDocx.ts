import { Document, Packer, PageOrientation } from 'docx';
import type { FilingModel } from '../filing/FilingModel.ts';
import { buildCanonicalPackage } from './canonicalPackage.ts';
import { buildExhibitIndex } from './exhibitIndex.ts';
import { buildLists } from './filingNumbering.ts';
import { buildNote, buildParagraph } from './filingParagraph.ts';
import { buildStyles, OWN_STYLES } from './filingStyles.ts';
import { buildFooter, buildHeader } from './pageFrame.ts';

const INCH_TWIPS = 1440;

/**
 * The Word filing of a model: same model and program version, same bytes [FI34]. Building is synchronous inside (some
 * 0.5 s for 100,000 words): call it in a worker. Throws on a bug only.
 */
export async function toDocx(model: FilingModel): Promise<Uint8Array> {
  const { places, numbering } = buildLists(model.blocks.map((block) => block.style));
  const paragraphs = model.blocks.map((block, index) => buildParagraph(block, places[index]));
  const document = new Document({
    styles: buildStyles(),
    numbering,
    footnotes: Object.fromEntries(model.notes.map((note) => [note.number, { children: buildNote(note) }])),
    creator: '',
    lastModifiedBy: '',
    title: model.title,
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: 12_240, height: 15_840, orientation: PageOrientation.PORTRAIT },
            margin: {
              top: INCH_TWIPS,
              right: INCH_TWIPS,
              bottom: INCH_TWIPS,
              left: INCH_TWIPS,
              header: INCH_TWIPS / 2,
              footer: INCH_TWIPS / 2,
              gutter: 0,
            },
          },
        },
        headers: { first: buildHeader(model, 'first'), default: buildHeader(model, 'following') },
        footers: { first: buildFooter(), default: buildFooter() },
        children: [...paragraphs, ...(model.exhibits.length > 0 ? buildExhibitIndex(model.exhibits) : [])],
      },
    ],
  });
  return buildCanonicalPackage(await Packer.pack(document, 'uint8array'), {
    title: model.title,
    styles: OWN_STYLES,
    footnotes: model.notes.length > 0,
  });
}
