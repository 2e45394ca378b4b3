import { describe, expect, it } from 'vitest';
import { parseLinkAddress } from './linkAddress.ts';

describe('addresses of links', () => {
  it.each([
    'https://example.org/a?b=c#d',
    'HTTP://EXAMPLE.ORG',
    'mailto:office@example.org?subject=Data',
    'https://es.wikipedia.org/wiki/Régimen_de_excepción',
  ])('[DO5] %s may be a link', (address) => expect(parseLinkAddress(address)).toBe(address));

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    ' https://example.org',
    'https://exa mple.org',
    'https://bank.example@evil.example/',
    'https://example.org/\u202Egpj.exe',
    'https://example.org/\u0000',
    'https://example.org/"onclick="',
    '//example.org',
    'https://',
    `https://example.org/${'a'.repeat(2_000)}`,
    'mailto:nobody',
    '\uD83D',
    '',
  ])('[DO5] %j may not', (address) => expect(parseLinkAddress(address)).toBeNull());

  it.each([[null], [1], [{}], [undefined]])('[DO5] %j is no address', (value) =>
    expect(parseLinkAddress(value)).toBeNull(),
  );
});
