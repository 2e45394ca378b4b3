import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { PORT_MESSAGE } from '../../../shared/ipc/docPort.ts';
import { beginUnsent, type Unsent } from '../../../shared/sync/carryOver.ts';
import type { MessageEnd } from '../replica/DocPort.ts';

/**
 * A window's side of the document port without a window: a Y.Doc over an in-memory port that delivers in order, one
 * macrotask later, as a real one does.
 */
export class TestWindow {
  readonly doc = new Y.Doc({ gc: true });
  readonly end: MessageEnd;
  awareness: Awareness | null = null;
  /** Answers of main are dropped while it is set: a page that hangs. */
  hung = false;
  /** What changed here since main asked for the last of the port; null while it goes on. */
  unsent: Unsent | null = null;
  #toMain: (message: unknown) => void = () => undefined;
  #closeInMain: () => void = () => undefined;
  #closed = false;

  constructor() {
    this.end = {
      post: (message) => this.#later(() => this.#receive(message)),
      onMessage: (listener) => {
        this.#toMain = listener;
      },
      onClose: (listener) => {
        this.#closeInMain = listener;
      },
      close: () => {
        this.#closed = true;
      },
    };
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      if (this.unsent) this.unsent.updates.push(update);
      else this.#post(PORT_MESSAGE.sync, (encoder) => writeUpdate(encoder, update));
    });
  }

  /** To be called once main has attached the end. */
  start(clientId: number): void {
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    this.awareness.on('update', (_changes: unknown, origin: unknown) => {
      const { awareness } = this;
      if (origin !== this && awareness)
        this.#post(PORT_MESSAGE.awareness, (encoder) =>
          encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [clientId])),
        );
    });
    this.#post(PORT_MESSAGE.sync, (encoder) => writeSyncStep1(encoder, this.doc));
  }

  get text(): string {
    return this.doc.getText('body').toString();
  }

  /** Sends something that is no message of ours. */
  sendRaw(message: unknown): void {
    this.#later(() => this.#toMain(message));
  }

  /** The page is gone. */
  vanish(): void {
    this.#closed = true;
    this.awareness?.destroy();
    this.#closeInMain();
  }

  #receive(message: Uint8Array): void {
    if (this.hung) return;
    const decoder = decoding.createDecoder(message);
    switch (decoding.readVarUint(decoder)) {
      case PORT_MESSAGE.sync: {
        const reply = encoding.createEncoder();
        encoding.writeVarUint(reply, PORT_MESSAGE.sync);
        readSyncMessage(decoder, reply, this.doc, this);
        if (encoding.length(reply) > 1) this.sendRaw(encoding.toUint8Array(reply));
        return;
      }
      case PORT_MESSAGE.awareness: {
        const update = decoding.readVarUint8Array(decoder);
        if (this.awareness) applyAwarenessUpdate(this.awareness, update, this);
        return;
      }
      case PORT_MESSAGE.end:
        this.unsent ??= beginUnsent(this.doc);
        this.sendRaw(message);
        return;
      case PORT_MESSAGE.barrier:
        this.sendRaw(message);
    }
  }

  #post(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    write(encoder);
    this.sendRaw(encoding.toUint8Array(encoder));
  }

  #later(work: () => void): void {
    setImmediate(() => {
      if (!this.#closed) work();
    });
  }
}

/** Resolves when `holds` does; looks again after every turn of the event loop. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('the awaited state did not come');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
