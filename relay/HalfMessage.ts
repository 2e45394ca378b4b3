/** What keeping one piece of a message costs beside its bytes: a piece may be a single byte. */
const PIECE_BYTES = 256;
const CONTROL = 0x8;

/**
 * Follows the WebSocket frames in what a socket reads, and says what the unfinished message at its end keeps in memory.
 * It judges nothing: bytes that are no frames end the connection elsewhere. [SY77]
 */
export class HalfMessage {
  readonly #header = new Uint8Array(14);
  #headerBytes = 0;
  /** Of the frame under way; what is left of it. */
  #payloadBytes = 0;
  #inPayload = false;
  /** A message has begun and not ended. */
  #open = false;
  /** Of every piece that the unfinished message has bytes in. */
  #keptBytes = 0;

  /** 0 when the last message is whole. The pieces are kept whole, also where another message was in them. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Takes the next piece from the socket. */
  read(piece: Uint8Array): void {
    let ended = false;
    for (let at = 0; at < piece.length; ) {
      if (this.#inPayload) {
        const taken = Math.min(this.#payloadBytes, piece.length - at);
        this.#payloadBytes -= taken;
        at += taken;
      } else {
        this.#header[this.#headerBytes++] = piece[at++] ?? 0;
        if (this.#headerBytes < this.#headerLength()) continue;
        this.#payloadBytes = this.#payloadLength();
        this.#inPayload = true;
      }
      if (this.#payloadBytes === 0) ended = this.#endFrame() || ended;
    }
    const whole = !this.#open && this.#headerBytes === 0;
    this.#keptBytes = whole ? 0 : (ended ? 0 : this.#keptBytes) + piece.length + PIECE_BYTES;
  }

  /** True when a message ended with it. */
  #endFrame(): boolean {
    const [first = 0] = this.#header;
    this.#inPayload = false;
    this.#headerBytes = 0;
    if (first & CONTROL) return !this.#open;
    this.#open = (first & 0x80) === 0;
    return !this.#open;
  }

  #headerLength(): number {
    if (this.#headerBytes < 2) return 2;
    const second = this.#header[1] ?? 0;
    const length = second & 0x7f;
    return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
  }

  #payloadLength(): number {
    const length = (this.#header[1] ?? 0) & 0x7f;
    const view = new DataView(this.#header.buffer);
    return length === 126 ? view.getUint16(2) : length === 127 ? Number(view.getBigUint64(2)) : length;
  }
}
