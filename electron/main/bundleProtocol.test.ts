import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../services/testing/TemporaryFolder.ts';
import { CONTENT_SECURITY_POLICY, resolveBundlePath, serveBundle } from './bundleProtocol.ts';
import { findInvitationLink } from './invitationLinks.ts';

const temporary = temporaryFolders();

describe('resolveBundlePath', () => {
  it('gives files inside the bundle', () => {
    expect(resolveBundlePath('/b', 'app://alegato/')).toBe(join('/b', 'index.html'));
    expect(resolveBundlePath('/b', 'app://alegato/assets/a%20b.js?x#y')).toBe(join('/b', 'assets/a b.js'));
  });

  it('refuses every way out and every other host', () => {
    for (const url of [
      'app://alegato/../secret',
      'app://alegato/a/../../secret',
      'app://alegato/%2e%2e/secret',
      'app://alegato/..%2fsecret',
      'app://alegato/%2e%2e%5csecret',
      'app://alegato/a%00.js',
      'app://alegato/%zz',
      'app://other/index.html',
      'file:///etc/passwd',
      'https://alegato/index.html',
      'nonsense',
    ])
      expect(resolveBundlePath('/b', url), url).toBeNull();
  });
});

describe('serveBundle', () => {
  it('answers with type and policy; everything else is 404 with the same policy', async () => {
    const outer = await temporary();
    const bundle = join(outer, 'bundle');
    await mkdir(bundle);
    await writeFile(join(bundle, 'index.html'), '<!doctype html>');
    await writeFile(join(bundle, 'notes.exe'), 'x');
    await writeFile(join(outer, 'secret.js'), 'x');
    const page = await serveBundle(bundle, { method: 'GET', url: 'app://alegato/' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const request of [
      { method: 'GET', url: 'app://alegato/none.js' },
      { method: 'GET', url: 'app://alegato/notes.exe' },
      { method: 'GET', url: 'app://alegato/%2e%2e/secret.js' },
      { method: 'POST', url: 'app://alegato/' },
    ]) {
      const answer = await serveBundle(bundle, request);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    }
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('findInvitationLink', () => {
  it('finds a link among arguments and nothing else', () => {
    expect(findInvitationLink(['electron', '.', 'alegato://join#AbC'])).toBe('alegato://join#AbC');
    expect(
      findInvitationLink(['--x=alegato://join#AbC', 'https://alegato/join', `alegato://join#${'a'.repeat(5_000)}`]),
    ).toBeNull();
  });
});
