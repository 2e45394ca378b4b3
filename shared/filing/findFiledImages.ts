import { z } from 'zod';
import type { ImageFile } from '../domain/records.ts';

z.config({ jitless: true }); // a page under a strict CSP may not generate code

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const record = z.object({
  id: z.string().max(100),
  mime: z.enum(['image/png', 'image/jpeg']),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  sha256: hex64,
  blobId: hex64,
  blobKey: z.string().max(100),
});
/** What is asked of the record of an image to read its file. */
export type FiledImage = Pick<ImageFile, 'widthPx' | 'heightPx' | 'sha256' | 'blobId' | 'blobKey'> & {
  mime: 'image/png' | 'image/jpeg';
};

const MAX_DEPTH = 8;
const SUGGESTED = /^(?:ins|rIns)_./;

/**
 * The records of the images that a filing of the snapshot prints, each once, in reading order [FI110]. For a snapshot that
 * nobody has parsed yet: what is none, or has another shape, has no images.
 */
export function findFiledImages(snapshot: unknown): FiledImage[] {
  const { body, records } = (snapshot ?? {}) as { body?: { root?: unknown }; records?: { images?: unknown } };
  const byId = new Map<string, FiledImage>();
  for (const each of Array.isArray(records?.images) ? records.images : []) {
    const parsed = record.safeParse(each);
    if (parsed.success) byId.set(parsed.data.id, parsed.data);
  }
  const found = new Set<FiledImage>();
  const visit = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return;
    const { type, imageId, children, $: marks } = node as Record<string, unknown>;
    // [DO15] What nobody accepted is not filed. A mark that means nothing [DO1] hides nothing: its image is filed.
    if (Object.entries(marks ?? {}).some(([key, value]) => value === 1 && SUGGESTED.test(key))) return;
    const image = type === 'image' ? byId.get(String(imageId)) : undefined;
    if (image) found.add(image);
    if (Array.isArray(children)) for (const child of children) visit(child, depth + 1);
  };
  if (byId.size > 0) visit(body?.root, 0);
  return [...found];
}
