interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** Addresses of the program's own bundle pass; anything else is a bug and throws. */
function checkOwnAddress(url: string): string {
  const address = new URL(url, document.baseURI);
  const own = new URL(document.baseURI);
  if (address.protocol !== own.protocol || address.host !== own.host) throw new Error('a script from outside the program');
  return address.href;
}

/** The one Trusted Types policy of the window: scripts from the program's own bundle, no HTML and no code from text. */
const policy: ScriptUrlPolicy =
  (globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } }).trustedTypes?.createPolicy('alegato', {
    createScriptURL: checkOwnAddress,
  }) ?? { createScriptURL: checkOwnAddress };

/** A module worker from a bundled script (`import url from '…?url'`). */
export function createWorker(url: string): Worker {
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}
