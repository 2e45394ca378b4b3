import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';

/** What takes the place of the last `length` characters before the caret. */
export interface TypingChange {
  length: number;
  words: string;
}

/** No rule looks further back. */
export const LOOK_BACK = 24;

const NO_BREAK = '\u00a0';
/** After these a quotation mark opens. */
const OPENS_AFTER = /(?:^|[\s\u00a0([{\u2013\u2014/\u201c\u2018«¿¡])$/;
/** A word that must not stand alone at the end of a line, a space, and the first character of what belongs to it. */
const STAYS_WITH =
  /(?:^|[\s\u00a0([{\u201c\u2018,;])(?:(?:Exs?\.|Anexos?|Exhibits?) [\p{Lu}\d]|(?:Nos?\.|[Nn]úms?\.|[Aa]rts?\.|[Pp]árrs?\.|[Ss]ecs?\.|pp?\.|¶¶?|§§?) \d|(?:U\.S\.C\.|C\.F\.R\.) §)$/u;

/**
 * What legal writing makes of what was just typed; null to leave it. `before` ends with the character typed last and
 * needs no more than LOOK_BACK characters. Judged once, after each character: what undo brings back stays.
 */
export function applyTypingRule(before: string, language: PassageLanguage): TypingChange | null {
  const typed = before.at(-1);
  if (typed === undefined) return null;
  const earlier = before.slice(0, -1);
  if (typed === '-') return dash(before);
  if (typed === '"') return { length: 1, words: OPENS_AFTER.test(earlier) ? '\u201c' : '\u201d' };
  if (typed === "'") return { length: 1, words: OPENS_AFTER.test(earlier) ? '\u2018' : '\u2019' };
  if (language === 'es' && before.endsWith('<<')) return { length: 2, words: '«' };
  if (language === 'es' && before.endsWith('>>')) return { length: 2, words: '»' };
  // An omitted century: ’98.
  if (/(?:^|\s)\u2018\d$/.test(before)) return { length: 2, words: `\u2019${typed}` };
  return STAYS_WITH.test(before) ? { length: 2, words: `${NO_BREAK}${typed}` } : null;
}

/** `--` is an en dash, `---` an em dash; longer rows of hyphens are drawn lines and stay. */
function dash(before: string): TypingChange | null {
  if (/(?:^|[^-\u2013\u2014])---$/.test(before)) return { length: 3, words: '\u2014' };
  if (/\u2013-$/.test(before)) return { length: 2, words: '\u2014' };
  if (/(?:^|[^-\u2013\u2014])--$/.test(before)) return { length: 2, words: '\u2013' };
  return null;
}
