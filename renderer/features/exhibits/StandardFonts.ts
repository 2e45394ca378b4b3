/** The fourteen standard PDF fonts as script chunks: a page that does not embed them needs no request to show them. */
const chunks = import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url&inline',
  import: 'default',
});

/** What pdf.js asks for data that is not in the file. Character maps for CJK are not bundled: such text shows without glyphs. */
export class StandardFonts {
  /** Rejects when the program does not carry `filename`; pdf.js then goes on without it. */
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const load =
      kind === 'standardFontDataUrl' && chunks[`../../../node_modules/pdfjs-dist/standard_fonts/${filename}`];
    if (!load) throw new Error(`not bundled: ${kind}`);
    const dataUrl = await load();
    return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
  }
}
