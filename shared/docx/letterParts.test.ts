import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { BlockStyle, SerializedBlock } from '../domain/document.ts';
import { LETTER_PARTS } from '../domain/letterParts.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { STYLE_ID } from './filingStyles.ts';
import { toDocx } from './toDocx.ts';

const block = (blockStyle: BlockStyle, text: string): SerializedBlock => ({
  type: 'block',
  version: 1,
  blockStyle,
  direction: null,
  format: '',
  indent: 0,
  children: [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }],
});

describe('parts of the letter in Word', () => {
  it('[DO94] keep their lines on one page, and a closing with its signature', async () => {
    const snapshot = randomSnapshot(1);
    snapshot.body.root.children = [
      block('transmission', 'VIA EMAIL'),
      block('address', 'Officer'),
      block('plain', 'Text'),
      block('plain', 'Respectfully submitted,'),
      block('signature', 'Name'),
    ];
    const parts = unzipSync(await toDocx(buildFiling(snapshot)));
    const read = (name: string): string => strFromU8(parts[name] as Uint8Array);
    const styles = read('word/styles.xml');
    for (const part of LETTER_PARTS)
      expect(new RegExp(`w:styleId="${STYLE_ID[part]}".*?</w:style>`, 's').exec(styles)?.[0]).toContain(
        '<w:keepLines/>',
      );
    const paragraphs = read('word/document.xml').split('</w:p>').slice(0, 5);
    expect(paragraphs.map((paragraph) => paragraph.includes('<w:keepNext/>'))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});
