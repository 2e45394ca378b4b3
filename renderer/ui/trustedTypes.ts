interface WindowPolicy {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}

/** Addresses of the program's own bundle pass; anything else is a bug and throws. */
function checkOwnAddress(url: string): string {
  const address = new URL(url, document.baseURI);
  const own = new URL(document.baseURI);
  if (address.protocol !== own.protocol || address.host !== own.host)
    throw new Error('a script from outside the program');
  return address.href;
}

const rules: WindowPolicy = { createScriptURL: checkOwnAddress, createHTML: (html) => html };

/**
 * The one Trusted Types policy of the window: scripts from the program's own bundle, and HTML for `parseForeignHtml`
 * alone, which never shows it.
 */
const policy: WindowPolicy =
  (
    globalThis as { trustedTypes?: { createPolicy(name: string, rules: WindowPolicy): WindowPolicy } }
  ).trustedTypes?.createPolicy('alegato', rules) ?? rules;

/** A module worker from a bundled script (`import url from '…?url'`). */
export function createWorker(url: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}

/** Parses HTML of another program into a document of its own, in which nothing runs and nothing is fetched. */
export function parseForeignHtml(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}
