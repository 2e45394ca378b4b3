/** One end of a socket, as the session drives it. */
export interface SocketEnd {
  opened(): void;
  /** A y-protocols message for the provider. */
  deliver(message: Uint8Array): void;
  failed(closeCode: number): void;
}

/** What a session does for the sockets that the provider makes. */
export interface SocketHost {
  attach(socket: SocketEnd): void;
  /** A y-protocols message of the provider. */
  outgoing(socket: SocketEnd, message: Uint8Array): void;
  detach(socket: SocketEnd): void;
}

const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/**
 * A class that y-websocket takes as `WebSocketPolyfill`. Its sockets carry y-protocols messages to and from the host,
 * which seals and opens them; the address given by the provider is not used, the host knows the relay.
 */
export function createSealedSocketClass(host: SocketHost): typeof WebSocket {
  class SealedSocket implements SocketEnd {
    static readonly CONNECTING = STATES.CONNECTING;
    static readonly OPEN = STATES.OPEN;
    static readonly CLOSING = STATES.CLOSING;
    static readonly CLOSED = STATES.CLOSED;
    readonly CONNECTING = STATES.CONNECTING;
    readonly OPEN = STATES.OPEN;
    readonly CLOSING = STATES.CLOSING;
    readonly CLOSED = STATES.CLOSED;
    binaryType = 'arraybuffer';
    readyState: number = STATES.CONNECTING;
    readonly bufferedAmount = 0;
    onopen: ((event: object) => void) | null = null;
    onmessage: ((event: { data: Uint8Array }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: ((event: object) => void) | null = null;

    constructor() {
      // the provider sets its handlers after the constructor returns
      queueMicrotask(() => this.readyState === STATES.CONNECTING && host.attach(this));
    }

    send(message: Uint8Array): void {
      if (this.readyState === STATES.OPEN) host.outgoing(this, message);
    }

    close(): void {
      if (this.readyState >= STATES.CLOSING) return;
      this.readyState = STATES.CLOSED;
      host.detach(this);
    }

    opened(): void {
      if (this.readyState !== STATES.CONNECTING) return;
      this.readyState = STATES.OPEN;
      this.onopen?.({ type: 'open' });
    }

    deliver(message: Uint8Array): void {
      if (this.readyState === STATES.OPEN) this.onmessage?.({ data: message });
    }

    failed(closeCode: number): void {
      if (this.readyState >= STATES.CLOSING) return;
      this.readyState = STATES.CLOSED;
      this.onclose?.({ code: closeCode, reason: '' });
    }
  }
  return SealedSocket as unknown as typeof WebSocket;
}
