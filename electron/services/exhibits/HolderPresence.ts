import type { Awareness } from 'y-protocols/awareness';
import { z } from 'zod';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import type { ComplaintStore } from '../storage/ComplaintStore.ts';

const HAVE = 'have/';
const WINDOW_BITS = 65_536;
/** Hex digits of a blob's id that are told: enough to tell the files of one complaint apart. */
const PREFIX = 8;
const MAX_FILES = 2_000;

const said = z.object({
  files: z
    .string()
    .max(MAX_FILES * PREFIX)
    .regex(/^[0-9a-f]*$/),
});

/**
 * Which device has which exhibit's file. A device says it in its sealed presence, as window 0: readers may, the document
 * does not grow, and the relay sees nothing it does not see anyway. What was heard is remembered on this computer.
 */
export class HolderPresence {
  readonly #awareness: Awareness;
  readonly #store: ComplaintStore;
  readonly #clientId: number;
  readonly #onHeard: () => void;
  readonly #held = new Map<number, string>();
  #writing: Promise<void> = Promise.resolve();
  #told = '';
  #sent = 0;

  constructor(options: { awareness: Awareness; store: ComplaintStore; deviceNumber: number; onHeard: () => void }) {
    this.#awareness = options.awareness;
    this.#store = options.store;
    this.#clientId = options.deviceNumber * WINDOW_BITS;
    this.#onHeard = options.onHeard;
    this.#awareness.on('change', this.#heard);
  }

  async load(): Promise<void> {
    for await (const { name, value } of this.#store.entries(HAVE)) {
      const device = Number(name.slice(HAVE.length));
      const parsed = value ? said.safeParse({ files: new TextDecoder().decode(value) }) : null;
      if (parsed?.success && !this.#held.has(device)) this.#held.set(device, parsed.data.files);
    }
  }

  /** Devices other than this one that said they have the file. */
  holders(blobId: string): number[] {
    const prefix = blobId.slice(0, PREFIX);
    return [...this.#held].filter(([, files]) => includes(files, prefix)).map(([device]) => device);
  }

  /**
   * Tells partners what is here. `again` tells it also when nothing changed: the provider forgets everybody when a
   * connection ends.
   */
  say(blobIds: readonly string[], again: boolean): void {
    const files = [...blobIds]
      .sort()
      .slice(0, MAX_FILES)
      .map((blobId) => blobId.slice(0, PREFIX))
      .join('');
    if (files === this.#told && !again) return;
    this.#told = files;
    this.#tell();
  }

  /** The relay got one more file from here: partners who wait for it may look. */
  noteSent(): void {
    this.#sent += 1;
    this.#tell();
  }

  async close(): Promise<void> {
    this.#awareness.off('change', this.#heard);
    await this.#writing;
  }

  #tell(): void {
    const { meta } = this.#awareness;
    this.#awareness.clientID = this.#clientId;
    // Window 0 is the same in every run, and partners take nothing with a clock they have seen: begin beyond it.
    if (!meta.has(this.#clientId)) {
      meta.set(this.#clientId, { clock: Math.floor(Date.now() / 1_000), lastUpdated: Date.now() });
    }
    this.#awareness.setLocalState({ files: this.#told, sent: this.#sent });
  }

  readonly #heard = ({ added, updated }: { added: number[]; updated: number[] }): void => {
    let news = false;
    for (const client of [...added, ...updated]) {
      if (client % WINDOW_BITS !== 0 || client === this.#clientId) continue;
      const parsed = said.safeParse(this.#awareness.getStates().get(client));
      if (!parsed.success) continue;
      news = true;
      const device = deviceOfClient(client);
      const { files } = parsed.data;
      if (this.#held.get(device) === files) continue;
      this.#held.set(device, files);
      this.#writing = this.#writing
        .then(() => this.#store.put(HAVE + device, new TextEncoder().encode(files)))
        .catch(() => {}); // a disk that refuses is told of where the text is saved; it will be heard again
    }
    if (news) this.#onHeard();
  };
}

function includes(files: string, prefix: string): boolean {
  for (let at = 0; at < files.length; at += PREFIX) if (files.startsWith(prefix, at)) return true;
  return false;
}
