import { claimsEn } from './claims.en.ts';
import { exhibitsEn } from './exhibits.en.ts';

/** Sentences of the exhibits and claims features. */
export const evidenceEn = {
  exhibits: exhibitsEn,
  claims: claimsEn,
};
