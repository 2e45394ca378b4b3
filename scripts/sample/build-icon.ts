import { writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';

/** Writes the application icon, a white pilcrow in a seal: `npx tsx scripts/sample/build-icon.ts`. */

const SIZE_PX = 512;
const SAMPLES = 4;
type Rgb = readonly [number, number, number];
const INK: Rgb = [0x1c, 0x1a, 0x17];
const PAPER: Rgb = [0xf8, 0xf7, 0xf4];
const CENTER = SIZE_PX / 2;
const SEAL_RADIUS = 236;
const NOTCHES = 48;

const inBox = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x <= right && y >= top && y <= bottom;

/** The mark: a bowl to the left, two stems with feet. */
function inPilcrow(x: number, y: number): boolean {
  const bowlX = 240;
  const bowlY = 204;
  const bowl = ((x - bowlX) / 74) ** 2 + ((y - bowlY) / 74) ** 2 <= 1 && x <= bowlX + 20;
  const cap = inBox(x, y, bowlX, 130, 338, 146);
  const filling = inBox(x, y, bowlX, 130, 262, 278);
  const stems = inBox(x, y, 244, 130, 262, 386) || inBox(x, y, 296, 130, 314, 386);
  const feet = inBox(x, y, 230, 374, 274, 386) || inBox(x, y, 284, 374, 328, 386);
  return bowl || cap || filling || stems || feet;
}

/** Color at a point, or null outside the seal. */
function colorAt(x: number, y: number): Rgb | null {
  const dx = x - CENTER;
  const dy = y - CENTER;
  const radius = Math.hypot(dx, dy);
  const rim = SEAL_RADIUS + 4 * Math.cos(NOTCHES * Math.atan2(dy, dx));
  if (radius > rim) return null;
  if ((radius > 196 && radius < 204) || (radius > 186 && radius < 189)) return PAPER;
  return inPilcrow(x, y) ? PAPER : INK;
}

function buildPixels(): Buffer {
  const rows = Buffer.alloc(SIZE_PX * (SIZE_PX * 4 + 1));
  for (let y = 0; y < SIZE_PX; y += 1) {
    for (let x = 0; x < SIZE_PX; x += 1) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
        const color = colorAt(x + ((i % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES);
        if (!color) continue;
        covered += 1;
        for (let c = 0; c < 3; c += 1) sum[c] = (sum[c] ?? 0) + (color[c] ?? 0);
      }
      const offset = y * (SIZE_PX * 4 + 1) + 1 + x * 4;
      for (let c = 0; c < 3; c += 1) rows[offset + c] = covered ? Math.round((sum[c] ?? 0) / covered) : 0;
      rows[offset + 3] = Math.round((covered * 255) / (SAMPLES * SAMPLES));
    }
  }
  return rows;
}

function buildChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE_PX, 0);
header.writeUInt32BE(SIZE_PX, 4);
header.set([8, 6, 0, 0, 0], 8); // eight bits a channel, RGBA
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  buildChunk('IHDR', header),
  buildChunk('IDAT', deflateSync(buildPixels(), { level: 9 })),
  buildChunk('IEND', Buffer.alloc(0)),
]);
await writeFile(new URL('../../resources/icons/icon.png', import.meta.url), png);
