import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeContent, readPayload } from './testing/readPayload.ts';

const folder = new URL('./payloads/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => /\.(html|txt)$/.test(name))
  .sort();
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

describe('what programs put on the clipboard', () => {
  it.each(names)('%s', (name) => {
    const kind = name.endsWith('.html') ? 'html' : 'txt';
    expect(describeContent(readPayload(kind, read(name)))).toEqual(JSON.parse(read(`${name}.json`)));
  });

  it('are at least thirty, and the README names the source of each', () => {
    expect(names.length).toBeGreaterThanOrEqual(30);
    const readme = read('README.md');
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('bring no address, style or script that a complaint may not hold', () => {
    const blocks = names.flatMap((name) => readPayload(name.endsWith('.html') ? 'html' : 'txt', read(name)).blocks);
    const all = JSON.stringify(blocks);
    expect(all).not.toMatch(/utm_|fbclid|gclid|javascript:|mso-|<\/|�/);
  });
});
