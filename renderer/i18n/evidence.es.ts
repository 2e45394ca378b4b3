import type { Catalogue } from './catalogue.ts';
import { claimsEs } from './claims.es.ts';
import type { evidenceEn } from './evidence.en.ts';
import { exhibitsEs } from './exhibits.es.ts';

/** Frases de los anexos y las afirmaciones. */
export const evidenceEs: Catalogue<typeof evidenceEn> = {
  exhibits: exhibitsEs,
  claims: claimsEs,
};
