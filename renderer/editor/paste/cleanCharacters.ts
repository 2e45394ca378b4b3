/**
 * The text without what no complaint may hold: controls, half characters (which become U+FFFD), marks that change the
 * direction of what follows them, and characters that nobody sees. Joiners inside emoji and scripts that need them
 * stay, and so do non-breaking spaces. Line feed and tab stay; CR LF and the separators of Unicode become line feeds.
 */
export function cleanCharacters(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(LOOSE_TAGS, (run, offset: number, whole: string) => (isFlag(whole, offset) ? run : ''))
    .replace(LOOSE_JOINERS, '');
}

// Controls, soft hyphen, zero-width space, word joiner and its kin, byte order mark, embeddings, overrides, isolates,
// annotation marks, noncharacters. The plain direction marks U+200E and U+200F stay: they move nothing but themselves.
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]/g;
const LOOSE_TAGS = /[\u{E0000}-\u{E007F}]+/gu;
// A joiner joins what has a letter, mark or picture on both sides.
const LOOSE_JOINERS =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** The tag characters of a flag (England, Scotland, Wales) follow the black flag. */
function isFlag(whole: string, offset: number): boolean {
  return whole.slice(offset - 2, offset) === '\u{1F3F4}';
}
