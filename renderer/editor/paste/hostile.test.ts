import { describe, expect, it } from 'vitest';
import { cleanCharacters } from './cleanCharacters.ts';
import { cleanLink } from './cleanLink.ts';
import { PASTE_LIMITS, PasteTooLarge } from './Pasted.ts';
import { describeContent, readPayload } from './testing/readPayload.ts';

const html = (payload: string): string[] => describeContent(readPayload('html', payload));

describe('hostile and broken clipboards', () => {
  it.each([
    [
      'unclosed tags',
      '<p>one<b>two<p>three</i><div>four',
      ['plain: one{b|two}', 'plain: {b|three}', 'plain: {b|four}'],
    ],
    ['scripts', '<p>a<script>alert(1)</script><style>p{}</style>b</p><iframe src=x></iframe>', ['plain: ab']],
    ['handlers', '<p onclick="x()"><img src=x onerror=alert(1)>a</p>', ['plain: a', 'left out: pictures 1']],
    ['hidden words', '<p>a<span style="display:none">b</span><span hidden>c</span></p>', ['plain: a']],
    ['links that run code', '<a href="java\tscript:alert(1)">a</a>', ['plain: a', 'left out: refusedLinks 1']],
    ['a link to a bookmark', '<a href="#x">a</a>', ['plain: a']],
    ['unseen characters', '<p>a\u200bb\u202Ec\u2066d\u0007e\ufefff\u00adg</p>', ['plain: abcdefg']],
    ['half characters', '<p>a\uD83Db</p>', ['plain: a\uFFFDb']],
    ['nothing', '<meta charset=utf-8><p>&nbsp;</p><br>', []],
  ])('%s', (_what, payload, expected) => expect(html(payload)).toEqual(expected));

  it('a thousand lists inside one another become items', () => {
    expect(html(`${'<ul><li>x'.repeat(1_000)}`)).toHaveLength(1_000);
  });

  it('a table of 10,000 cells is read as rows; one of too many rows is refused', () => {
    const row = `<tr>${'<td>12</td>'.repeat(10)}</tr>`;
    const { blocks } = readPayload('html', `<table>${row.repeat(1_000)}</table>`);
    expect(blocks).toHaveLength(1_000);
    expect(() => readPayload('html', `<table>${row.repeat(30)}</table>`, { ...PASTE_LIMITS, blocks: 20 })).toThrow(
      PasteTooLarge,
    );
  });

  it('10,000 rows of text are paragraphs; more than a complaint takes are refused', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => `Row ${row}`).join('\r\n');
    expect(readPayload('txt', rows).blocks).toHaveLength(10_000);
    expect(() => readPayload('txt', 'x\n'.repeat(PASTE_LIMITS.blocks + 1))).toThrow(PasteTooLarge);
  });

  it('50 MB are refused before anything of them is read', () => {
    const payload = 'x'.repeat(50_000_000);
    expect(() => readPayload('html', payload)).toThrow(PasteTooLarge);
    expect(() => readPayload('txt', payload)).toThrow(PasteTooLarge);
  });
});

describe('characters', () => {
  it.each([
    ['\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', 'family'],
    ['\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}', 'flag of tags'],
    ['می\u200Cخواهم', 'Persian'],
    ['§\u00a0345', 'non-breaking space'],
    ['\u{20BB7}\u{1F1F8}\u{1F1FB}', 'pairs'],
  ])('%s stays (%s)', (text) => expect(cleanCharacters(text)).toBe(text));

  it('joiners and tags that join nothing go', () => {
    expect(cleanCharacters('a\u200d b\u{E0041}\u{E0042}c\r\nd\u2028e')).toBe('a bc\nd\ne');
  });
});

describe('addresses of other programs', () => {
  it.each([
    ['https://a.example/?utm_source=x&id=3&fbclid=y#utm', 'https://a.example/?id=3#utm'],
    ['https://a.example/?gclid=1', 'https://a.example/'],
    ['https://a.example/p#:~:text=quote', 'https://a.example/p'],
    ['https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2Fx%3Futm_id%3D1', 'https://a.example/x'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=x', 'https://a.example/'],
    ['https://urldefense.com/v3/__https://a.example/x__;!!abc$', 'https://a.example/x'],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_x&d=1', 'https://a.example/x'],
    ['https://a.example/a b"c', 'https://a.example/a%20b%22c'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
  ])('%s leads to %s', (from, to) => expect(cleanLink(from)).toBe(to));

  it.each([
    'javascript:alert(1)',
    'https://www.google.com/url?q=javascript:alert(1)x',
    'file:///etc/passwd',
    'https://a@b.example/',
  ])('%s leads nowhere or stays where it is', (address) =>
    expect(cleanLink(address) ?? '').not.toMatch(/^(javascript|file)|@b/),
  );
});
