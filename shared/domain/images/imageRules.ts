import { type ImageId, isId } from '../ids.ts';

/** What may be sealed, shown and filed [DO82]. `sidePx`: of the longer side. */
export const IMAGE_LIMITS = { fileBytes: 10_000_000, sidePx: 2_600, pixels: 6_760_000 } as const;
/** What a person may choose: the window draws it anew in a size that may be sealed. */
export const CHOSEN_IMAGE_LIMITS = { fileBytes: 40_000_000, sidePx: 16_384, pixels: 50_000_000 } as const;
export type ImageLimits = { readonly [K in keyof typeof IMAGE_LIMITS]: number };

/** Longest description of an image, in characters. */
export const MAX_ALT = 1_000;
/** Of the width of the paragraph's text, in hundredths. */
export const IMAGE_WIDTH = { min: 10, max: 100, step: 5 } as const;

export const parseImageId = (value: unknown): ImageId | '' => (isId(value) ? (value as ImageId) : '');

/** [DO80] [DO81] On one line and without control characters; anything but a string reads as no words. */
export function parseAlt(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .slice(0, 4 * MAX_ALT)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_ALT)
    .replace(/\p{Cs}/gu, '');
}

/** [DO80] A whole number within the bounds; anything else reads as the whole width. */
export function parseImageWidth(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= IMAGE_WIDTH.min && value <= IMAGE_WIDTH.max
    ? value
    : IMAGE_WIDTH.max;
}

/** Up to this many pixels of an image are shown on one inch of a page, unless the person wants it smaller. */
const SHARP_PX_PER_INCH = 110;
const COLUMN_INCHES = 6.5;

/** The width at which an image begins: the whole one, or less where it would be blurred. */
export function firstImageWidth(widthPx: number): number {
  const share = (100 * widthPx) / (COLUMN_INCHES * SHARP_PX_PER_INCH);
  const stepped = Math.round(share / IMAGE_WIDTH.step) * IMAGE_WIDTH.step;
  return Math.min(IMAGE_WIDTH.max, Math.max(IMAGE_WIDTH.min, stepped));
}

/** No image is higher than this on a page of 11 inches with its margins. */
export const MAX_IMAGE_HEIGHT_INCHES = 8;
