import { equalBytes, hex, parseHex } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import type { DeviceMessage, RelayMessage } from '../../../shared/sync/RelayMessage.ts';
import { MemoryBlobSink, memoryBlobSource } from './MemoryBlob.ts';
import { Pace } from './Pace.ts';
import type { RelayLink } from './RelayLink.ts';

export type Progress = (movedBytes: number, totalBytes: number) => void;
type BlobAnswer = Extract<RelayMessage, { type: 'blob-taken' | 'blob-chunk' | 'blob-refused' }>;
type Lost = 'connection-lost' | 'no-answer' | 'stopped';
type BlobQuestion = Extract<DeviceMessage, { type: 'blob-put' | 'blob-get' }>;
type Way = 'up' | 'down' | 'ask';
type Outcome<T> = Result<T, { code: NoticeCode }>;

/** Why a transfer ended without its blob; `stopped`: by its signal. What has moved stays moved. */
export type TransferFailure = Extract<
  NoticeCode,
  'relay-away' | 'relay-quota' | 'relay-refused' | 'relay-garbage' | 'blob-not-here' | 'blob-damaged' | 'file-too-large'
>;
export type TransferOutcome = Result<null, { code: TransferFailure | 'stopped' }>;

export interface TransferOptions {
  onProgress?: Progress;
  signal?: AbortSignal;
  /** How long to wait for a relay; as long as it takes without it. */
  waitMs?: number;
}

/** A whole sealed blob, read in parts. */
export interface BlobSource {
  /** Lower-case hex. */
  readonly blobId: string;
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Takes a sealed blob from its beginning on; it may hold a part already. Its hash is its owner's to check. */
export interface BlobSink {
  /** Bytes held from the beginning on. */
  readonly receivedBytes: number;
  /** Null while the size is not known. */
  readonly sizeBytes: number | null;
  /** It takes no larger one; absent: as large as a blob may be. */
  readonly maxBytes?: number;
  /** Starts over, with this size. */
  begin(sizeBytes: number): Promise<void>;
  write(chunk: Uint8Array): Promise<void>;
}

/** Tries of a blob that arrives damaged at the relay, and of answers that lead nowhere. */
const MAX_TRIES = 3;
const MAX_JUMPS = 32;
const ANSWER_MS = 30_000;
const BUFFER_POLL_MS = 5;
/** Between two chunks, so that a fast line does not keep the relay's disk from frames. */
const REST_MS = 10;

/**
 * Sealed blobs up and down, one at a time each way and one chunk under way, so that frames pass. After a lost connection
 * an upload goes on where the relay is, a download where the sink is. [SY27] [SY27a]
 */
export class BlobTransfers {
  readonly #ciphers: Ciphers;
  readonly #answerMs: number;
  #link: RelayLink | null = null;
  #closed = false;
  #waitingForLink: (() => void)[] = [];
  #waiting: { way: Way; blobId: Uint8Array; answer: (answer: BlobAnswer | Lost) => void }[] = [];
  readonly #queues = { up: Promise.resolve(), down: Promise.resolve() };
  readonly #paces = { up: new Pace(), down: new Pace() };

  constructor(ciphers: Ciphers, options: { answerMs?: number } = {}) {
    this.#ciphers = ciphers;
    this.#answerMs = options.answerMs ?? ANSWER_MS;
  }

  /** A connection that was welcomed, or null when it is gone. */
  setLink(link: RelayLink | null): void {
    this.#link = link;
    for (const { answer } of this.#waiting.splice(0)) answer('connection-lost');
    if (link) for (const wake of this.#waitingForLink.splice(0)) wake();
  }

  /** The relay answers in the order it was asked. */
  receive(message: BlobAnswer): void {
    const index = this.#waiting.findIndex(
      ({ way, blobId }) => answers(message, way) && equalBytes(blobId, message.blobId),
    );
    const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1);
    waiting?.answer(message.type === 'blob-chunk' ? { ...message, chunk: message.chunk.slice() } : message);
  }

  /** Ends once the relay has the whole blob on disk, at once when it had it. */
  send(source: BlobSource, options: TransferOptions = {}): Promise<TransferOutcome> {
    const blobId = parseHex(source.blobId);
    if (blobId?.length !== 32) throw new TypeError('blob id');
    return this.#inTurn('up', options, async () => {
      if (source.sizeBytes > LIMITS.blob) return fail({ code: 'file-too-large' });
      const put = async (offset: number, chunk: Uint8Array): Promise<BlobAnswer | Lost> =>
        this.#exchange('up', { type: 'blob-put', blobId, size: source.sizeBytes, offset, chunk }, options.signal);
      let offset: number | null = null;
      let tries = 1;
      let jumps = 0;
      for (;;) {
        const linked = await this.#linked(options);
        if (!linked.ok) return linked;
        let chunk = new Uint8Array();
        if (offset !== null) {
          chunk = (await source.read(offset, this.#paces.up.chunkBytes)) as typeof chunk;
          if (chunk.length === 0) return fail({ code: 'blob-damaged' });
          await this.#framesGone();
        }
        const asked = performance.now();
        const answer = await put(offset ?? 0, chunk);
        if (answer === 'stopped') return fail({ code: 'stopped' });
        if (answer === 'no-answer') return fail({ code: 'relay-away' });
        if (answer === 'connection-lost') {
          offset = null;
          continue;
        }
        this.#paces.up.note(chunk.length, performance.now() - asked);
        if (answer.type === 'blob-refused') {
          if (answer.code !== 'blob-damaged') return fail({ code: refusalOf(answer.code) });
          if (++tries > MAX_TRIES) return fail({ code: 'blob-damaged' });
          offset = null;
        } else if (answer.type === 'blob-taken') {
          if (answer.stored) {
            options.onProgress?.(source.sizeBytes, source.sizeBytes);
            return ok(null);
          }
          if (answer.received >= source.sizeBytes) return fail({ code: 'relay-garbage' });
          const expected: number = (offset ?? answer.received) + chunk.length;
          if (answer.received !== expected && ++jumps > MAX_JUMPS) return fail({ code: 'relay-garbage' });
          offset = answer.received;
          options.onProgress?.(offset, source.sizeBytes);
        }
      }
    });
  }

  /** Ends once the sink has all the bytes; their hash is not checked here. */
  fetchInto(blobIdHex: string, sink: BlobSink, options: TransferOptions = {}): Promise<TransferOutcome> {
    const blobId = parseHex(blobIdHex);
    if (blobId?.length !== 32) return Promise.resolve(fail({ code: 'blob-not-here' }));
    return this.#inTurn('down', options, async () => {
      let sized = false;
      for (;;) {
        const linked = await this.#linked(options);
        if (!linked.ok) return linked;
        if (sized && sink.receivedBytes === sink.sizeBytes) return ok(null);
        const offset = sized ? sink.receivedBytes : 0;
        const length = sized ? this.#paces.down.chunkBytes : 0;
        const asked = performance.now();
        const way = sized ? 'down' : 'ask';
        const answer = await this.#exchange(way, { type: 'blob-get', blobId, offset, length }, options.signal);
        if (answer === 'stopped') return fail({ code: 'stopped' });
        if (answer === 'no-answer') return fail({ code: 'relay-away' });
        if (answer === 'connection-lost') {
          sized = false;
          continue;
        }
        if (answer.type === 'blob-refused') return fail({ code: refusalOf(answer.code) });
        if (answer.type !== 'blob-chunk') continue;
        const { chunk, size } = answer;
        this.#paces.down.note(chunk.length, performance.now() - asked);
        if (!sized) {
          if (size === 0 || size > LIMITS.blob) return fail({ code: 'blob-damaged' });
          if (sink.maxBytes !== undefined && size > sink.maxBytes) return fail({ code: 'file-too-large' });
          if (sink.sizeBytes !== size) await sink.begin(size);
          sized = true;
        } else {
          const fits = answer.offset === offset && size === sink.sizeBytes && chunk.length <= length;
          if (!fits || offset + chunk.length > size) return fail({ code: 'relay-garbage' });
          await sink.write(chunk);
        }
        options.onProgress?.(sink.receivedBytes, size);
      }
    });
  }

  /** Whether the relay holds the whole blob; null when it could not be asked. */
  async isAtRelay(blobIdHex: string): Promise<boolean | null> {
    const blobId = parseHex(blobIdHex);
    if (blobId?.length !== 32) return false;
    const answer = await this.#exchange('ask', { type: 'blob-get', blobId, offset: 0, length: 0 });
    if (typeof answer === 'string') return null;
    if (answer.type === 'blob-chunk') return true;
    return answer.type === 'blob-refused' && answer.code === 'blob-not-here' ? false : null;
  }

  /** A blob in memory, for callers without a file. Waits for a relay as long as it takes. */
  async upload(sealed: Uint8Array, onProgress?: Progress): Promise<Outcome<{ blobId: string }>> {
    const blobId = hex(this.#ciphers.sha256(sealed));
    const sent = await this.send(memoryBlobSource(blobId, sealed), onProgress ? { onProgress } : {});
    return sent.ok ? ok({ blobId }) : noticeOf(sent.error);
  }

  /** A blob into memory, its hash checked. Waits for a relay up to `waitMs`. */
  async fetch(blobIdHex: string, waitMs: number, onProgress?: Progress): Promise<Outcome<Uint8Array>> {
    const sink = new MemoryBlobSink();
    const fetched = await this.fetchInto(blobIdHex, sink, { waitMs, ...(onProgress && { onProgress }) });
    if (!fetched.ok) return noticeOf(fetched.error);
    return hex(this.#ciphers.sha256(sink.bytes)) === blobIdHex ? ok(sink.bytes) : fail({ code: 'blob-damaged' });
  }

  close(): void {
    this.#closed = true;
    this.setLink(null);
    for (const wake of this.#waitingForLink.splice(0)) wake();
  }

  #inTurn(way: 'up' | 'down', { signal }: TransferOptions, run: () => Promise<TransferOutcome>) {
    const result = this.#queues[way].then(() => (signal?.aborted ? fail({ code: 'stopped' as const }) : run()));
    this.#queues[way] = result.then(
      () => {},
      () => {}, // told to whoever asked
    );
    return result;
  }

  #exchange(way: Way, message: BlobQuestion, signal?: AbortSignal): Promise<BlobAnswer | Lost> {
    return new Promise((resolve) => {
      const link = this.#link;
      if (!link) return resolve('connection-lost');
      // One that is stopped keeps its place until its answer came, or the next would get it.
      const stopped = (): void => resolve('stopped');
      const answer = (given: BlobAnswer | Lost): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stopped);
        resolve(given);
      };
      const waiting = { way, blobId: message.blobId, answer };
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        answer('no-answer');
      }, this.#answerMs);
      signal?.addEventListener('abort', stopped);
      this.#waiting.push(waiting);
      link.send(message);
    });
  }

  /** Frames that wait in the socket go first. */
  async #framesGone(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    while (this.#link && this.#link.bufferedBytes > 0) {
      await new Promise((resolve) => setTimeout(resolve, BUFFER_POLL_MS));
    }
  }

  /** Waits for a connection. */
  async #linked({ signal, waitMs }: TransferOptions): Promise<TransferOutcome> {
    const endMs = performance.now() + (waitMs ?? Number.POSITIVE_INFINITY);
    for (;;) {
      if (signal?.aborted) return fail({ code: 'stopped' });
      if (this.#closed) return fail({ code: 'relay-away' });
      if (this.#link) return ok(null);
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return fail({ code: 'relay-away' });
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(leftMs) ? setTimeout(() => wake(), leftMs) : null;
        const wake = (): void => {
          if (timer) clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          this.#waitingForLink = this.#waitingForLink.filter((other) => other !== wake);
          resolve();
        };
        signal?.addEventListener('abort', wake);
        this.#waitingForLink.push(wake);
      });
    }
  }
}

function answers(message: BlobAnswer, way: Way): boolean {
  switch (message.type) {
    case 'blob-taken':
      return way === 'up';
    case 'blob-chunk':
      return way === (message.chunk.length === 0 ? 'ask' : 'down');
    case 'blob-refused':
      return message.code !== 'blob-not-here' || way !== 'up';
  }
}

function refusalOf(code: string): TransferFailure {
  return code === 'relay-quota' || code === 'blob-not-here' ? code : 'relay-refused';
}

/** Without a signal nothing stops a transfer but the end of the session. */
function noticeOf({ code }: { code: TransferFailure | 'stopped' }): Result<never, { code: NoticeCode }> {
  return fail({ code: code === 'stopped' ? 'relay-away' : code });
}
