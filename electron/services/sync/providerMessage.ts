import { type ByteReader, MalformedBytes, readWith } from '../../../shared/sync/ByteReader.ts';
import { ByteWriter } from '../../../shared/sync/ByteWriter.ts';

/** The messages y-websocket's provider speaks: y-protocols behind one type byte. */
export type ProviderMessage =
  | { type: 'step-1' }
  | { type: 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'query-awareness' };

/** Null for anything else; the provider never sends that. Step 2 and update are both an update. */
export function parseProviderMessage(bytes: Uint8Array): ProviderMessage | null {
  return readWith(bytes, (r): ProviderMessage => {
    const type = r.varuint();
    if (type === 3) return { type: 'query-awareness' };
    if (type === 1) return { type: 'awareness', update: readSized(r) };
    if (type !== 0) throw new MalformedBytes();
    return r.varuint() === 0 ? { type: 'step-1' } : { type: 'update', update: readSized(r) };
  });
}

const sized = (writer: ByteWriter, bytes: Uint8Array): Uint8Array => writer.varuint(bytes.length).raw(bytes).done();

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => sized(new ByteWriter().u8(0).u8(0), stateVector);
/** A step 2 that brings nothing: the provider calls itself synced after it. */
export const emptyStep2 = (): Uint8Array => sized(new ByteWriter().u8(0).u8(1), Uint8Array.of(0, 0));
export const encodeUpdate = (update: Uint8Array): Uint8Array => sized(new ByteWriter().u8(0).u8(2), update);
export const encodeAwarenessMessage = (update: Uint8Array): Uint8Array => sized(new ByteWriter().u8(1), update);
export const queryAwareness = (): Uint8Array => Uint8Array.of(3);
/** An awareness update of nobody: keeps the provider's 30 s watchdog quiet. */
export const heartbeat = (): Uint8Array => encodeAwarenessMessage(Uint8Array.of(0));

function readSized(reader: ByteReader): Uint8Array {
  return reader.raw(reader.varuint());
}
