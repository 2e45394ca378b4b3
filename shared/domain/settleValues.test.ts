import { describe, expect, it } from 'vitest';
import type { SerializedBlock, SerializedBody, TextState } from './document.ts';
import { findSuggestions, resolveSuggestions, type SuggestionView } from './resolveSuggestions.ts';

const [OLD, NEW, NEWER] = ['https://example.org/old', 'https://example.org/new', 'https://example.org/newer'];
const RECORDS = [
  { id: 'a', at: 1 },
  { id: 'b', at: 2 },
] as unknown as Parameters<typeof resolveSuggestions>[1];

function line($: TextState, own: SerializedBlock['$'] = {}): SerializedBody {
  const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
  const text = { type: 'text', version: 1, text: 'words', format: 0, style: '', mode: 'normal', detail: 0, $ } as const;
  const block: SerializedBlock = { ...layout, type: 'block', blockStyle: 'plain', children: [text], $: own };
  return { root: { ...layout, type: 'root', children: [block] } };
}
function settle(body: SerializedBody, view: SuggestionView, only?: string) {
  const resolved = resolveSuggestions(body, RECORDS, view, only === undefined ? undefined : (id) => id === only);
  const [block] = resolved.root.children as SerializedBlock[];
  return { text: block?.children[0]?.$ ?? {}, block: block?.$ ?? {} };
}

describe('[DO10] a suggested link or language', () => {
  it('is as it is now when accepted, as before when rejected', () => {
    const link = line({ href: NEW, lnk_a: OLD }, { lang: 'es', lng_a: '' });
    expect(findSuggestions(link)).toEqual(['a']);
    expect(settle(link, 'accepted')).toEqual({ text: { href: NEW }, block: { lang: 'es' } });
    expect(settle(link, 'rejected')).toEqual({ text: { href: OLD }, block: {} });
  });
  it('a link where none was, and none where one was', () => {
    expect(settle(line({ href: NEW, lnk_a: '' }), 'rejected').text).toEqual({});
    expect(settle(line({ lnk_a: OLD }), 'rejected').text).toEqual({ href: OLD });
    expect(settle(line({ lnk_a: OLD }), 'accepted').text).toEqual({});
  });
  it('[DO1] what is no address and no language before means nothing', () => {
    const body = line({ href: NEW, lnk_a: 'javascript:1', lng_a: 'xx' });
    expect(findSuggestions(body)).toEqual([]);
    expect(settle(body, 'rejected').text).toEqual({ href: NEW, lnk_a: 'javascript:1', lng_a: 'xx' });
  });
  it('[DO16] of several the order of the answers plays no part', () => {
    const body = line({ href: NEWER, lnk_a: OLD, lnk_b: NEW });
    for (const [a, b] of [
      ['accepted', 'accepted'],
      ['accepted', 'rejected'],
      ['rejected', 'accepted'],
      ['rejected', 'rejected'],
    ] as const) {
      const one = resolveSuggestions(body, RECORDS, a, (id) => id === 'a');
      const other = resolveSuggestions(body, RECORDS, b, (id) => id === 'b');
      const first = resolveSuggestions(one, RECORDS, b, (id) => id === 'b');
      const second = resolveSuggestions(other, RECORDS, a, (id) => id === 'a');
      expect(first).toEqual(second);
      expect(settle(first, 'accepted').text.href).toBe(b === 'accepted' ? NEWER : a === 'accepted' ? NEW : OLD);
    }
  });
});
