/** Bytes of a file that cross between a window and the main process at once. */
export const MAX_PART_BYTES = 1024 * 1024;
