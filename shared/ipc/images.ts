import { z } from 'zod';
import { IMAGE_LIMITS } from '../domain/images/imageRules.ts';

/** The channel that seals an image of the text; its parts are read as those of any sealed copy (`exhibits/read-part`). */

z.config({ jitless: true });

const id = z.string().regex(/^[a-z2-7]{16}$/);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the record of an image says about its file. */
export const sealedImageSchema = z.object({
  mime: z.enum(['image/png', 'image/jpeg']),
  widthPx: z.number().int().min(1),
  heightPx: z.number().int().min(1),
  sizeBytes: z.number().int().min(1),
  sha256: hex64,
  blobId: hex64,
  blobKey: z.string(),
});
export type SealedImage = z.infer<typeof sealedImageSchema>;

export const IMAGE_CHANNELS = {
  /** Takes out of the bytes what is not needed to draw them, and seals what is left. Nothing is kept when it fails. */
  'images/seal': {
    request: z.object({
      complaintId: id,
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= IMAGE_LIMITS.fileBytes),
    }),
    response: sealedImageSchema,
  },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

/** Codes about images; part of NOTICE_CODES. */
export const IMAGE_NOTICE_CODES = [
  'image-kind',
  'image-file-large',
  'image-needs-caret',
  'image-while-suggesting',
  'image-reviewer',
  'filing-without-image',
] as const;
