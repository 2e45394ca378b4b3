import type { Language } from '../../shared/ipc/contract.ts';

/** Salvadoran Spanish writes 11,482 as English does. */
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-SV' };

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

/** Hour and minute on this computer's clock. */
export function formatTime(timeMs: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: 'numeric', minute: '2-digit' }).format(timeMs);
}

/** The hour as a sentence takes it after "since": Spanish puts the article (las 5:49, la 1:05). */
export function formatSinceTime(timeMs: number, language: Language): string {
  const time = formatTime(timeMs, language);
  return language === 'es' ? `${time.startsWith('1:') ? 'la' : 'las'} ${time}` : time;
}

/** True when both fall on one day of this computer's calendar. */
export function isSameDay(oneMs: number, otherMs: number): boolean {
  return new Date(oneMs).toDateString() === new Date(otherMs).toDateString();
}

/** A moment as a sentence takes it after "since" or "until": the hour alone when it is today, else the day as well. */
export function formatSinceMoment(timeMs: number, nowMs: number, language: Language): string {
  if (isSameDay(timeMs, nowMs)) return formatSinceTime(timeMs, language);
  const moment = `${formatDate(timeMs, language)}, ${formatTime(timeMs, language)}`;
  return language === 'es' ? `el ${moment}` : moment;
}

/** Day with a written month, on this computer's calendar. */
export function formatDate(timeMs: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { year: 'numeric', month: 'short', day: 'numeric' }).format(timeMs);
}

/** An ISO date (2026-03-21) as written text; any other text comes back unchanged. */
export function formatIsoDate(iso: string, language: Language): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  const timeMs = Date.parse(`${iso}T12:00:00`);
  return Number.isNaN(timeMs) ? iso : formatDate(timeMs, language);
}

/** Size as a person reads it: 812 B, 14 KB, 3.2 MB. */
export function formatSize(sizeBytes: number, language: Language): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  if (sizeBytes < 1_000_000) return `${formatNumber(Math.round(sizeBytes / 1_000), language)} KB`;
  return `${formatNumber(Math.round(sizeBytes / 100_000) / 10, language)} MB`;
}
