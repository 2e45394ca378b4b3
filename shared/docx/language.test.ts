import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { SerializedBlock, SerializedInline } from '../domain/document.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { parseSnapshot } from '../filing/parseSnapshot.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { toDocx } from './toDocx.ts';

const text = (words: string, lang?: 'en' | 'es'): SerializedInline => ({
  type: 'text',
  version: 1,
  text: words,
  format: 0,
  style: '',
  mode: 'normal',
  detail: 0,
  ...(lang ? { $: { lang } } : {}),
});
const block = (lang: 'en' | 'es' | null, ...children: SerializedInline[]): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle: 'plain',
  children,
  direction: null,
  format: '',
  indent: 0,
  ...(lang ? { $: { lang } } : {}),
});

function build(language: 'en' | 'es'): Snapshot {
  const base = randomSnapshot(2, { blocks: 0, exhibits: 0 });
  const children = [
    block(null, text('She said: '), text('nadie explicó nada', 'es'), text('.')),
    block('es', text('Todo el párrafo, but '), text('not this', 'en')),
  ];
  return {
    ...base,
    meta: { ...base.meta, language },
    body: { root: { ...base.body.root, children } },
  };
}

const runsOf = (xml: string): [string, string][] =>
  [...xml.matchAll(/<w:r>(.*?)<\/w:r>/gs)].flatMap(([, run = '']): [string, string][] => {
    const words = /<w:t [^>]*>([^<]*)</.exec(run)?.[1];
    return words === undefined ? [] : [[words, /<w:lang w:val="([^"]*)"/.exec(run)?.[1] ?? '']];
  });

describe('languages in a filing', () => {
  it.each([
    ['en', 'en-US', { nadie: 'es-US', Todo: 'es-US', 'not this': '', 'She said': '' }],
    ['es', 'es-US', { nadie: '', Todo: '', 'not this': 'en-US', 'She said': '' }],
  ] as const)(
    '[FI80] of a complaint in %s stand on the document and on what differs',
    async (language, word, langs) => {
      const parts = unzipSync(await toDocx(buildFiling(build(language))));
      const part = (name: string): string => strFromU8(parts[name] as Uint8Array);
      expect(part('word/styles.xml')).toContain(`<w:lang w:val="${word}"`);
      expect(part('docProps/core.xml')).toContain(`<dc:language>${word}</dc:language>`);
      expect(part('word/settings.xml')).toContain(`<w:themeFontLang w:val="${word}"/>`);
      const runs = runsOf(part('word/document.xml'));
      for (const [words, lang] of Object.entries(langs))
        expect(runs.find(([each]) => each.includes(words))?.[1], words).toBe(lang);
    },
  );

  it('[FI80] is English where an older state names none', () => {
    const { language: _none, ...meta } = build('es').meta;
    const parsed = parseSnapshot(JSON.parse(JSON.stringify({ ...build('es'), meta })));
    expect(parsed.ok && buildFiling(parsed.value).language).toBe('en');
  });
});
