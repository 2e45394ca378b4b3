import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { BlockStyle, SerializedImage } from '../domain/document.ts';
import type { ImageId } from '../domain/ids.ts';
import { joinBytes } from '../domain/images/ImageReading.ts';
import { crc32 } from '../domain/images/readPng.ts';
import type { ImageFile } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { buildFiling } from '../filing/buildFiling.ts';
import { buildFilingText } from '../filing/buildFilingText.ts';
import { findFiledImages } from '../filing/findFiledImages.ts';
import { parseSnapshot } from '../filing/parseSnapshot.ts';
import { randomSnapshot } from '../filing/randomSnapshot.ts';
import { toDocx } from './toDocx.ts';

const ID = 'aaaaaaaaaaaaaaaa' as ImageId;
const OTHER = 'bbbbbbbbbbbbbbbb' as ImageId;
const word = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joinBytes([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  return joinBytes([word(data.length), body, word(crc32(body))]);
}
function png(width: number, height: number, grey: number): Uint8Array {
  const rows = new Uint8Array(height * (width + 1)).fill(grey);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', joinBytes([word(width), word(height), Uint8Array.of(8, 0, 0, 0, 0)])),
    chunk('IDAT', new Uint8Array(deflateSync(rows))),
    chunk('IEND', new Uint8Array()),
  ]);
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const FILE = png(200, 100, 90);
const TALL = png(40, 4_00, 200);

function record(id: ImageId, bytes: Uint8Array, widthPx: number, heightPx: number): ImageFile {
  const sha256 = hashOf(bytes);
  const sizeBytes = bytes.length;
  return { id, mime: 'image/png', widthPx, heightPx, sizeBytes, sha256, blobId: sha256, blobKey: 'k', by: 1, at: 5 };
}
const image = (imageId: ImageId, alt: string, width = 100): SerializedImage => ({
  type: 'image',
  version: 1,
  imageId,
  alt,
  width,
});
function snapshot(blocks: readonly (readonly [BlockStyle, ...SerializedImage[]])[]): Snapshot {
  const base = randomSnapshot(3, { blocks: 0, exhibits: 0 });
  return {
    ...base,
    body: {
      root: {
        ...base.body.root,
        children: blocks.map(([blockStyle, ...children]) => ({
          type: 'block',
          version: 1,
          blockStyle,
          children,
          direction: null,
          format: '',
          indent: 0,
        })),
      },
    },
    records: { ...base.records, images: [record(ID, FILE, 200, 100), record(OTHER, TALL, 40, 400)] },
  };
}
const FILES = new Map([FILE, TALL].map((bytes) => [hashOf(bytes), bytes]));

describe('images in a filing', () => {
  it('[FI110] is as wide as its share of its lines, and never higher than 8 inches', () => {
    const { blocks } = buildFiling(
      snapshot([
        ['plain', image(ID, 'A cell', 50)],
        ['numbered', image(ID, 'A cell')],
        ['quote', image(ID, 'A cell')],
        ['plain', image(OTHER, 'A list')],
      ]),
    );
    expect(blocks.map(({ runs }) => runs[0])).toMatchObject([
      { wide: 4_680, high: 2_340 },
      { wide: 8_820, high: 4_410 },
      { wide: 7_380, high: 3_690 },
      { wide: 1_152, high: 11_520 },
    ]);
  });

  it('[FI112] is an inline picture with its words, each file once, in the same bytes each time', async () => {
    const model = buildFiling(
      snapshot([['plain', image(ID, 'A "map" <of> & Ñuñoa', 40), image(OTHER, 'A list'), image(ID, 'Again')]]),
    );
    const bytes = await toDocx(model, FILES);
    expect(await toDocx(model, FILES)).toEqual(bytes);
    const parts = unzipSync(bytes);
    expect(Object.keys(parts).filter((name) => name.includes('media'))).toHaveLength(2);
    expect(parts['word/media/image1.png']).toEqual(FILE);
    expect(parts['word/media/image2.png']).toEqual(TALL);
    const xml = strFromU8(parts['word/document.xml'] as Uint8Array);
    expect(xml).toContain('<wp:docPr id="1" name="Image" descr="A &quot;map&quot; &lt;of&gt; &amp; Ñuñoa"/>');
    expect([...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id)).toEqual(['1', '2', '3']);
    expect(xml).toContain(`<wp:extent cx="${3_744 * 635}" cy="${1_872 * 635}"/>`);
    expect(strFromU8(parts['[Content_Types].xml'] as Uint8Array)).toContain('Extension="png"');
    const targets = [...xml.matchAll(/r:embed="([^"]*)"/g)].map(([, id]) => id);
    const relations = strFromU8(parts['word/_rels/document.xml.rels'] as Uint8Array);
    for (const id of targets) expect(relations).toContain(`Id="${id}"`);
    expect(targets[0]).toBe(targets[2]);
  });

  it('[FI111] a missing record is told in words, a missing file is no filing', async () => {
    const gone = 'cccccccccccccccc' as ImageId;
    const model = buildFiling(snapshot([['plain', image(gone, 'A map'), image(ID, '')]]));
    expect(buildFilingText(model)).toContain('[missing image: A map][Image: no description]');
    await expect(toDocx(model)).rejects.toThrow();
    const xml = strFromU8(unzipSync(await toDocx(model, FILES))['word/document.xml'] as Uint8Array);
    expect(xml).toContain('[missing image: A map]');
    expect(xml).toContain('descr="[Image: no description]"');
  });

  it('[DO86] in a footnote there are its words', () => {
    const base = snapshot([['plain']]);
    const noteId = 'dddddddddddddddd';
    const layout = { version: 1, direction: null, format: '', indent: 0 } as const;
    const inner = { ...layout, type: 'block', blockStyle: 'plain', children: [image(ID, 'A map')] };
    const withNote = {
      ...base,
      body: {
        root: {
          ...base.body.root,
          children: [{ ...layout, type: 'block', blockStyle: 'plain', children: [{ type: 'footnote', noteId }] }],
        },
      },
      notes: { root: { ...layout, type: 'root', children: [{ ...layout, type: 'note', noteId, children: [inner] }] } },
    } as unknown as Snapshot;
    expect(buildFiling(withNote).notes[0]?.paragraphs[0]).toMatchObject([{ kind: 'text', text: '[Image: A map]' }]);
    expect(findFiledImages(withNote)).toEqual([]);
  });

  it('[DO15] names the files it needs, without those of suggestions', () => {
    const suggested = { ...image(OTHER, 'A list'), $: { ins_eeeeeeeeeeeeeeee: 1 as const } };
    const one = snapshot([
      ['plain', image(ID, 'A map'), suggested],
      ['plain', image(ID, 'Again')],
    ]);
    expect(findFiledImages(one).map(({ sha256 }) => sha256)).toEqual([hashOf(FILE)]);
  });

  it('[DO1] a mark that means nothing hides no image from those that are fetched', () => {
    for (const marks of [{ ins_: 1 }, { ins_eeeeeeeeeeeeeeee: 2 }, { rIns_eeeeeeeeeeeeeeee: 'x' }]) {
      const one = snapshot([['plain', { ...image(ID, 'A map'), $: marks } as unknown as ReturnType<typeof image>]]);
      expect(findFiledImages(one)).toHaveLength(1);
      expect(JSON.stringify(buildFiling(one).blocks)).toContain('A map');
    }
  });

  it('[FI22] a snapshot with images is read whole; fields of another shape are refused', () => {
    const good = snapshot([['plain', image(ID, 'A map')]]);
    const read = parseSnapshot(structuredClone(good));
    expect(read.ok && buildFiling(read.value)).toEqual(buildFiling(good));
    const { images: _, ...without } = good.records;
    expect(parseSnapshot({ ...good, records: without }).ok).toBe(true);
    const bad = snapshot([['plain', { ...image(ID, 'A map'), width: 'wide' as unknown as number }]]);
    expect(parseSnapshot(bad)).toMatchObject({ ok: false });
  });
});
