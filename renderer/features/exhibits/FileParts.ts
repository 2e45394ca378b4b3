import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { FileSource, Notice } from '../../../shared/ipc/contract.ts';
import { MAX_PART_BYTES } from '../../../shared/ipc/partBytes.ts';
import { ask } from '../../ui/bridge.ts';

/** A file that was looked through and is read piece by piece; it is nowhere in memory whole. */
export interface FileParts {
  readonly sizeBytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
  /** Exactly these bytes. Rejects with a PartFailure when they do not come. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Why a part of a file did not come. */
export class PartFailure extends Error {
  readonly notice: Notice;
  constructor(notice: Notice) {
    super(notice.code);
    this.name = 'PartFailure';
    this.notice = notice;
  }
}

/** Opens a file of a complaint. */
export async function openFileParts(complaintId: string, source: FileSource): Promise<Result<FileParts, Notice>> {
  const opened = await ask('exhibits/open-file', { complaintId, source });
  if (!opened.ok) return fail(opened.error);
  const { sizeBytes, sha256 } = opened.value;
  return ok({
    sizeBytes,
    sha256,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const wanted = Math.min(MAX_PART_BYTES, length - filled);
        const part = await ask('exhibits/read-part', { complaintId, source, offset: offset + filled, length: wanted });
        if (!part.ok) throw new PartFailure(part.error);
        // It is shorter than it was: somebody changed it.
        if (part.value.bytes.length === 0) throw new PartFailure({ code: 'file-unreadable' });
        bytes.set(part.value.bytes, filled);
        filled += part.value.bytes.length;
      }
      return bytes;
    },
  });
}

/** The whole file as a Blob, which the browser may keep on disk: for images, which cannot be decoded in parts. */
export async function readBlob(file: FileParts, mime: string, signal?: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < file.sizeBytes; offset += MAX_PART_BYTES) {
    signal?.throwIfAborted();
    parts.push(await file.read(offset, Math.min(MAX_PART_BYTES, file.sizeBytes - offset)));
  }
  return new Blob(parts, { type: mime });
}

/** Puts `blob` in the place of a staged file. */
export async function putParts(complaintId: string, stagingId: string, blob: Blob): Promise<Result<null, Notice>> {
  for (let offset = 0; offset < blob.size; offset += MAX_PART_BYTES) {
    const bytes = new Uint8Array(await blob.slice(offset, offset + MAX_PART_BYTES).arrayBuffer());
    const put = await ask('exhibits/put-part', { complaintId, stagingId, sizeBytes: blob.size, offset, bytes });
    if (!put.ok) return fail(put.error);
  }
  return ok(null);
}
