import { describe, expect, it } from 'vitest';
import { NOTICE_CODES } from '../../shared/ipc/notices.ts';
import { en } from './en.ts';
import { es } from './es.ts';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === 'string') found.set(here, value);
    else for (const [inner, sentence] of leaves(value, here)) found.set(inner, sentence);
  }
  return found;
}
const placeholders = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const english = leaves(en as unknown as Tree);
const spanish = leaves(es as unknown as Tree);

describe('catalogues', () => {
  it('have the same keys', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('have the same placeholders in each sentence', () => {
    const different = [...english].filter(
      ([key, sentence]) =>
        JSON.stringify(placeholders(sentence)) !== JSON.stringify(placeholders(spanish.get(key) ?? '')),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });
  it('leave no sentence empty', () => {
    expect([...english, ...spanish].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });
  it('have each plural form beside the other', () => {
    const missing = [...english.keys()].filter(
      (key) =>
        (key.endsWith('_one') && !english.has(key.replace(/_one$/, '_other'))) ||
        (key.endsWith('_other') && !english.has(key.replace(/_other$/, '_one'))),
    );
    expect(missing).toEqual([]);
  });
  it.each(NOTICE_CODES)('have a sentence for the notice %s in both languages', (code) => {
    expect(en.notices[code]).toMatch(/\.$/);
    expect(es.notices[code]).toMatch(/\.$/);
    expect(es.notices[code]).not.toBe(en.notices[code]);
  });
});
