import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { PORT_MESSAGE } from '../../../shared/ipc/docPort.ts';
import type { ReplicaDoc } from './documents.ts';

/** The part of a MessagePort that is needed here, so that tests run over an ordinary one. */
export interface MessageEnd {
  post(message: Uint8Array): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/**
 * One window's end of one complaint: y-protocols sync with the replica, presence with main's awareness. It is the
 * origin of the updates it brings, so that they are not sent back to it.
 */
export class DocPort {
  readonly clientId: number;
  readonly #end: MessageEnd;
  readonly #replica: ReplicaDoc;
  readonly #awareness: Awareness;
  readonly #readOnly: boolean;
  readonly #barriers = new Map<number, () => void>();
  #nextBarrier = 1;
  #closed = false;

  constructor(
    end: MessageEnd,
    replica: ReplicaDoc,
    awareness: Awareness,
    options: { clientId: number; readOnly: boolean; onClose: (port: DocPort) => void; onRefused: () => void },
  ) {
    this.#end = end;
    this.#replica = replica;
    this.#awareness = awareness;
    this.#readOnly = options.readOnly;
    this.clientId = options.clientId;
    awareness.on('update', this.#sendAwareness);
    end.onMessage((message) => {
      if (!this.#receive(message)) options.onRefused();
    });
    end.onClose(() => {
      this.close();
      options.onClose(this);
    });
    const hello = encoding.createEncoder();
    encoding.writeVarUint(hello, PORT_MESSAGE.sync);
    writeSyncStep1(hello, replica);
    end.post(encoding.toUint8Array(hello));
    const known = [...awareness.getStates().keys()].filter((client) => client !== this.clientId);
    if (known.length > 0) this.#postAwareness(known);
  }

  sendUpdate(update: Uint8Array): void {
    if (this.#closed) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, PORT_MESSAGE.sync);
    writeUpdate(encoder, update);
    this.#end.post(encoding.toUint8Array(encoder));
  }

  /** Resolves when everything the window posted before answering has been applied here; at once when the port is closed. */
  barrier(timeoutMs: number): Promise<void> {
    return this.#ask(PORT_MESSAGE.barrier, timeoutMs);
  }

  /** As `barrier`, and the window keeps what changes in it from then on for its next port. */
  end(timeoutMs: number): Promise<void> {
    return this.#ask(PORT_MESSAGE.end, timeoutMs);
  }

  #ask(kind: number, timeoutMs: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const number = this.#nextBarrier++;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint(encoder, number);
    return new Promise((resolve) => {
      const timer = setTimeout(done, timeoutMs);
      const barriers = this.#barriers;
      function done(): void {
        clearTimeout(timer);
        barriers.delete(number);
        resolve();
      }
      barriers.set(number, done);
      this.#end.post(encoding.toUint8Array(encoder));
    });
  }

  /** Has the window send its presence again, under a new clock. */
  askPresence(): void {
    if (this.#closed) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, PORT_MESSAGE.askPresence);
    this.#end.post(encoding.toUint8Array(encoder));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#awareness.off('update', this.#sendAwareness);
    removeAwarenessStates(this.#awareness, [this.clientId], this);
    for (const done of [...this.#barriers.values()]) done();
    this.#end.close();
  }

  /** False when the message was not one of ours; it is dropped. */
  #receive(message: unknown): boolean {
    if (this.#closed) return true;
    if (!(message instanceof Uint8Array) || message.length === 0 || message.length > MAX_MESSAGE_BYTES) return false;
    try {
      const decoder = decoding.createDecoder(message);
      switch (decoding.readVarUint(decoder)) {
        case PORT_MESSAGE.sync: {
          // A read-only window may ask (step 1) but brings nothing.
          if (this.#readOnly && message[1] !== 0) return true;
          const reply = encoding.createEncoder();
          encoding.writeVarUint(reply, PORT_MESSAGE.sync);
          readSyncMessage(decoder, reply, this.#replica, this, (error) => {
            throw error;
          });
          if (encoding.length(reply) > 1) this.#end.post(encoding.toUint8Array(reply));
          return true;
        }
        case PORT_MESSAGE.awareness:
          applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(decoder), this);
          return true;
        case PORT_MESSAGE.barrier:
        case PORT_MESSAGE.end:
          this.#barriers.get(decoding.readVarUint(decoder))?.();
          return true;
        default:
          return false;
      }
    } catch {
      return false;
    }
  }

  readonly #sendAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin === this) return;
    const clients = [...added, ...updated, ...removed].filter((client) => client !== this.clientId);
    if (clients.length > 0) this.#postAwareness(clients);
  };

  #postAwareness(clients: number[]): void {
    if (this.#closed) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, PORT_MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, clients));
    this.#end.post(encoding.toUint8Array(encoder));
  }
}
