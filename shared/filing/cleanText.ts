/**
 * The text without characters that no document may hold: C0 and C1 controls but tab and line feed, U+FFFE, U+FFFF and
 * lone surrogates [FI15]. CR and CR LF become LF.
 */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}

// With the `u` flag a surrogate class matches lone halves only, never half of a pair.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/gu;
