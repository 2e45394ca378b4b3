import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import { messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import type * as Y from 'yjs';
import { PORT_MESSAGE } from '../../shared/ipc/docPort.ts';
import { beginUnsent, type Unsent } from '../../shared/sync/carryOver.ts';

/**
 * The window's end of the document port: keeps a Y.Doc and its presence equal to main's. It is the origin of every
 * update that comes in, so that none of them counts as this person's own.
 */
export class PortConnection {
  /** Resolves when everything main knew at the opening has been applied. */
  readonly loaded: Promise<void>;
  /** What changed here since main asked for the last of this port, and how the text was then; null while it goes on. */
  unsent: Unsent | null = null;
  readonly #port: MessagePort;
  readonly #doc: Y.Doc;
  #awareness: Awareness | null = null;
  #resolveLoaded: () => void = () => undefined;

  constructor(port: MessagePort, doc: Y.Doc) {
    this.#port = port;
    this.#doc = doc;
    this.loaded = new Promise((resolve) => {
      this.#resolveLoaded = resolve;
    });
    doc.on('update', this.#sendUpdate);
    port.addEventListener('close', this.#end);
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Uint8Array) this.#receive(data);
    };
    this.#post(PORT_MESSAGE.sync, (encoder) => writeSyncStep1(encoder, doc));
  }

  /** Begins to exchange presence. `awareness` must carry the client id that main gave. */
  join(awareness: Awareness): void {
    this.#awareness = awareness;
    awareness.on('update', this.#sendAwareness);
    for (const message of this.#early.splice(0)) applyAwarenessUpdate(awareness, message, this);
  }

  close(): void {
    this.#doc.off('update', this.#sendUpdate);
    this.#awareness?.off('update', this.#sendAwareness);
    this.#port.onmessage = null;
    this.#port.removeEventListener('close', this.#end);
    this.#port.close();
    if (this.#awareness) {
      const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#awareness?.clientID);
      removeAwarenessStates(this.#awareness, others, this);
    }
  }

  /** Presence that arrived before `join`. */
  readonly #early: Uint8Array[] = [];

  #receive(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    switch (decoding.readVarUint(decoder)) {
      case PORT_MESSAGE.sync: {
        const reply = encoding.createEncoder();
        encoding.writeVarUint(reply, PORT_MESSAGE.sync);
        const kind = readSyncMessage(decoder, reply, this.#doc, this);
        if (encoding.length(reply) > 1) this.#port.postMessage(encoding.toUint8Array(reply));
        if (kind === messageYjsSyncStep2) this.#resolveLoaded();
        return;
      }
      case PORT_MESSAGE.awareness: {
        const update = decoding.readVarUint8Array(decoder);
        if (this.#awareness) applyAwarenessUpdate(this.#awareness, update, this);
        else this.#early.push(update);
        return;
      }
      case PORT_MESSAGE.barrier:
        this.#port.postMessage(message);
        return;
      case PORT_MESSAGE.end:
        this.#end();
        this.#port.postMessage(message);
        return;
      case PORT_MESSAGE.askPresence: {
        const state = this.#awareness?.getLocalState();
        if (state) this.#awareness?.setLocalState({ ...state });
        return;
      }
    }
  }

  readonly #sendUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    if (this.unsent) this.unsent.updates.push(update);
    else this.#post(PORT_MESSAGE.sync, (encoder) => writeUpdate(encoder, update));
  };

  readonly #end = (): void => {
    this.unsent ??= beginUnsent(this.#doc);
  };

  readonly #sendAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    const awareness = this.#awareness;
    if (origin === this || !awareness) return;
    // Only its own presence: what the others said came from main.
    if (![...added, ...updated, ...removed].includes(awareness.clientID)) return;
    this.#post(PORT_MESSAGE.awareness, (encoder) =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID])),
    );
  };

  #post(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    write(encoder);
    this.#port.postMessage(encoding.toUint8Array(encoder));
  }
}
