/** A WebSocket frame as written by hand; whatever is left out is as RFC 6455 wants it from a client. */
export interface FrameShape {
  payload?: Uint8Array;
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong; others are reserved. */
  opcode?: number;
  final?: boolean;
  /** The three reserved bits as they stand in the first byte: 0x40, 0x20, 0x10. */
  reserved?: number;
  masked?: boolean;
  /** The length the header claims; the payload's own when left out. */
  claimedBytes?: bigint;
}

const MASK = Uint8Array.of(0x5a, 0xa5, 0x3c, 0xc3);

/** The bytes of one frame, right or wrong. */
export function buildFrame(shape: FrameShape): Buffer {
  const payload = shape.payload ?? new Uint8Array();
  const masked = shape.masked ?? true;
  const head = buildHead(shape, payload.length, masked);
  const bytes = Buffer.alloc(head.length + payload.length);
  head.copy(bytes);
  for (let i = 0; i < payload.length; i++)
    bytes[head.length + i] = (payload[i] ?? 0) ^ (masked ? (MASK[i & 3] ?? 0) : 0);
  return bytes;
}

function buildHead(shape: FrameShape, payloadBytes: number, masked: boolean): Buffer {
  const claimed = shape.claimedBytes ?? BigInt(payloadBytes);
  const first = ((shape.final ?? true) ? 0x80 : 0) | (shape.reserved ?? 0) | (shape.opcode ?? 2);
  const length = Buffer.alloc(claimed < 126n ? 1 : claimed < 65_536n ? 3 : 9);
  const maskBit = masked ? 0x80 : 0;
  if (length.length === 1) length[0] = maskBit | Number(claimed);
  else if (length.length === 3) {
    length[0] = maskBit | 126;
    length.writeUInt16BE(Number(claimed), 1);
  } else {
    length[0] = maskBit | 127;
    length.writeBigUInt64BE(claimed, 1);
  }
  return Buffer.concat([Buffer.of(first), length, ...(masked ? [Buffer.from(MASK)] : [])]);
}

export interface HandshakeShape {
  path?: string;
  version?: string;
  /** Whole header lines without their line ends. */
  extra?: readonly string[];
}

/** The request that opens a WebSocket, with a path and headers as an attacker likes them. */
export function buildHandshake(shape: HandshakeShape = {}): string {
  return [
    `GET ${shape.path ?? '/'} HTTP/1.1`,
    'Host: relay',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Version: ${shape.version ?? '13'}`,
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(shape.extra ?? []),
    '\r\n',
  ].join('\r\n');
}
