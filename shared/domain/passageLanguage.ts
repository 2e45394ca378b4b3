/** Languages that a passage can be in: spelling and quotation marks follow them. */
export const PASSAGE_LANGUAGES = ['en', 'es'] as const;
export type PassageLanguage = (typeof PASSAGE_LANGUAGES)[number];

/** Language of a complaint where nothing says otherwise: the letter goes to a federal office. */
export const COMPLAINT_LANGUAGE: PassageLanguage = 'en';

/** Any other value reads as none [DO1]. */
export function parsePassageLanguage(value: unknown): PassageLanguage | null {
  return value === 'en' || value === 'es' ? value : null;
}
