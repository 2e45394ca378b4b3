import { isRecord, parseFrame } from '../../shared/sync/Frame.ts';
import { helloStatement } from '../../shared/sync/hello.ts';
import {
  type DeviceMessage,
  type LogEntry,
  parseRelayMessage,
  type RelayMessage,
} from '../../shared/sync/RelayMessage.ts';
import type { TestDevice, TestRoom } from '../../shared/sync/testing/TestRoom.ts';
import type { BlobStore } from '../BlobStore.ts';
import { Budget } from '../Budget.ts';
import { Connection } from '../Connection.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { createRelayLogger } from '../RelayLogger.ts';
import type { PostAnswer, Room } from '../Room.ts';
import { Rooms } from '../Rooms.ts';
import { StorageGuard } from '../StorageGuard.ts';
import { GroupedDisk, SurveyedMemoryFrameLog } from './MemoryFrameLog.ts';

/** The relay without sockets and disk: one room, and connections that are spoken to by hand. */
export class TestRelay {
  /** Times the disk did not let go of frames. */
  failedDrops = 0;
  readonly testRoom: TestRoom;
  #disk = new GroupedDisk();
  log = new SurveyedMemoryFrameLog(this.#disk);
  rooms: Rooms;
  /** Frames it acknowledged as stored. */
  readonly acknowledged: Uint8Array[] = [];
  #room: Room | null = null;

  constructor(testRoom: TestRoom) {
    this.testRoom = testRoom;
    this.rooms = this.#createRooms();
  }

  async room(): Promise<Room> {
    if (this.#room) return this.#room;
    const { rooms } = this;
    const entered = await rooms.enter(this.testRoom.room.publicKey, true);
    if (!entered.ok) throw new Error(entered.error.code);
    if (rooms !== this.rooms) return entered.value; // of a process that is gone
    this.#room = entered.value;
    return this.#room;
  }

  /** All at once, as they come over a connection. */
  async post(frames: readonly Uint8Array[]): Promise<PostAnswer[]> {
    const room = await this.room();
    return Promise.all(
      frames.map(async (frame) => {
        const answer = await room.post(frame, null);
        if (answer.outcome === 'stored') this.acknowledged.push(frame);
        return answer;
      }),
    );
  }

  /** The answer to one frame: its code, or `stored`. */
  async told(frame: Uint8Array): Promise<string> {
    const [answer] = await this.post([frame]);
    return answer?.outcome === 'rejected' ? answer.code : (answer?.outcome ?? 'nothing');
  }

  /** What a device does after `welcome`: records that are lacking first, then chains. [SY26] */
  async postLacking(frames: readonly Uint8Array[]): Promise<PostAnswer[]> {
    return this.post(lackingOf(frames, (await this.room()).ends()));
  }

  /** Everything that was begun is done, dropping included. */
  async settle(): Promise<void> {
    for (let i = 0; i < 12; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Every room that can lets go of its records, as after a quiet moment. */
  rest(): void {
    this.rooms.rest();
    this.rooms.rest();
  }

  /** The next call enters the room anew. */
  leaveRoom(): void {
    this.#room = null;
  }

  /** A new process over the same data. `crash`: without what was not written yet. */
  restart(crash = false): void {
    const { readEntries } = this.log;
    this.#disk = crash ? this.#disk.crash() : this.#disk.reopen();
    this.log = Object.assign(new SurveyedMemoryFrameLog(this.#disk), { readEntries });
    this.rooms = this.#createRooms();
    this.#room = null;
  }

  async stored(): Promise<LogEntry[]> {
    const { id } = await this.room();
    const { readEntries } = this.log;
    this.log.readEntries = Number.POSITIVE_INFINITY;
    const entries = await this.log.read(id, 0, Number.POSITIVE_INFINITY);
    this.log.readEntries = readEntries;
    return entries;
  }

  connect(): TestConnection {
    return new TestConnection(this);
  }

  /** Everything a newcomer is given: from 0, page after page. */
  async fetchAll(device: TestDevice, compact: boolean): Promise<Uint8Array[]> {
    const connection = this.connect();
    const founding = this.testRoom.frames[0] as Uint8Array;
    await connection.hello(device, { compact, records: [founding] });
    if (connection.closeCode !== null) return []; // nobody there knows it yet
    const frames = await connection.fetchAll();
    await connection.connection.end();
    return frames;
  }

  #createRooms(): Rooms {
    const guard = new StorageGuard({
      limits: DEFAULT_LIMITS,
      usedBytes: 0,
      freeBytes: async () => Number.POSITIVE_INFINITY,
      recover: async () => {},
      onChange: () => {},
    });
    return new Rooms(this.testRoom.ciphers, this.log, DEFAULT_LIMITS, guard, 0, {
      onDamaged() {},
      onDropFailed: () => {
        this.failedDrops++;
      },
    });
  }
}

/** A connection and everything it was sent. */
export class TestConnection {
  readonly received: RelayMessage[] = [];
  closeCode: number | null = null;
  readonly connection: Connection;
  readonly #relay: TestRelay;

  constructor(relay: TestRelay) {
    this.#relay = relay;
    const { log, rooms, testRoom } = relay;
    this.connection = new Connection(
      {
        send: (message) => {
          if (this.closeCode === null) this.received.push(readMessage(message));
        },
        bufferedBytes: () => 0,
        drained: async () => {},
        close: (code) => {
          this.closeCode ??= code;
        },
      },
      {
        ciphers: testRoom.ciphers,
        rooms,
        log,
        blobs: {} as BlobStore, // no test here sends blobs
        limits: DEFAULT_LIMITS,
        logger: createRelayLogger({ write: () => {}, level: 'off' }),
        budget: new Budget(DEFAULT_LIMITS.bufferBytes),
      },
      { mayCreateRooms: true, onAdmitted: () => {} },
    );
  }

  send(message: DeviceMessage): Promise<void> {
    return this.connection.handle(message);
  }

  async hello(
    device: TestDevice,
    { records = [], compact = false, key = device.sign.secretKey }: HelloChange = {},
  ): Promise<void> {
    const { ciphers, room } = this.#relay.testRoom;
    const challenge = this.received.shift();
    if (challenge?.type !== 'challenge') throw new Error('no challenge');
    const signature = ciphers.sign(key, helloStatement(challenge.nonce, room.roomIdBytes, device.number));
    const { number } = device;
    const roomPublicKey = room.publicKey;
    await this.send({ type: 'hello', roomPublicKey, device: number, compact, cursor: 0, signature, records });
  }

  async fetchAll(): Promise<Uint8Array[]> {
    const frames: Uint8Array[] = [];
    for (let after = 0, pages = 0; ; pages++) {
      if (pages > 10_000) throw new Error('pages without end');
      this.received.length = 0;
      await this.send({ type: 'fetch', after });
      const page = this.received.find((message) => message.type === 'page');
      if (page?.type !== 'page') throw new Error('no page');
      for (const { frame } of page.entries) frames.push(frame);
      for (const message of this.received) if (message.type === 'entry') frames.push(message.frame);
      if (page.end) return frames;
      if (page.upTo <= after) throw new Error(`a page that ends where it began: ${after}`);
      after = page.upTo;
    }
  }

  types(): string[] {
    return this.received.map(({ type }) => type);
  }
}

interface HelloChange {
  records?: Uint8Array[];
  compact?: boolean;
  key?: Uint8Array;
}

/** Of frames in order of storage: records beyond these ends, then each chain from its end to the first gap. */
export function lackingOf(
  frames: readonly Uint8Array[],
  relayEnds: readonly { device: number; counter: number }[],
): Uint8Array[] {
  const ends = new Map(relayEnds.map(({ device, counter }) => [device, counter]));
  const lacking = frames.flatMap((bytes) => {
    const parsed = parseFrame(bytes);
    if (!parsed.ok) throw new Error(parsed.error.code);
    const { device, counter, kind } = parsed.value;
    return counter > (ends.get(device) ?? 0) ? [{ bytes, device, counter, kind }] : [];
  });
  const chains = [...lacking].sort((a, b) => a.device - b.device || a.counter - b.counter);
  return [...lacking.filter(({ kind }) => isRecord(kind)), ...chains].map(({ bytes }) => bytes);
}

function readMessage(message: RelayMessage | Uint8Array): RelayMessage {
  if (!(message instanceof Uint8Array)) return message;
  const parsed = parseRelayMessage(message);
  if (!parsed.ok) throw new Error('a message that the relay encoded is none');
  return parsed.value;
}
