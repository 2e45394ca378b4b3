import * as Y from 'yjs';
import type { RoomNotice } from '../../electron/services/sync/RoomSession.ts';
import type { SeededRandom } from '../../renderer/editor/testing/seededRandom.ts';
import type { Ciphers } from '../../shared/crypto/Ciphers.ts';
import type { Room } from '../../shared/crypto/room.ts';
import { clientIdOf } from '../../shared/sync/clientIds.ts';
import { encodeUpdateContent } from '../../shared/sync/content.ts';
import { createFrame, KIND } from '../../shared/sync/Frame.ts';
import type { RoleName } from '../../shared/sync/records.ts';
import { readWords, writeWord } from './bodyWords.ts';
import { DelayedDisk } from './DelayedDisk.ts';
import type { MemorySocket } from './MemorySocket.ts';
import { type DeviceState, newDeviceState, SimulatedProgram } from './SimulatedProgram.ts';
import type { SimulatedRelay } from './SimulatedRelay.ts';

/** A word somebody typed: unique in its run, so that its loss is countable. */
export interface TypedWord {
  text: string;
  device: number;
  /** It is on its author's disk. */
  saved: boolean;
  deleted: boolean;
}

export interface DeviceOptions {
  ciphers: Ciphers;
  room: Room;
  random: SeededRandom;
  relay: SimulatedRelay;
  number: number;
  organization: number;
  seed: Uint8Array;
  role: RoleName;
  frames: readonly Uint8Array[];
  words: Map<string, TypedWord>;
  onError(error: unknown): void;
}

/** One device of the room and its person, over all runs of its program. What it is told to do it does one after the other. */
export class SimulatedDevice {
  readonly number: number;
  readonly organization: number;
  readonly role: RoleName;
  readonly seed: Uint8Array;
  readonly disk: DelayedDisk<DeviceState>;
  readonly notices: RoomNotice[] = [];
  program: SimulatedProgram | null = null;
  rebuilds = 0;
  readonly #options: DeviceOptions;
  #windows = 0;
  #wordCount = 0;
  #line: { cut(quietly: boolean): void } | null = null;
  #socket: MemorySocket | null = null;
  #work: Promise<void> = Promise.resolve();
  #queued = 0;
  /** Words that did not survive and are to be typed again. */
  readonly #toPutBack: string[] = [];

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.number = options.number;
    this.organization = options.organization;
    this.role = options.role;
    this.seed = options.seed;
    this.disk = new DelayedDisk(newDeviceState(options.frames), options.random);
  }

  get isBusy(): boolean {
    return this.#queued > 0 || this.#toPutBack.length > 0;
  }

  /** After everything it was told before. */
  do(work: () => unknown): void {
    this.#queued++;
    this.#work = this.#work
      .then(work)
      .catch((error: unknown) => this.#options.onError(error))
      .then(() => {
        this.#queued--;
      });
  }

  open(connect = true): void {
    this.do(async () => {
      this.program ??= await this.#openProgram();
      if (connect) this.program.session.connect();
      this.#putBack();
    });
  }

  close(): void {
    this.do(async () => {
      const program = this.program;
      this.program = null;
      await program?.close();
    });
  }

  disconnect(): void {
    this.do(() => this.program?.session.disconnect());
  }

  /** Its process is killed, at once and whatever it is doing. */
  kill(): void {
    const { program } = this;
    if (!program) return;
    this.program = null;
    this.disk.crash();
    program.kill();
    this.cut(false);
  }

  cut(quietly: boolean): void {
    this.#line?.cut(quietly);
    this.#line = null;
  }

  type(): void {
    if (!this.program) return;
    const text = `d${this.number}n${++this.#wordCount};`;
    this.#options.words.set(text, { text, device: this.number, saved: false, deleted: false });
    this.#write(text);
  }

  /** Changes the document as this device's window does. */
  change(use: (doc: Y.Doc) => void): void {
    this.program?.write(use, () => {});
  }

  compact(): void {
    this.do(() => this.program?.session.compact());
  }

  /** [SY49] Signs an update by hand, as a changed program would. Null when it cannot. */
  forgeUpdate(text: string): Uint8Array | null {
    const { ciphers, room, random } = this.#options;
    const { program } = this;
    const ledger = program?.loaded.record.ledger;
    const epoch = ledger?.sealingEpoch();
    if (!program || !ledger || !epoch) return null;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(program.shared));
    const before = Y.encodeStateVector(doc);
    doc.clientID = clientIdOf(this.number, ++this.#windows);
    writeWord(doc, random, text);
    const end = ledger.chainEnd(this.number);
    const heads = ledger.heads();
    heads.delete(this.number);
    return createFrame(ciphers, room, epoch, program.loaded.device.keys.sign.secretKey, {
      kind: KIND.update,
      device: this.number,
      counter: end.counter + 1,
      previous: end.hash,
      content: encodeUpdateContent({ heads, update: Y.encodeStateAsUpdate(doc, before) }),
    });
  }

  /** Bytes into its own connection, past its program. */
  sendRaw(bytes: Uint8Array): void {
    this.#socket?.send(bytes);
  }

  #write(text: string): void {
    const { words, random } = this.#options;
    this.program?.write(
      (doc) => writeWord(doc, random, text),
      () => {
        const word = words.get(text);
        if (word) word.saved = true;
      },
    );
  }

  #putBack(): void {
    if (this.program) for (const text of this.#toPutBack.splice(0)) this.#write(text);
  }

  async #openProgram(): Promise<SimulatedProgram> {
    const { ciphers, room, relay } = this.#options;
    const program = await SimulatedProgram.open({
      ciphers,
      room,
      disk: this.disk.open(),
      device: { number: this.number, seed: this.seed },
      clientId: clientIdOf(this.number, ++this.#windows),
      createSocket: () => {
        this.#socket = relay.connect((line) => {
          this.#line = line;
        });
        return this.#socket as never;
      },
      onNotice: (notice) => this.notices.push(notice),
      onRebuild: () => this.#rebuild(program),
      onLost: (passages, old, now) => this.#findLost(passages, old, now),
    });
    return program;
  }

  /** [SY55] */
  #rebuild(program: SimulatedProgram): void {
    this.rebuilds++;
    this.do(async () => {
      if (this.program !== program) return;
      this.program = null;
      await program.close();
      this.program = await this.#openProgram();
      this.program.session.connect();
      this.#putBack();
    });
  }

  /** Own words that are in the old document and not in the new one; those of the body must be among the passages kept. */
  #findLost(passages: readonly string[], old: Y.Doc, now: Y.Doc): void {
    const here = new Set([...readWords(now).body, ...readWords(now).fields]);
    const before = readWords(old);
    const isLost = (text: string): boolean => text.startsWith(`d${this.number}n`) && !here.has(text);
    for (const text of before.body.filter(isLost))
      if (!passages.some((passage) => passage.includes(text)))
        this.#options.onError(new Error(`${text} is in no passage kept by device ${this.number}`));
    this.#toPutBack.push(...[...before.body, ...before.fields].filter(isLost));
  }
}
