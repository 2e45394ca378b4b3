import { ImageRun, type ParagraphChild, TextRun } from 'docx';
import type { FilingRun } from '../filing/FilingModel.ts';
import { imageWords } from '../filing/filingImages.ts';

const TWIPS_PER_PIXEL = 15;

/**
 * An inline picture [FI112]. The library holds the name of its file in the place of the file, which is put in when the
 * package is written: so a paragraph can be built without the bytes, and the same file is in the package once.
 */
export function buildImage(run: Extract<FilingRun, { kind: 'image' }>): ParagraphChild {
  const { alt, sha256, mime, wide, high } = run;
  if (sha256 === '') return new TextRun({ text: imageWords(run) });
  return new ImageRun({
    type: mime === 'image/png' ? 'png' : 'jpg',
    data: Uint8Array.from(sha256, (letter) => letter.charCodeAt(0)),
    transformation: { width: wide / TWIPS_PER_PIXEL, height: high / TWIPS_PER_PIXEL },
    altText: { name: 'Image', description: alt || imageWords(run) },
  });
}
