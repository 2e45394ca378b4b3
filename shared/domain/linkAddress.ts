/** The longest address a link may have, in characters. */
export const MAX_LINK_CHARACTERS = 2_000;

// No spaces, controls, quotes, angle brackets, backslashes or invisible marks: nothing that reads as another address.
const PLAIN = /^[^\s"'<>\\^`{|}\p{Cc}\p{Cf}\p{Surrogate}]+$/u;
const WEB = /^https?:\/\/([^/?#]+)/i;
const MAIL = /^mailto:[^@/?#]+@[^@/?#]+(\?[^#]*)?$/i;

/**
 * An address that a link may have (https, http, mailto; no name and password before the host), as it was given; null
 * for anything else, as a hostile peer or page may send.
 */
export function parseLinkAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LINK_CHARACTERS || !PLAIN.test(value)) return null;
  const host = WEB.exec(value)?.[1];
  if (host !== undefined) return host.includes('@') ? null : value;
  return MAIL.test(value) ? value : null;
}
