/** Sentences of the exhibits and claims features. */
export const evidenceEn = {
  exhibits: {},
  claims: {},
};
