import { editorEn } from './editor.en.ts';
import { evidenceEn } from './evidence.en.ts';

/** The English catalogue; es.ts has exactly its keys. */
export const en = {
  ...evidenceEn,
  editor: editorEn,
};
