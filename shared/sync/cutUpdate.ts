import { ByteWriter } from './ByteWriter.ts';
import type { ClockRanges } from './ClockRanges.ts';
import type { ClockRange, ScannedClient, ScannedStruct, UpdateScan } from './scanUpdate.ts';

export interface Cut {
  /** Whether structs of this client may stay. */
  keeps(client: number): boolean;
  /** Clock up to which frames hold this client's structs already. */
  sealedUntil(client: number): number;
  /** Deletions that frames hold already. */
  sealedDeletions: ClockRanges;
}

/** [SY32] What of a scanned update no frame holds yet. Empty lists when nothing is left. */
export function cutScan(scan: UpdateScan, cut: Cut): UpdateScan {
  const clients: ScannedClient[] = [];
  for (const { client, structs } of scan.clients) {
    if (!cut.keeps(client)) continue;
    const until = cut.sealedUntil(client);
    const left = structs.filter((struct) => struct.clock + struct.length > until);
    if (left.length > 0) clients.push({ client, structs: left });
  }
  return { clients, deletions: scan.deletions.flatMap((range) => cut.sealedDeletions.missing(range)) };
}

/**
 * Writes the structs and deletions of `scan`, a part of what `update` was scanned to, as Yjs updates of about
 * `pieceBytes` each, cut between structs. [SY6] No update at all for an empty scan.
 */
export function writePieces(update: Uint8Array, scan: UpdateScan, pieceBytes: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let clients: ScannedClient[] = [];
  let deletions: ClockRange[] = [];
  let size = 0;
  const close = (): void => {
    if (clients.length + deletions.length > 0) pieces.push(writeUpdate(update, { clients, deletions }));
    clients = [];
    deletions = [];
    size = 0;
  };
  for (const { client, structs } of scan.clients) {
    let current: ScannedStruct[] | null = null;
    for (const struct of structs) {
      if (size > 0 && size + struct.to - struct.from > pieceBytes) {
        close();
        current = null;
      }
      if (!current) clients.push({ client, structs: (current = []) });
      current.push(struct);
      size += struct.to - struct.from;
    }
  }
  for (const range of scan.deletions) {
    if (size > pieceBytes) close();
    deletions.push(range);
    size += 10;
  }
  close();
  return pieces;
}

function writeUpdate(update: Uint8Array, scan: UpdateScan): Uint8Array {
  const writer = new ByteWriter().varuint(scan.clients.length);
  for (const { client, structs } of scan.clients) {
    const first = structs[0] as ScannedStruct;
    const last = structs[structs.length - 1] as ScannedStruct;
    writer.varuint(structs.length).varuint(client).varuint(first.clock).raw(update.subarray(first.from, last.to));
  }
  const byClient = new Map<number, ClockRange[]>();
  for (const range of scan.deletions) {
    const ranges = byClient.get(range.client);
    if (ranges) ranges.push(range);
    else byClient.set(range.client, [range]);
  }
  writer.varuint(byClient.size);
  for (const [client, ranges] of byClient) {
    writer.varuint(client).varuint(ranges.length);
    for (const range of ranges) writer.varuint(range.clock).varuint(range.length);
  }
  return writer.done();
}
