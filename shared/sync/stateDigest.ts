import type { Ciphers } from '../crypto/Ciphers.ts';
import { ByteReader } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { ClockRanges } from './ClockRanges.ts';
import type { ScannedStruct, UpdateScan } from './scanUpdate.ts';

const MERGEABLE: ReadonlySet<number> = new Set([2, 4, 8]);

interface Piece {
  clock: number;
  length: number;
  content: number;
  /** Client and clock of the left origin; null for none. */
  left: [number, number] | null;
  right: [number, number] | null;
  /** Parent and key as encoded; empty when origins say it. */
  parent: Uint8Array;
  /** Content without its count. */
  bytes: Uint8Array;
}

/**
 * [SY51] SHA-256 over what all replicas of one Yjs document agree on: which clocks exist and are deleted, and every live
 * struct in maximal runs, however each replica happens to have cut or merged them. `update` is a whole state, `scan` its
 * scan; what is pending must not be in it.
 */
export function stateDigest(ciphers: Ciphers, update: Uint8Array, scan: UpdateScan): Uint8Array {
  const out = new ByteWriter();
  const deleted = new ClockRanges();
  for (const range of scan.deletions) deleted.add(range);
  for (const { client, structs } of [...scan.clients].sort((a, b) => a.client - b.client)) {
    const last = structs[structs.length - 1];
    out.varuint(client).varuint(last ? last.clock + last.length : 0);
    let run: Piece[] = [];
    for (const struct of structs) {
      const live = deleted.missing({ client, clock: struct.clock, length: struct.length });
      if (live.length === 0) continue;
      const piece = readPiece(update, struct);
      if (!piece) continue;
      const before = run[run.length - 1];
      if (before && !follows(client, before, piece)) {
        writeRun(out, run);
        run = [];
      }
      run.push(piece);
    }
    writeRun(out, run);
    for (const [from, to] of deleted.intervalsOf(client)) out.varuint(from).varuint(to);
  }
  return ciphers.sha256(out.done());
}

function follows(client: number, before: Piece, piece: Piece): boolean {
  return (
    before.clock + before.length === piece.clock &&
    before.content === piece.content &&
    MERGEABLE.has(piece.content) &&
    piece.left !== null &&
    piece.left[0] === client &&
    piece.left[1] === piece.clock - 1 &&
    sameId(before.right, piece.right)
  );
}

function sameId(a: [number, number] | null, b: [number, number] | null): boolean {
  return a === b || (a !== null && b !== null && a[0] === b[0] && a[1] === b[1]);
}

function writeRun(out: ByteWriter, run: readonly Piece[]): void {
  const first = run[0];
  if (!first) return;
  out
    .varuint(first.clock)
    .varuint(run.reduce((sum, piece) => sum + piece.length, 0))
    .u8(first.content);
  for (const id of [first.left, first.right]) {
    if (id) out.u8(1).varuint(id[0]).varuint(id[1]);
    else out.u8(0);
  }
  out.sized(first.parent);
  for (const piece of run) out.raw(piece.bytes);
}

/** Null for collected and skipped structs. */
function readPiece(update: Uint8Array, struct: ScannedStruct): Piece | null {
  const reader = new ByteReader(update.subarray(struct.from, struct.to));
  const info = reader.u8();
  const content = info & 31;
  if (content === 0 || content === 10) return null;
  const left: [number, number] | null = (info & 128) !== 0 ? [reader.varuint(), reader.varuint()] : null;
  const right: [number, number] | null = (info & 64) !== 0 ? [reader.varuint(), reader.varuint()] : null;
  const parentFrom = reader.at;
  if (!left && !right) {
    if (reader.varuint() === 1) reader.raw(reader.varuint());
    else {
      reader.varuint();
      reader.varuint();
    }
    if ((info & 32) !== 0) reader.raw(reader.varuint());
  }
  const parent = reader.bytes.subarray(parentFrom, reader.at);
  if (MERGEABLE.has(content)) reader.varuint();
  return { clock: struct.clock, length: struct.length, content, left, right, parent, bytes: reader.rest() };
}
