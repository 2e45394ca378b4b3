import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';

/** Origin of every page of this program. */
export const APP_ORIGIN = 'app://alegato';

/**
 * The page loads its own files and nothing else. `worker-src` is for the PDF viewer's worker; the one Trusted Types
 * policy, `alegato`, makes that worker's address and the sanitized fragments of a paste.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'none'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types alegato',
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
};

/** The file of the bundle that a URL names; null for another host, a path that leaves the bundle, or a bad escape. */
export function resolveBundlePath(bundle: string, url: string): string | null {
  // URL parsing folds `..`, so the raw text is looked at as well.
  if (/(^|[/\\])\.\.([/\\]|$)/.test(safeDecode(url) ?? '..')) return null;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'app:' || parsed.host !== 'alegato') return null;
  const path = safeDecode(parsed.pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = join(bundle, path === '/' ? 'index.html' : path);
  const inside = relative(bundle, file);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file;
}

/** Answers `app://alegato/…` out of the bundle, with the security headers on everything. */
export async function serveBundle(bundle: string, request: { method: string; url: string }): Promise<Response> {
  const headers: Record<string, string> = {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
  const file = request.method === 'GET' || request.method === 'HEAD' ? resolveBundlePath(bundle, request.url) : null;
  const type = file ? TYPES[extname(file).toLowerCase()] : undefined;
  if (!file || !type) return new Response(null, { status: 404, headers });
  try {
    return new Response(new Uint8Array(await readFile(file)), {
      status: 200,
      headers: { ...headers, 'content-type': type },
    });
  } catch {
    return new Response(null, { status: 404, headers });
  }
}

function safeDecode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
