import { describe, expect, it } from 'vitest';
import { cleanImage, isCleanImage } from './cleanImage.ts';
import { joinBytes } from './ImageReading.ts';
import { firstImageWidth, MAX_ALT, parseAlt, parseImageId, parseImageWidth } from './imageRules.ts';
import { crc32 } from './readPng.ts';

/** 24 × 16 pixels, baseline and progressive, as a plain encoder writes them. */
const JPEG = fromHex(
  'ffd8ffe000104a46494600010100000100010000ffdb004300030202020202030202020303030304060404040404080606050609080a0a090809090a0c0f0c0a0b0e0b09090d110d0e0f101011100a0c12131210130f101010ffdb00430103030304030408040408100b090b1010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010ffc00011080010001803011100021101031101ffc400160001010100000000000000000000000000000708ffc40017100003010000000000000000000000000000011552ffc400160101010100000000000000000000000000000804ffc40017110003010000000000000000000000000000166217ffda000c03010002110311003f00cb1756ccd9d417c3e50bab633a80f942ead8cea03e513cbab65e79d41163e50bab633a80f942ead8cea03e51ffd9',
);
const PROGRESSIVE = fromHex(
  'ffd8ffe000104a46494600010100000100010000ffdb004300030202020202030202020303030304060404040404080606050609080a0a090809090a0c0f0c0a0b0e0b09090d110d0e0f101011100a0c12131210130f101010ffdb00430103030304030408040408100b090b1010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010ffc20011080010001803011100021101031101ffc400160001010100000000000000000000000000000607ffc400160101010100000000000000000000000000000703ffda000c03010002100310000001caf2be013d7a8a81ffc4001510010100000000000000000000000000000013ffda0008010100010502baebaebaefffc400161100030000000000000000000000000000001561ffda0008010301013f017d47d47d47d47d47d4ffc400161100030000000000000000000000000000001661ffda0008010201013f015d82ec1760bb05d82ec3ffc40014100100000000000000000000000000000020ffda0008010100063f025fffc4001510010100000000000000000000000000000071ffda0008010100013f21a5294a53ffda000c03010002000300000010db127fffc40014110100000000000000000000000000000020ffda0008010301013f104001ffc40014110100000000000000000000000000000020ffda0008010201013f105fff00ffc4001510010100000000000000000000000000000011ffda0008010100013f10965965965fffd9',
);
const SECRET = 'Lat 13.6929 Long -89.2182 Ana Cecilia';

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}
const words = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const word = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const holds = (bytes: Uint8Array, text: string): boolean => String.fromCharCode(...bytes).includes(text);

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joinBytes([words(type), data]);
  return joinBytes([word(data.length), body, word(crc32(body))]);
}
const header = (width: number, height: number, depth = 8, colour = 2): Uint8Array =>
  chunk('IHDR', joinBytes([word(width), word(height), Uint8Array.of(depth, colour, 0, 0, 0)]));
/** The compressed rows of one red pixel; what is in them is nobody's business here. */
const DATA = chunk('IDAT', fromHex('789c63f8cfc0000003010100'));
const END = chunk('IEND', new Uint8Array());
const png = (...chunks: readonly Uint8Array[]): Uint8Array => joinBytes([fromHex('89504e470d0a1a0a'), ...chunks]);
const PNG = png(header(1, 1), DATA, END);

const segment = (marker: number, data: Uint8Array): Uint8Array =>
  joinBytes([Uint8Array.of(0xff, marker, (data.length + 2) >> 8, data.length + 2), data]);
/** After the start of the image. */
const withSegments = (...segments: readonly Uint8Array[]): Uint8Array =>
  joinBytes([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2)]);
/** EXIF that asks for a turn and tells where it was. */
const exif = (turn: number): Uint8Array =>
  joinBytes([
    words('MM'),
    fromHex('002a00000008'),
    fromHex(`00010112000300000001000${turn}0000`),
    word(0),
    words(SECRET),
  ]);
const clean = (bytes: Uint8Array) => {
  const read = cleanImage(bytes);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};
const refusal = (bytes: Uint8Array): string => {
  const read = cleanImage(bytes);
  return read.ok ? 'taken' : read.error.code;
};

describe('[DO82] what an image is made of', () => {
  it('keeps what draws it, with its size', () => {
    expect(clean(JPEG)).toMatchObject({ mime: 'image/jpeg', widthPx: 24, heightPx: 16, redraw: false });
    expect(clean(PROGRESSIVE)).toMatchObject({ mime: 'image/jpeg', widthPx: 24, heightPx: 16 });
    expect(clean(PNG)).toMatchObject({ mime: 'image/png', widthPx: 1, heightPx: 1, redraw: false });
  });

  it('a clean one comes out as it went in', () => {
    for (const bytes of [JPEG, PROGRESSIVE, PNG]) {
      const once = clean(bytes).bytes;
      expect(clean(once).bytes).toEqual(once);
      expect(isCleanImage(once, clean(once))).toBe(true);
    }
    expect(clean(PNG).bytes).toEqual(PNG);
  });

  it('a JPEG loses place, owner, thumbnail, comment, profile and what stands behind its end', () => {
    const photo = joinBytes([
      withSegments(
        segment(0xe1, joinBytes([words('Exif\0\0'), exif(1)])),
        segment(0xe1, words(`http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`)),
        segment(0xe0, words(`JFXX\0\u0010${SECRET}`)),
        segment(0xed, words(`Photoshop 3.0\0${SECRET}`)),
        segment(0xe5, words(SECRET)),
        segment(0xfe, words(SECRET)),
      ),
      words(SECRET),
      JPEG,
    ]);
    const { bytes, redraw } = clean(photo);
    expect(holds(bytes, 'Ana')).toBe(false);
    expect(bytes).toEqual(clean(JPEG).bytes);
    expect(redraw).toBe(false);
    expect(isCleanImage(photo, clean(photo))).toBe(false);
  });

  it('a thumbnail inside the JFIF segment goes', () => {
    const thumbnail = joinBytes([words('JFIF\0'), fromHex('010100000100010101'), words(SECRET)]);
    const { bytes } = clean(joinBytes([JPEG.subarray(0, 2), segment(0xe0, thumbnail), JPEG.subarray(20)]));
    expect(bytes).toEqual(clean(JPEG).bytes);
  });

  it('says when an image must be drawn anew to look the same', () => {
    expect(clean(withSegments(segment(0xe1, joinBytes([words('Exif\0\0'), exif(6)])))).redraw).toBe(true);
    expect(clean(withSegments(segment(0xe2, words(`ICC_PROFILE\0\u0001\u0001${SECRET}`)))).redraw).toBe(true);
    expect(clean(png(header(1, 1), chunk('iCCP', words(SECRET)), DATA, END)).redraw).toBe(true);
    expect(clean(png(header(1, 1), chunk('eXIf', exif(3)), DATA, END)).redraw).toBe(true);
  });

  it('a PNG loses words, times, EXIF, profile, frames and what stands behind its end', () => {
    const shot = joinBytes([
      png(
        header(1, 1),
        ...['tEXt', 'zTXt', 'iTXt', 'eXIf', 'iCCP', 'tIME', 'pHYs', 'sPLT', 'acTL', 'fcTL', 'prVw'].map((type) =>
          chunk(type, words(SECRET)),
        ),
        DATA,
        chunk('fdAT', words(SECRET)),
        chunk('tEXt', words(SECRET)),
        END,
      ),
      // what a cropping tool left of the picture before
      DATA,
      words(SECRET),
    ]);
    expect(clean(shot).bytes).toEqual(PNG);
  });

  it('keeps what says which colours are meant', () => {
    const coloured = png(header(1, 1), chunk('gAMA', word(45455)), chunk('sRGB', Uint8Array.of(0)), DATA, END);
    expect(clean(coloured).bytes).toEqual(coloured);
    const hiding = png(header(1, 1), chunk('gAMA', words(SECRET)), DATA, END);
    expect(clean(hiding).bytes).toEqual(PNG);
  });

  it('an Adobe segment keeps its twelve bytes', () => {
    const adobe = joinBytes([words('Adobe'), fromHex('00640000000001'), words(SECRET)]);
    const { bytes } = clean(withSegments(segment(0xee, adobe)));
    expect(holds(bytes, 'Adobe')).toBe(true);
    expect(holds(bytes, 'Ana')).toBe(false);
  });
});

describe('[DO82] hostile files', () => {
  it('takes no other kind, whatever its name or its beginning', () => {
    for (const text of ['GIF89a', '<svg onload="x()">', 'RIFF0000WEBP', '%PDF-1.7', '\0\0\0\u0018ftypheic', 'BM', ''])
      expect(refusal(words(text))).toBe('image-kind');
    expect(refusal(words('\u0089PNG\r\n\u001a\n'))).toBe('image-broken');
    expect(refusal(Uint8Array.of(0xff, 0xd8, 0xff))).toBe('image-broken');
  });

  it('refuses pixels that no memory holds, before anything is decoded', () => {
    expect(refusal(png(header(60_000, 60_000), DATA, END))).toBe('image-too-large');
    expect(refusal(png(header(0xffffffff, 1), DATA, END))).toBe('image-too-large');
    expect(refusal(png(header(0, 10), DATA, END))).toBe('image-broken');
    expect(refusal(new Uint8Array(10_000_001))).toBe('image-file-large');
  });

  it('refuses a second frame, which a decoder may take for the size', () => {
    const frame = segment(0xc0, fromHex('08ea60ea6003012200021101031101'));
    expect(refusal(joinBytes([JPEG.subarray(0, 2), frame, JPEG.subarray(2)]))).toBe('image-broken');
    expect(refusal(png(header(1, 1), header(9, 9), DATA, END))).toBe('image-broken');
  });

  it('refuses tables that do not fill their segment, more scans than any picture has, and other ways of coding', () => {
    expect(refusal(withSegments(segment(0xc4, joinBytes([new Uint8Array(17), words(SECRET)]))))).toBe('image-broken');
    expect(refusal(withSegments(segment(0xdb, words(SECRET))))).toBe('image-broken');
    for (const marker of [0xc3, 0xc9, 0xcc, 0xdc, 0xde, 0xf0, 0x01, 0xd0, 0xd8])
      expect(refusal(withSegments(segment(marker, new Uint8Array(4))))).toBe('image-broken');
    const scan = JPEG.lastIndexOf(0xda) - 1;
    const scans = Array.from({ length: 101 }, () => JPEG.subarray(scan, -2));
    expect(refusal(joinBytes([JPEG.subarray(0, scan), ...scans, JPEG.subarray(-2)]))).toBe('image-broken');
  });

  it('refuses chunks out of order, unknown ones that are needed, and checksums that do not fit', () => {
    const broken = [
      png(DATA, header(1, 1), END),
      png(header(1, 1), END),
      png(header(1, 1), DATA),
      png(header(1, 1), chunk('CgBI', word(1)), DATA, END),
      png(header(1, 1), DATA, chunk('tEXt', words('a')), DATA, END),
      png(header(1, 1, 8, 3), DATA, END),
      png(header(1, 1, 3, 2), DATA, END),
      png(header(1, 1), chunk('PLTE', new Uint8Array(769)), DATA, END),
      png(header(1, 1), DATA, chunk('IEND', words(SECRET))),
    ];
    for (const bytes of broken) expect(refusal(bytes)).toBe('image-broken');
    const flipped = PNG.slice();
    flipped[20] = 7;
    expect(refusal(flipped)).toBe('image-broken');
  });

  it('cut anywhere, it is broken and never taken for whole', () => {
    for (const bytes of [JPEG, PROGRESSIVE, PNG])
      for (let end = 3; end < bytes.length; end += 1)
        expect(['image-broken', 'image-kind']).toContain(refusal(bytes.subarray(0, end)));
  });

  it('with any byte changed it is refused or clean, and always ends', () => {
    let seed = 7;
    const below = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let round = 0; round < 5_000; round += 1) {
      const bytes = [JPEG, PROGRESSIVE, PNG][round % 3]?.slice() as Uint8Array;
      for (let change = 0; change <= round % 4; change += 1) bytes[below(bytes.length)] = below(256);
      const read = cleanImage(bytes);
      if (read.ok) expect(clean(read.value.bytes).bytes).toEqual(read.value.bytes);
    }
  });

  it('EXIF that points anywhere is read without a fault', () => {
    let seed = 11;
    const below = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let round = 0; round < 2_000; round += 1) {
      const noise = exif(6);
      for (let change = 0; change < 6; change += 1) noise[below(noise.length)] = below(256);
      expect(typeof clean(withSegments(segment(0xe1, joinBytes([words('Exif\0\0'), noise])))).redraw).toBe('boolean');
    }
  });

  it('[DO83] what a partner sends is taken only as its record says it', () => {
    const { bytes } = clean(JPEG);
    expect(isCleanImage(bytes, { mime: 'image/png', widthPx: 24, heightPx: 16 })).toBe(false);
    expect(isCleanImage(bytes, { mime: 'image/jpeg', widthPx: 16, heightPx: 24 })).toBe(false);
    expect(isCleanImage(joinBytes([bytes, words('x')]), { mime: 'image/jpeg', widthPx: 24, heightPx: 16 })).toBe(false);
  });

  it('[DO83] a mark of the same length, in the density of a JPEG, is not taken', () => {
    const { bytes } = clean(JPEG);
    const marked = bytes.slice();
    marked[15] = 0x42; // of the JFIF segment: horizontal density
    expect(clean(marked).bytes.length).toBe(marked.length);
    expect(isCleanImage(marked, { mime: 'image/jpeg', widthPx: 24, heightPx: 16 })).toBe(false);
    expect(isCleanImage(bytes, { mime: 'image/jpeg', widthPx: 24, heightPx: 16 })).toBe(true);
  });
});

describe('[DO80] [DO81] the fields of an image', () => {
  it('reads anything as something', () => {
    for (const value of [undefined, null, 3, {}, 'abc', 'A'.repeat(16)]) expect(parseImageId(value)).toBe('');
    expect(parseImageId('abcdefghijklmnop')).toBe('abcdefghijklmnop');
    for (const value of [undefined, '50', 9, 101, 50.5, Number.NaN, {}]) expect(parseImageWidth(value)).toBe(100);
    expect(parseImageWidth(35)).toBe(35);
    expect(parseAlt({})).toBe('');
    expect(parseAlt(' A map\n\tof\u0000 a  cell\u2028x ')).toBe('A map of a cell x');
    expect(parseAlt('a'.repeat(5_000))).toHaveLength(MAX_ALT);
    expect(parseAlt(`${'a'.repeat(MAX_ALT - 1)}\u{1F4C4}`)).toBe('a'.repeat(MAX_ALT - 1));
  });
  it('begins as wide as it is sharp', () => {
    expect(firstImageWidth(40)).toBe(10);
    expect(firstImageWidth(360)).toBe(50);
    expect(firstImageWidth(2_600)).toBe(100);
  });
});
