import { equalBytes, hex, parseHex } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { NoticeCode } from '../../../shared/ipc/notices.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import type { RelayMessage } from '../../../shared/sync/RelayMessage.ts';
import type { RelayLink } from './RelayLink.ts';

export type Progress = (movedBytes: number, totalBytes: number) => void;
type BlobAnswer = Extract<RelayMessage, { type: 'blob-taken' | 'blob-chunk' | 'blob-refused' }>;
type Answer = BlobAnswer | 'connection-lost';
type Outcome<T> = Result<T, { code: NoticeCode }>;

/** Sealed blobs up and down, one at a time each way, starting over after a lost connection. [SY27] */
export class BlobTransfers {
  readonly #ciphers: Ciphers;
  #link: RelayLink | null = null;
  #closed = false;
  #waitingForLink: (() => void)[] = [];
  readonly #waiting = new Map<'up' | 'down', { blobId: Uint8Array; answer: (answer: Answer) => void }>();
  readonly #queues = { up: Promise.resolve(), down: Promise.resolve() };

  constructor(ciphers: Ciphers) {
    this.#ciphers = ciphers;
  }

  /** A connection that was welcomed, or null when it is gone. */
  setLink(link: RelayLink | null): void {
    this.#link = link;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { answer } of lost) answer('connection-lost');
    if (link) for (const wake of this.#waitingForLink.splice(0)) wake();
  }

  receive(message: BlobAnswer): void {
    const ways = { 'blob-taken': ['up'], 'blob-chunk': ['down'], 'blob-refused': ['up', 'down'] } as const;
    for (const candidate of ways[message.type]) {
      const waiting = this.#waiting.get(candidate);
      if (!waiting || !equalBytes(waiting.blobId, message.blobId)) continue;
      this.#waiting.delete(candidate);
      const copy = message.type === 'blob-chunk' ? { ...message, chunk: message.chunk.slice() } : message;
      return waiting.answer(copy);
    }
  }

  /** Waits for a relay as long as it takes; ends without a value only when refused or closed. */
  upload(sealed: Uint8Array, onProgress: Progress = () => {}): Promise<Outcome<{ blobId: string }>> {
    const blobId = this.#ciphers.sha256(sealed);
    return this.#inTurn('up', async () => {
      if (sealed.length > LIMITS.blob) return fail({ code: 'file-too-large' });
      for (let offset = 0; ; ) {
        if (!(await this.#linked(Number.POSITIVE_INFINITY))) return fail({ code: 'relay-away' });
        const chunk = sealed.subarray(offset, offset + LIMITS.blobChunk);
        const answer = await this.#exchange('up', blobId, (link) =>
          link.send({ type: 'blob-put', blobId, size: sealed.length, offset, chunk }),
        );
        if (answer === 'connection-lost') offset = 0;
        else if (answer.type === 'blob-refused')
          return fail({ code: answer.code === 'relay-quota' ? 'relay-quota' : 'relay-refused' });
        else if (answer.type === 'blob-taken') {
          onProgress(answer.received, sealed.length);
          if (answer.stored) return ok({ blobId: hex(blobId) });
          offset = answer.received;
        }
      }
    });
  }

  /** Waits for a relay up to `waitMs`. */
  fetch(blobIdHex: string, waitMs: number, onProgress: Progress = () => {}): Promise<Outcome<Uint8Array>> {
    const blobId = parseHex(blobIdHex);
    return this.#inTurn('down', async () => {
      if (blobId?.length !== 32) return fail({ code: 'blob-not-here' });
      let bytes = new Uint8Array();
      for (let offset = 0; ; ) {
        if (!(await this.#linked(waitMs))) return fail({ code: 'relay-away' });
        const answer = await this.#exchange('down', blobId, (link) => link.send({ type: 'blob-get', blobId, offset }));
        if (answer === 'connection-lost') offset = 0;
        else if (answer.type === 'blob-refused') return fail({ code: 'blob-not-here' });
        else if (answer.type === 'blob-chunk') {
          if (offset === 0) bytes = new Uint8Array(answer.size <= LIMITS.blob ? answer.size : 0);
          const fits = answer.offset === offset && answer.size === bytes.length && answer.chunk.length > 0;
          if (!fits || offset + answer.chunk.length > bytes.length) return fail({ code: 'blob-damaged' });
          bytes.set(answer.chunk, offset);
          offset += answer.chunk.length;
          onProgress(offset, bytes.length);
          if (offset === bytes.length) break;
        }
      }
      return equalBytes(this.#ciphers.sha256(bytes), blobId) ? ok(bytes) : fail({ code: 'blob-damaged' });
    });
  }

  close(): void {
    this.#closed = true;
    this.setLink(null);
    for (const wake of this.#waitingForLink.splice(0)) wake();
  }

  #inTurn<T>(way: 'up' | 'down', run: () => Promise<T>): Promise<T> {
    const result = this.#queues[way].then(run);
    this.#queues[way] = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  #exchange(way: 'up' | 'down', blobId: Uint8Array, send: (link: RelayLink) => void): Promise<Answer> {
    return new Promise((answer) => {
      if (!this.#link) return answer('connection-lost');
      this.#waiting.set(way, { blobId, answer });
      send(this.#link);
    });
  }

  /** False when closed, or when there was no connection for `waitMs`. */
  async #linked(waitMs: number): Promise<boolean> {
    while (!this.#link && !this.#closed) {
      const woken = await new Promise<boolean>((resolve) => {
        const timer = Number.isFinite(waitMs) ? setTimeout(() => resolve(false), waitMs) : null;
        this.#waitingForLink.push(() => {
          if (timer) clearTimeout(timer);
          resolve(true);
        });
      });
      if (!woken) return false;
    }
    return !this.#closed;
  }
}
