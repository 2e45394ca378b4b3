import { parseLinkAddress } from '../../../shared/domain/linkAddress.ts';

/** Pages that only send on to another address, and the parameter that holds it. */
const REDIRECTS: readonly (readonly [host: RegExp, path: RegExp, parameters: readonly string[]])[] = [
  [/(^|\.)google\.[a-z.]{2,6}$/, /^\/url$/, ['q', 'url']],
  [/(^|\.)safelinks\.protection\.outlook\.com$/, /^\//, ['url']],
  [/^lm?\.(facebook|instagram)\.com$/, /^\//, ['u']],
  [/(^|\.)youtube\.com$/, /^\/redirect$/, ['q']],
  [/(^|\.)linkedin\.com$/, /^\/(redir\/redirect|safety\/go)$/, ['url']],
  [/^slack-redir\.net$/, /^\/link$/, ['url']],
  [/^out\.reddit\.com$/, /^\//, ['url']],
  [/^t\.umblr\.com$/, /^\/redirect$/, ['z']],
  [/^(www\.)?bing\.com$/, /^\/ck\/a$/, []],
  [/^duckduckgo\.com$/, /^\/l\/$/, ['uddg']],
];
const MAX_REDIRECTS = 4;

/** Parameters that tell who followed a link or where it was posted, and nothing about the page. */
const TRACKING =
  /^(utm_.*|fbclid|gclid|dclid|gclsrc|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|mkt_tok|_hs(enc|mi)|__hs.*|hsCtaTracking|vero_(id|conv)|oly_(anon|enc)_id|_ga|_gl|_openstat|wickedid|s_cid|ml_subscriber(_hash)?|rb_clickid|sc_cid|cmpid|fb_(action|source|ref).*|ref_src|ref_url)$/i;

/** The address without tracking parameters and redirects; null when a link may not lead there. */
export function cleanLink(address: string): string | null {
  let at = address.trim();
  for (let step = 0; step < MAX_REDIRECTS; step++) {
    const next = targetOf(at);
    if (next === null) break;
    at = next;
  }
  const allowed = parseLinkAddress(encodeLoose(at));
  return allowed === null || allowed.startsWith('mailto:') ? allowed : parseLinkAddress(dropTracking(allowed));
}

/** Where a redirecting page sends on; null when the address is not of one. */
function targetOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return null;
  if (/(^|\.)urldefense\.(com|proofpoint\.com)$/.test(url.hostname)) return defendedTarget(url, address);
  for (const [host, path, parameters] of REDIRECTS) {
    if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
    for (const parameter of parameters) {
      const value = url.searchParams.get(parameter);
      if (value && /^(https?|mailto):/i.test(value)) return value;
    }
  }
  return null;
}

function defendedTarget(url: URL, address: string): string | null {
  const third = /\/v3\/__(.+?)__;/.exec(address)?.[1];
  // A star stands for a character that only the service's own code brings back: such an address stays as it is.
  if (third) return third.includes('*') ? null : third.replace(/^(https?):\/(?!\/)/, '$1://');
  const second = url.searchParams.get('u');
  if (!second) return null;
  try {
    return decodeURIComponent(second.replaceAll('-', '%').replaceAll('_', '/'));
  } catch {
    return null; // not its encoding: the address stays as it is
  }
}

/** Characters that programs leave unescaped in addresses, and browsers escape. */
function encodeLoose(address: string): string {
  return address.replace(/[\s"<>\\^`{|}']/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// By hand: URLSearchParams would write the other parameters anew, and some sites are particular about theirs.
function dropTracking(address: string): string {
  const hashAt = address.indexOf('#');
  const hash = hashAt < 0 ? '' : address.slice(hashAt).replace(/:~:.*$/, '');
  const whole = hashAt < 0 ? address : address.slice(0, hashAt);
  const queryAt = whole.indexOf('?');
  const page = queryAt < 0 ? whole : whole.slice(0, queryAt);
  const kept =
    queryAt < 0
      ? []
      : whole
          .slice(queryAt + 1)
          .split('&')
          .filter((pair) => !TRACKING.test(pair.split('=')[0] ?? ''));
  return `${page}${kept.length > 0 ? `?${kept.join('&')}` : ''}${hash === '#' ? '' : hash}`;
}
