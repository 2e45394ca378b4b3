import { Document, type INumberingOptions, Packer, PageOrientation, type Paragraph, type Table } from 'docx';
import type { FilingModel } from '../filing/FilingModel.ts';
import { buildCanonicalPackage, type Revisions } from './canonicalPackage.ts';
import { buildExhibitIndex } from './exhibitIndex.ts';
import { buildStyles, OWN_STYLES } from './filingStyles.ts';
import { buildFooter, buildHeader } from './pageFrame.ts';
import { wordLanguage } from './wordLanguage.ts';

const INCH_TWIPS = 1440;

/** The package around a filing's paragraphs: page, header and footer, styles, exhibit index. */
export async function packFiling(
  model: Pick<FilingModel, 'title' | 'legend' | 'language' | 'exhibits'>,
  {
    paragraphs,
    numbering,
    notes,
    revisions,
    images = new Map(),
  }: {
    paragraphs: readonly (Paragraph | Table)[];
    numbering: INumberingOptions;
    /** By the number of its reference. */
    notes: ReadonlyMap<number, Paragraph[]>;
    /** Who marked changes, and when; null where none may be in it. */
    revisions: Revisions | null;
    /** Files of pictures by their SHA-256; needed for every one that is printed. */
    images?: ReadonlyMap<string, Uint8Array>;
  },
): Promise<Uint8Array> {
  const document = new Document({
    styles: buildStyles(model.language),
    numbering,
    footnotes: Object.fromEntries([...notes].map(([number, children]) => [number, { children }])),
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
    footnotes: notes.size > 0,
    language: wordLanguage(model.language),
    revisions,
    images,
  });
}
