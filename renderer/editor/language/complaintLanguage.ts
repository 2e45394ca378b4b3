import { COMPLAINT_LANGUAGE, type PassageLanguage } from '../../../shared/domain/passageLanguage.ts';

let current: PassageLanguage = COMPLAINT_LANGUAGE;
const listeners = new Set<() => void>();

/** Language of every passage of the open complaint that names no other. A window shows one complaint. */
export function complaintLanguage(): PassageLanguage {
  return current;
}

/** For whoever opens a complaint, and when its setting changes. */
export function setComplaintLanguage(language: PassageLanguage): void {
  if (language === current) return;
  current = language;
  for (const listener of [...listeners]) listener();
}

/** Called after the language became another one. */
export function onComplaintLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
