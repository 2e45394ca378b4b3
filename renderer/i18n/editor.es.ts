import type { Catalogue } from './catalogue.ts';
import type { editorEn } from './editor.en.ts';

/** Frases del editor. */
export const editorEs: Catalogue<typeof editorEn> = {};
