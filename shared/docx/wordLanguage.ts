import type { PassageLanguage } from '../domain/passageLanguage.ts';

/** The name Word has for a language of ours: that of filings to offices of the United States [FI80]. */
export function wordLanguage(language: PassageLanguage): string {
  return language === 'es' ? 'es-US' : 'en-US';
}
