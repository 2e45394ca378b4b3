import type { Catalogue } from './catalogue.ts';
import type { evidenceEn } from './evidence.en.ts';

/** Frases de los anexos y las afirmaciones. */
export const evidenceEs: Catalogue<typeof evidenceEn> = {
  exhibits: {},
  claims: {},
};
