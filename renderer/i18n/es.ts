import type { Catalogue } from './catalogue.ts';
import { editorEs } from './editor.es.ts';
import type { en } from './en.ts';
import { evidenceEs } from './evidence.es.ts';

/** The Spanish catalogue. */
export const es: Catalogue<typeof en> = {
  ...evidenceEs,
  editor: editorEs,
};
