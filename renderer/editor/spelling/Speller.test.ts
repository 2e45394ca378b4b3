import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWords } from './readWords.ts';
import { Speller } from './Speller.ts';

const FOLDER = join(import.meta.dirname, '../../../resources/dictionaries');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const spellers: Record<string, Speller> = {};

beforeAll(() => {
  for (const language of ['en', 'es'])
    spellers[language] = new Speller(read(`${language}.aff`), read(`${language}.dic`));
}, 60_000);

const wrong = (language: string, text: string): string[] =>
  readWords(text)
    .map(({ word }) => word)
    .filter((word) => !spellers[language]?.isRight(word));

describe('Speller', () => {
  it.each(['en', 'es'])('%s: the files are those of the package', (language) => {
    const package_ = dirname(createRequire(import.meta.url).resolve(`dictionary-${language}`));
    for (const [own, theirs] of [
      [`${language}.aff`, 'index.aff'],
      [`${language}.dic`, 'index.dic'],
      [`${language}.license.txt`, 'license'],
    ] as const) {
      const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      expect(hash(join(FOLDER, own))).toBe(hash(join(package_, theirs)));
    }
  });

  it('knows English and Spanish, and leaves citations, figures, capitals and addresses alone', () => {
    expect(wrong('en', 'The officer’s affidavits recieved by the detainees’ attorneys')).toEqual(['recieved']);
    expect(wrong('en', 'See id. ¶ 12; Ex. C at 4; 8 U.S.C. § 1226(a); 6 C.F.R. § 5.21; et seq.; CRCL; xyzzy3')).toEqual(
      [],
    );
    expect(wrong('en', 'write to qwert@example.org or https://crcl.gov/zzxx; Pedrooo* said')).toEqual([]);
    expect(wrong('es', 'La detensión duró dieciséis días; díganos, ¿quiénes los vieron?')).toEqual(['detensión']);
  });

  it('proposes at most five words, the right one among them', () => {
    expect(spellers['en']?.propose('goverment')).toContain('government');
    expect(spellers['es']?.propose('detensión')).toContain('detención');
    expect(spellers['en']?.propose('recieved').length).toBeLessThanOrEqual(5);
  });

  it('checks 100,000 words in slices of at most 50 ms', async () => {
    const stems = ['detention', 'recieved', 'attorney', 'facility', 'medicall', 'statement', 'Salvadoran', 'removal'];
    const words = Array.from({ length: 100_000 }, (_, i) => {
      const stem = stems[i % stems.length] ?? '';
      return i % 3 === 0
        ? `${stem}${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + ((i >> 5) % 26))}`
        : stem;
    });
    // Another process may hold the processor up: what counts is the shorter of time passed and time worked.
    const now = () => ({ passedMs: performance.now(), workedMs: process.cpuUsage().user / 1_000 });
    let began = now();
    let longestMs = 0;
    const pace = {
      nowMs: () => performance.now(),
      pause: async () => {
        const { passedMs, workedMs } = now();
        longestMs = Math.max(longestMs, Math.min(passedMs - began.passedMs, workedMs - began.workedMs));
        await new Promise((resolve) => setImmediate(resolve));
        began = now();
      },
    };
    const verdicts = await spellers['en']?.check(words, pace);
    expect(verdicts).toHaveLength(100_000);
    expect(verdicts?.filter((right) => !right).length).toBeGreaterThan(10_000);
    expect(longestMs).toBeGreaterThan(0);
    expect(longestMs).toBeLessThan(50);
  });
});
