import { describe, expect, it } from 'vitest';
import { applyTypingRule, LOOK_BACK } from './applyTypingRule.ts';

/** Types character by character as a person does and gives what then stands there. */
function type(keys: string, language: 'en' | 'es' = 'en'): string {
  let text = '';
  for (const key of keys) {
    text += key;
    const change = applyTypingRule(text.slice(-LOOK_BACK), language);
    if (change) text = text.slice(0, text.length - change.length) + change.words;
  }
  return text;
}

describe('applyTypingRule', () => {
  it.each([
    ['2017--2018', '2017–2018'],
    ['held --- without', 'held — without'],
    ['----', '—-'],
    ['well-known', 'well-known'],
    ['he said "stop" (and "go")', 'he said “stop” (and “go”)'],
    ['the officers\' "can\'t"', 'the officers’ “can’t”'],
    ["'no'", '‘no’'],
    ["since '98", 'since ’98'],
    ['see Ex. C', 'see Ex.\u00a0C'],
    ['Exs. 4', 'Exs.\u00a04'],
    ['¶ 12', '¶\u00a012'],
    ['¶¶ 12', '¶¶\u00a012'],
    ['8 U.S.C. § 1226', '8 U.S.C.\u00a0§\u00a01226'],
    ['6 C.F.R. § 5', '6 C.F.R.\u00a0§\u00a05'],
    ['No. 5', 'No.\u00a05'],
    ['No. She said no. 5', 'No. She said no. 5'],
    ['(s) sec. a', '(s) sec. a'],
    ['Ex. of', 'Ex. of'],
    ['Rex. C', 'Rex. C'],
    ['a << b', 'a << b'],
  ])('English: %s', (keys, expected) => expect(type(keys)).toBe(expected));

  it.each([
    ['dijo "alto"', 'dijo “alto”'],
    ['dijo <<alto>>', 'dijo «alto»'],
    ['¿"por qué"?', '¿“por qué”?'],
    ['Anexo C', 'Anexo\u00a0C'],
    ['art. 2', 'art.\u00a02'],
    ['párr. 14', 'párr.\u00a014'],
    ['núm. 3', 'núm.\u00a03'],
  ])('Spanish: %s', (keys, expected) => expect(type(keys, 'es')).toBe(expected));

  it('leaves what undo brought back when the next character comes', () => {
    for (const kept of ['--', '"', "'", 'Ex. C']) expect(applyTypingRule(`${kept} `, 'en')).toBeNull();
    expect(applyTypingRule('---', 'en')).toEqual({ length: 3, words: '—' });
  });
});
